import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StatementLineage } from './resolve-sql.js';
import type { ColumnsOf } from './query.js';
import type { Use } from './use.js';

/** One query or script with the edges that it must have. */
export interface SqlCase {
  readonly name: string;
  readonly dialect: string;
  readonly sql: string;
  readonly expected: readonly string[];
  /** False for what the parser is known to refuse. */
  readonly isParsed: boolean;
}

/** Reads `== name [dialect]`, with ` !` where the parser refuses it, the SQL, `--`, and one edge a line. Lines that begin with `#` are comments. */
function sqlCases(text: string): SqlCase[] {
  const body = text.replaceAll(/^# .*\n/gm, '').replaceAll(/^#.*\n/gm, '');
  return body
    .split(/^== /m)
    .slice(1)
    .map((block) => {
      const [head = '', ...rest] = block.split('\n');
      const [, name = head, dialect = 'postgres'] = /^(.*?)(?: \[(\w+)\])?(?: !)?$/.exec(head.trim()) ?? [];
      const split = rest.indexOf('--');
      return {
        name: `${name} [${dialect}]`,
        dialect,
        isParsed: !head.trim().endsWith(' !'),
        sql: rest.slice(0, split).join('\n'),
        expected: rest.slice(split + 1).filter((edge) => edge.trim() !== ''),
      };
    });
}

/** All cases of a folder. */
export function sqlCasesIn(folder: string): SqlCase[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.txt'))
    .flatMap((file) => sqlCases(readFileSync(join(folder, file), 'utf8')));
}

/** The tables that the cases are about; others are not known. */
export const TABLES: Readonly<Record<string, readonly string[]>> = {
  orders: ['id', 'customer_id', 'amount', 'status', 'placed_on'],
  customers: ['id', 'name', 'email', 'country'],
  items: ['order_id', 'sku', 'qty', 'price'],
  t: ['a', 'b', 'c'],
  s: ['a', 'b', 'd'],
  events: ['id', 'user_id', 'payload', 'tags'],
  staff: ['id', 'boss_id', 'name', 'salary', 'ssn'],
  'sales.deals': ['id', 'stage', 'value'],
  'other.deals': ['id', 'stage', 'value'],
};

export const columnsOf: ColumnsOf = (table) => TABLES[table.join('.').toLowerCase()] ?? null;

/** As the cases write them. */
export function edgesOf(statements: readonly StatementLineage[]): string[] {
  return statements.flatMap(({ target, columns, influences }) => [
    ...(target ? [`=> ${target.join('.')}`] : []),
    ...columns.flatMap(({ name, uses }) => uses.map((use) => edge(use, name))).sort(),
    ...influences.map((use) => edge(use, '*')).sort(),
  ]);
}

function edge({ table, column, subtype, isMasked }: Use, target: string): string {
  return `${[...table, column].join('.')} -> ${target} ${subtype}${isMasked ? ' masked' : ''}`;
}
