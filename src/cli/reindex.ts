import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { EXIT, type ExitCode } from './cli-error.js';
import type { Terminal } from './terminal.js';
import { refuse, userErrors } from './user-errors.js';

const REINDEX = 'mutation { searchReindex { isScheduled userErrors { message code } } }';
const PROGRESS = '{ searchIndex { documents rebuild { isRunning done total } } }';

const reindexAnswer = z.object({ searchReindex: z.object({ userErrors }) });
const progressAnswer = z.object({
  searchIndex: z.object({
    documents: z.number(),
    rebuild: z.object({ isRunning: z.boolean(), done: z.number(), total: z.number() }).nullable(),
  }),
});

const POLL_MS = 200;

/** Asks for a new search index, or for one that was interrupted to go on, and waits until it is done. */
export async function reindex(terminal: Terminal): Promise<ExitCode> {
  refuse(reindexAnswer.parse(await terminal.client.graphql(REINDEX, {})).searchReindex.userErrors);
  for (;;) {
    const { documents, rebuild } = progressAnswer.parse(await terminal.client.graphql(PROGRESS, {})).searchIndex;
    if (!rebuild?.isRunning) {
      terminal.out(terminal.isJson ? JSON.stringify({ documents }) : `Indexed anew: ${documents} documents.`);
      return EXIT.OK;
    }
    terminal.progress(`${rebuild.done} of ${rebuild.total} assets and people are indexed; search goes on.`);
    await sleep(POLL_MS);
  }
}
