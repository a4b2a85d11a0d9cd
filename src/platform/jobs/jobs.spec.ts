import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TestServices } from '../../../test/support/services.js';
import { Log } from '../observability/log.js';
import { Jobs, type JobHandler } from './jobs.js';

let services: TestServices;
beforeAll(async () => {
  services = await TestServices.open();
  await services.database.query('CREATE TABLE done (job text NOT NULL)');
});
afterAll(() => services.close());
beforeEach(async () => {
  await services.database.query('DELETE FROM job_queue');
  await services.database.query('DELETE FROM done');
});

const silent = new Log({ level: 'error', destination: { write: () => undefined } });

/** One process' worker. Its loop is not started: the test says when it works. */
function workerWith(...handlers: readonly JobHandler[]): Jobs {
  const jobs = new Jobs(services.database, silent);
  for (const handler of handlers) jobs.add(handler);
  return jobs;
}

const noting: JobHandler = {
  kind: 'note',
  async run({ job }) {
    await services.database.query('INSERT INTO done VALUES ($1)', [String(job)]);
  },
};

const failing: JobHandler = {
  kind: 'fail',
  async run() {
    await services.database.query(`INSERT INTO done VALUES ('half')`);
    throw new Error('not today');
  },
};

async function done(): Promise<string[]> {
  const rows = await services.database.query<{ job: string }>('SELECT job FROM done ORDER BY job');
  return rows.map(({ job }) => job);
}

async function state(): Promise<object | null> {
  return services.database.queryOne('SELECT state, attempts, last_error AS error FROM job_queue');
}

async function drain(jobs: Jobs): Promise<number> {
  let count = 0;
  while (await jobs.runNext()) count += 1;
  return count;
}

describe('two workers', () => {
  it('share the jobs, and do each once', async () => {
    const [first, second] = [workerWith(noting), workerWith(noting)];
    const names = Array.from({ length: 60 }, (_, at) => `job-${String(at).padStart(2, '0')}`);
    for (const job of names) await first.schedule('note', { payload: { job } });
    const counts = await Promise.all([drain(first), drain(second)]);
    expect(await done()).toEqual(names);
    expect(counts[0] + counts[1]).toBe(60);
  });

  it('take a job over at once when the one that works on it loses its connection', async () => {
    let isDead = false;
    const dying: JobHandler = {
      kind: 'note',
      async run() {
        isDead = true;
        await services.database.query(`INSERT INTO done VALUES ('half')`);
        await services.database.query('SELECT pg_terminate_backend(pg_backend_pid())');
      },
    };
    const [first, second] = [workerWith(dying), workerWith(noting)];
    await first.schedule('note', { payload: { job: 'whole' } });
    await first.runNext().catch(() => undefined);
    expect(isDead).toBe(true);
    await services.database.query('UPDATE job_queue SET run_at = now()');
    expect(await second.runNext()).toBe(true);
    expect(await done()).toEqual(['whole']);
  });

  it('leave to others what they do not know', async () => {
    await workerWith(noting).schedule('note', { payload: { job: 'a' } });
    expect(await workerWith(failing).runNext()).toBe(false);
    expect(await workerWith(noting).runNext()).toBe(true);
  });
});

describe('a job', () => {
  it('is scheduled once per key while it waits, and again when it is done', async () => {
    const jobs = workerWith(noting);
    for (const job of ['a', 'b']) await jobs.schedule('note', { key: 'same', payload: { job } });
    expect(await jobs.isPending('note')).toBe(true);
    expect(await drain(jobs)).toBe(1);
    expect(await jobs.isPending('note')).toBe(false);
    await jobs.schedule('note', { key: 'same', payload: { job: 'c' } });
    expect(await drain(jobs)).toBe(1);
    expect(await done()).toEqual(['a', 'c']);
  });

  it('waits for its time', async () => {
    const jobs = workerWith(noting);
    await jobs.schedule('note', { payload: { job: 'later' }, inSeconds: 3600 });
    expect(await jobs.runNext()).toBe(false);
  });

  it('that fails has changed nothing, is tried again later, and fails for good after five attempts', async () => {
    const jobs = workerWith(failing);
    await jobs.schedule('fail');
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      expect(await jobs.runNext()).toBe(true);
      expect(await jobs.runNext()).toBe(false);
      const expected = { attempts: attempt, error: 'not today', state: attempt < 5 ? 'WAITING' : 'FAILED' };
      expect(await state()).toEqual(expected);
      await services.database.query('UPDATE job_queue SET run_at = now()');
    }
    expect(await jobs.runNext()).toBe(false);
    expect(await done()).toEqual([]);
  });

  it('that recurs comes back, however often it fails', async () => {
    const jobs = workerWith({ ...failing, everySeconds: 60 });
    await jobs.schedule('fail', { key: 'recurring' });
    for (let attempt = 1; attempt <= 7; attempt += 1) {
      await jobs.runNext();
      await services.database.query('UPDATE job_queue SET run_at = now()');
    }
    expect(await state()).toEqual({ attempts: 7, error: 'not today', state: 'WAITING' });
    expect(await workerWith({ ...noting, kind: 'fail', everySeconds: 60 }).runNext()).toBe(true);
    const states = await services.database.query('SELECT state FROM job_queue ORDER BY state');
    expect(states).toEqual([{ state: 'DONE' }, { state: 'WAITING' }]);
  });
});
