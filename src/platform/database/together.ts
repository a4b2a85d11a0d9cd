import DataLoader from 'dataloader';
import type { Database } from './database.js';

const MOST_AT_ONCE = 500;

/**
 * Makes one call over a set out of what many requests ask for at the same time: while one call is under way, the next one
 * collects. Nothing is kept, so that every answer was read after it was asked for. What fails for a set is done once more
 * for each alone: nobody fails by what somebody else asked. Inside a transaction each call goes its own way.
 *
 * @param work its answers are in the order of the keys.
 */
export function together<Key, Value>(
  database: Pick<Database, 'isInTransaction'>,
  work: (keys: readonly Key[]) => Promise<readonly Value[]>,
): (keys: readonly Key[]) => Promise<readonly Value[]> {
  let underWay: Promise<unknown> = Promise.resolve();
  const loader = new DataLoader<Key, Value>(
    (keys) => {
      const answers = eachOf(keys, work);
      underWay = answers;
      return answers;
    },
    {
      cache: false,
      maxBatchSize: MOST_AT_ONCE,
      batchScheduleFn: (start) => void underWay.finally(() => setImmediate(start)),
    },
  );
  return async (keys) => {
    if (database.isInTransaction) return work(keys);
    return Promise.all(keys.map((key) => loader.load(key)));
  };
}

/** Never rejects: the answer or the error of each key. */
async function eachOf<Key, Value>(
  keys: readonly Key[],
  work: (keys: readonly Key[]) => Promise<readonly Value[]>,
): Promise<readonly (Value | Error)[]> {
  try {
    return await work(keys);
  } catch (error) {
    if (keys.length === 1) return [asError(error)];
    const answers: (Value | Error)[] = [];
    for (const key of keys) answers.push(...(await eachOf([key], work)));
    return answers;
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
