import { parentPort } from 'node:worker_threads';
import { resolveTask, type SqlTask } from './sql-task.js';

/** Runs in a thread of its own: parsing is synchronous and can take seconds. */
parentPort?.on('message', async (task: SqlTask) => {
  try {
    parentPort?.postMessage({ statements: await resolveTask(task) });
  } catch (error) {
    parentPort?.postMessage({ statements: null, error: error instanceof Error ? error.message : 'unknown error' });
  }
});
