import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { EXIT, type ExitCode } from './cli-error.js';
import { table, type Terminal } from './terminal.js';
import { refuse, userErrors } from './user-errors.js';

const FAILED = '{ failedEvents(first: 100) { nodes { id kind receivedAt error } pageInfo { hasNextPage } } }';
const REPLAY = 'mutation($ids: [ID!]) { failedEventsReplay(ids: $ids) { replayed userErrors { message code } } }';
const REBUILD = 'mutation { catalogRebuild { isScheduled userErrors { message code } } }';
const PROGRESS = '{ operations { isRebuilding ingestBacklog failedEvents } }';

const failedAnswer = z.object({
  failedEvents: z.object({
    nodes: z.array(z.object({ id: z.string(), kind: z.string(), receivedAt: z.string(), error: z.string() })),
    pageInfo: z.object({ hasNextPage: z.boolean() }),
  }),
});
const replayAnswer = z.object({ failedEventsReplay: z.object({ replayed: z.number(), userErrors }) });
const rebuildAnswer = z.object({ catalogRebuild: z.object({ userErrors }) });
const progressAnswer = z.object({
  operations: z.object({ isRebuilding: z.boolean(), ingestBacklog: z.number(), failedEvents: z.number() }),
});

const POLL_MS = 500;

/** What could not be projected, newest first. */
export async function failed(terminal: Terminal): Promise<ExitCode> {
  const { nodes, pageInfo } = failedAnswer.parse(await terminal.client.graphql(FAILED, {})).failedEvents;
  if (terminal.isJson) terminal.out(JSON.stringify(nodes));
  else if (nodes.length > 0) terminal.out(table(nodes.map((one) => [one.id, one.kind, one.receivedAt, one.error])));
  if (pageInfo.hasNextPage) terminal.note('There are more than 100.');
  if (nodes.length === 0 && !terminal.isJson) terminal.note('Nothing has failed.');
  return nodes.length > 0 ? EXIT.OK : EXIT.NOTHING_FOUND;
}

/** Projects failed messages again: those of the ids, or all. */
export async function replay(terminal: Terminal, ids: readonly string[]): Promise<ExitCode> {
  const variables = { ids: ids.length > 0 ? ids : null };
  const { replayed, userErrors: errors } = replayAnswer.parse(
    await terminal.client.graphql(REPLAY, variables),
  ).failedEventsReplay;
  refuse(errors);
  terminal.out(terminal.isJson ? JSON.stringify({ replayed }) : `${replayed} messages wait for projection again.`);
  return replayed > 0 ? EXIT.OK : EXIT.NOTHING_FOUND;
}

/** Asks for a rebuild and waits until it is done. */
export async function rebuild(terminal: Terminal): Promise<ExitCode> {
  refuse(rebuildAnswer.parse(await terminal.client.graphql(REBUILD, {})).catalogRebuild.userErrors);
  const start = Date.now();
  for (;;) {
    const { operations } = progressAnswer.parse(await terminal.client.graphql(PROGRESS, {}));
    const seconds = Math.round((Date.now() - start) / 1000);
    if (!operations.isRebuilding) {
      const done = { seconds, failedEvents: operations.failedEvents };
      terminal.out(terminal.isJson ? JSON.stringify(done) : `Rebuilt; ${operations.failedEvents} messages failed.`);
      return EXIT.OK;
    }
    terminal.progress(`Rebuilding for ${seconds} s; readers see the state before until it is done.`);
    await sleep(POLL_MS);
  }
}
