import { resolveTask, type SqlTask } from './sql-task.js';

/** Runs in a process of its own: parsing is synchronous, can take seconds, and needs memory that only an end gives back. */
process.on('message', async (task: SqlTask) => {
  try {
    process.send?.({ statements: await resolveTask(task) });
  } catch (error) {
    process.send?.({ statements: null, error: error instanceof Error ? error.message : 'unknown error' });
  }
});
// The service went away, however it went.
process.on('disconnect', () => process.exit());
// Ctrl-C reaches every process of the terminal; the service decides when this one ends.
process.on('SIGINT', () => undefined);
