import { parentPort, workerData } from 'node:worker_threads';
import pg from 'pg';
import type { GraphThreadOptions } from './graph-messages.js';
import { GraphTooLarge, readGraph, type GraphAt } from './graph-reader.js';

export type FromBuilder =
  | { readonly type: 'BUILT'; readonly graph: GraphAt }
  | { readonly type: 'FAILED'; readonly reason: string; readonly isTooLarge: boolean };

/** Reads one graph and hands its arrays over, so that the old one answers meanwhile. */
const { url, applicationName, budgetBytes } = workerData as GraphThreadOptions;
const client = new pg.Client({ connectionString: url, application_name: applicationName });
client.on('error', () => undefined);

function tell(message: FromBuilder, buffers: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, buffers);
}

/** Handed over, not copied. */
function buffersOf({ arrays }: GraphAt): ArrayBuffer[] {
  const { assets, ports, names, nameEnds, classOf, jobOf } = arrays;
  const lists = [arrays.feeds, arrays.fedBy, arrays.inputs, arrays.outputs, arrays.portsOfJob];
  return [
    ...[assets, ports].flatMap(({ words, slots }) => [words.buffer, slots.buffer]),
    ...lists.flatMap(({ offsets, targets }) => [offsets.buffer, targets.buffer]),
    ...[names, nameEnds, classOf, jobOf].map(({ buffer }) => buffer),
  ];
}

try {
  await client.connect();
  const graph = await readGraph(client, budgetBytes);
  tell({ type: 'BUILT', graph }, buffersOf(graph));
} catch (error) {
  const reason = error instanceof Error ? error.message : 'unknown error';
  tell({ type: 'FAILED', reason, isTooLarge: error instanceof GraphTooLarge });
} finally {
  await client.end().catch(() => undefined);
}
