import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Terminal } from './terminal.js';

const TIMEOUT_MS = 10 * 60_000;

const statusAnswer = z.object({ backlog: z.number(), lag: z.number() });

/** Until everything received is in the catalog and found by search, others' messages included; false after 10 minutes. */
export async function waitForProjection(terminal: Terminal): Promise<boolean> {
  const deadline = Date.now() + TIMEOUT_MS;
  for (let pauseMs = 50; Date.now() < deadline; pauseMs = Math.min(pauseMs * 2, 1000)) {
    const { backlog, lag } = statusAnswer.parse(await terminal.client.json({ path: '/api/v1/ingest/status' }));
    if (backlog === 0 && lag === 0) return true;
    terminal.progress(backlog > 0 ? `${backlog} messages wait to be worked in` : `${lag} changes wait to be indexed`);
    await sleep(pauseMs);
  }
  terminal.note('Received and kept, but not all of it is worked in after 10 minutes.');
  return false;
}
