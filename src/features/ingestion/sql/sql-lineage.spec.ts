import { afterEach, describe, expect, it } from 'vitest';
import { Log } from '../../../platform/observability/log.js';
import { SqlLineage } from './sql-lineage.js';

const lines: string[] = [];
const log = new Log({ level: 'info', destination: { write: (line) => void lines.push(line) } });
const sql = new SqlLineage(log);
const task = (text: string) => ({
  sql: text,
  dialect: 'postgres',
  tables: [{ parts: ['db', 'public', 't'], columns: ['a', 'b'] }],
});

describe('SqlLineage', () => {
  afterEach(async () => {
    await sql.beforeApplicationShutdown();
    lines.length = 0;
  });

  it('resolves in another process, with the columns it is given', async () => {
    const [statement] = await sql.resolve(task('select * from public.t'));
    expect(statement?.columns.map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('answers with nothing, and says why, for what cannot be parsed', async () => {
    expect(await sql.resolve(task('select from where'))).toEqual([]);
    expect(lines.join()).toContain('No column lineage from SQL.');
  });

  it('ends a script that takes too long, says so, and goes on', async () => {
    const hasty = new SqlLineage(log, { answerMs: 1, firstAnswerMs: 20_000 });
    expect(await hasty.resolve(task('select a from t'))).toHaveLength(1);
    const slow = `select ${Array.from({ length: 3000 }, (_, at) => `a + ${at} as c${at}`).join(', ')} from t`;
    expect(await hasty.resolve(task(slow))).toEqual([]);
    expect(lines.join()).toContain('no answer within 1 ms');
    expect(await hasty.resolve(task('select b from t'))).toHaveLength(1);
    await hasty.beforeApplicationShutdown();
  });

  it('remembers a script with the columns it was resolved with, and with no others', async () => {
    const columns = async (known: readonly string[]) => {
      const [statement] = await sql.resolve({
        sql: 'select * from t',
        dialect: 'postgres',
        tables: [{ parts: ['t'], columns: known }],
      });
      return statement;
    };
    const first = await columns(['a']);
    expect(await columns(['a'])).toBe(first);
    expect((await columns(['a', 'b']))?.columns).toHaveLength(2);
  });

  it.each([
    ['a script of a megabyte', `select '${'x'.repeat(1_000_000)}'`],
    ['5,000 parentheses', `select ${'('.repeat(5000)}1${')'.repeat(5000)} from t`],
    [
      '500 expressions in a row',
      `with ${Array.from({ length: 500 }, (_, at) => `c${at} as (select * from ${at === 0 ? 't' : `c${at - 1}`})`).join(', ')} select * from c499`,
    ],
    ['garbage', '\u0000\u{1F600}))((--/*'],
  ])('survives %s, and answers the next', async (_, text) => {
    await sql.resolve(task(text));
    expect(await sql.resolve(task('select a from t'))).toHaveLength(1);
  });
});
