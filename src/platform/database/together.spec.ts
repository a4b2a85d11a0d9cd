import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { together } from './together.js';

const outside = { isInTransaction: false };

/** Doubles numbers, slowly, and refuses 13; says what it was called with. */
function doubler() {
  const calls: (readonly number[])[] = [];
  const work = async (keys: readonly number[]) => {
    calls.push(keys);
    await pause(10);
    if (keys.includes(13)) throw new Error('13 brings bad luck');
    return keys.map((key) => key * 2);
  };
  return { calls, work };
}

describe('together', () => {
  it('makes one call of what comes while another is under way, and answers each with its own', async () => {
    const { calls, work } = doubler();
    const ask = together(outside, work);

    const first = ask([1]);
    await pause(5);
    const later = [ask([2, 3]), ask([4]), ask([2])];

    expect([await first, ...(await Promise.all(later))]).toEqual([[2], [4, 6], [8], [4]]);
    expect(calls).toEqual([[1], [2, 3, 4, 2]]);
  });

  it('answers with what is read after it was asked', async () => {
    let stored = 'old';
    const ask = together(outside, async (keys: readonly string[]) => {
      const read = stored;
      await pause(10);
      return keys.map(() => read);
    });

    const before = ask(['a']);
    await pause(5);
    stored = 'new';

    expect([await before, await ask(['a'])]).toEqual([['old'], ['new']]);
  });

  it('fails nobody by what somebody else asked', async () => {
    const { work } = doubler();
    const ask = together(outside, work);

    const answers = await Promise.allSettled([ask([1]), ask([13]), ask([2])]);

    expect(answers.map((answer) => (answer.status === 'fulfilled' ? answer.value : String(answer.reason)))).toEqual([
      [2],
      'Error: 13 brings bad luck',
      [4],
    ]);
  });

  it('goes its own way inside a transaction', async () => {
    const { calls, work } = doubler();
    const ask = together({ isInTransaction: true }, work);

    await Promise.all([ask([1]), ask([2])]);

    expect(calls).toEqual([[1], [2]]);
  });
});
