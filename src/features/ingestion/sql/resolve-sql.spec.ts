import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dialectOf, parseSql } from './parse-sql.js';
import { resolveStatements } from './resolve-sql.js';
import { columnsOf, edgesOf, sqlCasesIn } from './sql-cases.testing.js';

const CASES = sqlCasesIn(join(import.meta.dirname, '../../../../test/sql'));

/** Within one statement the order says nothing. */
function sorted(edges: readonly string[]): string[] {
  const statements: string[][] = [[]];
  for (const edge of edges) {
    if (edge.startsWith('=>')) statements.push([edge]);
    else statements.at(-1)?.push(edge);
  }
  return statements.flatMap((statement) => statement.toSorted());
}

describe('column lineage of SQL', () => {
  it.each(CASES.filter(({ isParsed }) => isParsed).map((one) => [one.name, one] as const))(
    '%s',
    async (_, { sql, dialect, expected }) => {
      const statements = await parseSql(sql, dialect);
      expect(sorted(edgesOf(resolveStatements(statements, columnsOf, dialectOf(dialect))))).toEqual(sorted(expected));
    },
  );

  it.each(CASES.filter(({ isParsed }) => !isParsed).map((one) => [one.name, one] as const))(
    'cannot be had, because the parser refuses it: %s',
    async (_, { sql, dialect }) => {
      await expect(parseSql(sql, dialect)).rejects.toThrow(/\w/);
    },
  );

  it.each([
    ['an unknown star', 'select * from nobody_knows', 'are not known'],
    ['an ambiguous column', 'select id from orders, customers', 'could be of several'],
    ['a column that is not there', 'select q.nope from (select a from t) q', 'was not found'],
    ['a union that does not fit', 'select * from nobody_knows union all select a from t', 'could not be matched'],
  ])('says what it leaves out: %s', async (_, sql, warning) => {
    const [statement] = resolveStatements(await parseSql(sql, 'postgres'), columnsOf);
    expect(statement?.warnings.join(' ')).toContain(warning);
  });

  it('names the tables that are read', async () => {
    const [statement] = resolveStatements(
      await parseSql(
        'with c as (select 1 from orders) select * from c, db.x.y where 1 in (select 2 from z)',
        'postgres',
      ),
      columnsOf,
    );
    expect(statement?.inputs).toEqual([['orders'], ['db', 'x', 'y'], ['z']]);
  });

  it.each([
    ['garbage', 'selekt from from'],
    ['half a statement', 'select a from ('],
    ['an unclosed string', "select 'a from t"],
  ])('refuses %s with a reason', async (_, sql) => {
    await expect(parseSql(sql, 'postgres')).rejects.toThrow(/\w/);
  });
});
