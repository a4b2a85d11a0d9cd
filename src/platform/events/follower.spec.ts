import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TestServices } from '../../../test/support/services.js';
import { SYSTEM_ACTOR } from '../../core/actor.js';
import { advance, recordFailure, register, type Follower } from './follower.js';

let services: TestServices;
beforeAll(async () => {
  services = await TestServices.open();
  await services.database.query('CREATE TABLE seen (subject text NOT NULL, place int GENERATED ALWAYS AS IDENTITY)');
});
afterAll(() => services.close());
beforeEach(async () => {
  for (const table of ['follower', 'change_log', 'seen']) await services.database.query(`DELETE FROM ${table}`);
});

/** Writes down what it saw, in the transaction that moves its position. */
const noting: Follower = {
  name: 'noting',
  types: ['thing.changed'],
  async handle(events) {
    for (const { subjectId } of events)
      await services.database.query('INSERT INTO seen (subject) VALUES ($1)', [subjectId]);
  },
};

interface Pause {
  /** Between the write into the change log and the commit. */
  readonly ms: number;
}

async function record(subject: string, type = 'thing.changed', pause: Pause = { ms: 0 }): Promise<void> {
  await services.database.transaction(async () => {
    services.events.record(SYSTEM_ACTOR, { type, subject: { kind: 'thing', id: subject } });
    // Collected after the change, so worked off after it.
    services.database.collector<Pause>(Symbol('pause'), async () => sleep(pause.ms));
  });
}

async function seen(): Promise<string[]> {
  const rows = await services.database.query<{ subject: string }>('SELECT subject FROM seen ORDER BY place');
  return rows.map(({ subject }) => subject);
}

async function drain(follower: Follower): Promise<void> {
  while ((await advance(services.database, follower)) > 0);
}

describe('a follower', () => {
  it('sees what is of its types, in order, and goes on from where it was', async () => {
    await record('before');
    await register(services.database, noting);
    await record('other', 'other.changed');
    await record('a');
    await drain(noting);
    expect(await seen()).toEqual(['before', 'a']);
    await register(services.database, noting);
    await record('b');
    await drain(noting);
    await drain(noting);
    expect(await seen()).toEqual(['before', 'a', 'b']);
  });

  it('that wants few subjects at a time ends its batch before one too many, whatever else was recorded', async () => {
    await register(services.database, noting);
    for (const subject of ['a', 'b', 'a', 'b']) await record(subject);
    await record('other', 'other.changed');
    for (const subject of ['b', 'c', 'a']) await record(subject);
    const bounded: Follower = { ...noting, mostSubjects: 2 };
    expect(await advance(services.database, bounded)).toBe(6);
    expect(await seen()).toEqual(['a', 'b', 'a', 'b', 'b']);
    expect(await advance(services.database, bounded)).toBe(2);
    expect(await advance(services.database, bounded)).toBe(0);
    expect(await seen()).toEqual(['a', 'b', 'a', 'b', 'b', 'c', 'a']);
  });

  it('that fails keeps its place and says why, and has done nothing by halves', async () => {
    await register(services.database, noting);
    await record('a');
    await record('b');
    const failing: Follower = {
      ...noting,
      async handle(events) {
        await noting.handle(events);
        throw new Error('index is away');
      },
    };
    const error = await advance(services.database, failing).catch((reason: unknown) => reason);
    await recordFailure(services.database, failing, error);
    expect(await seen()).toEqual([]);
    const states = () => services.database.query('SELECT failures, last_error FROM follower');
    expect(await states()).toEqual([{ failures: 1, last_error: 'index is away' }]);
    await drain(noting);
    expect(await seen()).toEqual(['a', 'b']);
    expect(await states()).toEqual([{ failures: 0, last_error: null }]);
  });

  it('of several processes is one at a time, and sees everything once', async () => {
    await register(services.database, noting);
    for (let at = 0; at < 40; at += 1) await record(`s-${at}`);
    const passed = await Promise.all(Array.from({ length: 4 }, () => advance(services.database, noting)));
    expect(passed.toSorted()).toEqual([0, 0, 0, 40]);
    expect(await seen()).toEqual(Array.from({ length: 40 }, (_, at) => `s-${at}`));
  });

  it('that dies is taken over at once, and what it did in its last moment is done once', async () => {
    await register(services.database, noting);
    await record('a');
    const dying: Follower = {
      ...noting,
      async handle(events) {
        await noting.handle(events);
        await services.database.query('SELECT pg_terminate_backend(pg_backend_pid())');
      },
    };
    await expect(advance(services.database, dying)).rejects.toThrow(/connection|terminat/i);
    await drain(noting);
    expect(await seen()).toEqual(['a']);
  });

  it('misses nothing of transactions that overlap', async () => {
    await register(services.database, noting);
    let isWriting = true;
    const following = (async () => {
      while (isWriting) await advance(services.database, noting);
      await drain(noting);
    })();
    const subjects = Array.from({ length: 60 }, (_, at) => `s-${at}`);
    const writers = [0, 1, 2, 3].map(async (writer) => {
      for (const [at, subject] of subjects.entries()) {
        // Some hold their transaction open for longer than others.
        if (at % 4 === writer) await record(subject, 'thing.changed', { ms: (at * 7) % 5 });
      }
    });
    await Promise.all(writers);
    isWriting = false;
    await following;
    expect((await seen()).toSorted()).toEqual(subjects.toSorted());
  });
});
