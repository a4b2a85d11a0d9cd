import { PARENT_PREFIX, RESOURCE_ATTRIBUTES } from './attributes.js';
import { listOf, type LiteralAtom, type Operator, type Residual, type Single } from './condition.js';
import { simplify } from './simplify.js';

export interface SqlOptions {
  /** Attribute → SQL expression. */
  readonly columns: ReadonlyMap<string, string>;
  /** Number of the first parameter: 3 gives $3, $4, … */
  readonly firstParameter: number;
}

export interface SqlReading {
  readonly sql: string;
  readonly params: unknown[];
}

/** An SQL expression that is TRUE or FALSE and never NULL, with every literal a parameter. Linear in the condition. */
export function toSql(condition: Residual, { columns, firstParameter }: SqlOptions): SqlReading {
  const params: unknown[] = [];
  const numbers = new Map<string, string>();
  const place = (value: unknown, cast: string): string => {
    const key = cast + JSON.stringify(value);
    const known = numbers.get(key) ?? `$${firstParameter - 1 + params.push(value)}::${cast}`;
    numbers.set(key, known);
    return known;
  };
  return { sql: emit(simplify(condition), { columns, place }), params };
}

interface Emitter {
  readonly columns: ReadonlyMap<string, string>;
  readonly place: (value: unknown, cast: string) => string;
}

function emit(condition: Residual, emitter: Emitter): string {
  if (typeof condition === 'boolean') return condition ? 'TRUE' : 'FALSE';
  if ('all' in condition) return `(${condition.all.map((part) => emit(part, emitter)).join(' AND ')})`;
  if ('any' in condition) return `(${condition.any.map((part) => emit(part, emitter)).join(' OR ')})`;
  if ('not' in condition) return `(NOT ${emit(condition.not, emitter)})`;
  return emitAtom(condition, emitter);
}

const COMPARISON: Partial<Record<Operator, string>> = { eq: '=', ne: '<>', lt: '<', lte: '<=', gt: '>', gte: '>=' };

function emitAtom(atom: LiteralAtom, { columns, place }: Emitter): string {
  const column = columns.get(atom.attribute);
  if (column === undefined) throw new Error(`The attribute '${atom.attribute}' has no SQL expression here.`);
  const values = listOf(atom.value);
  const type = values.some((value) => typeof value === 'number') ? 'int' : 'text';
  const listTest = LIST_TESTS[atom.operator];
  if (listTest) return listTest(column, place(values, `${type}[]`));
  switch (atom.operator) {
    case 'has':
      return `(${column} IS NOT NULL)`;
    case 'missing':
      return `(${column} IS NULL)`;
    case 'isEmpty':
      return `(cardinality(${column}) = 0)`;
    case 'under':
      return under(column, values, place);
    default:
      return present(column, `${column} ${comparisonOf(atom.operator)} ${place(atom.value, type)}`);
  }
}

/** Networks are about who asks: nothing of them is left in a condition over resources. */
function comparisonOf(operator: Operator): string {
  const comparison = COMPARISON[operator];
  if (comparison === undefined) throw new Error(`'${operator}' is not asked of resources.`);
  return comparison;
}

const LIST_TESTS: Partial<Record<Operator, (column: string, list: string) => string>> = {
  in: (column, list) => present(column, `${column} = ANY(${list})`),
  notIn: (column, list) => present(column, `${column} <> ALL(${list})`),
  hasAny: (column, list) => `(${column} && ${list})`,
  hasAll: (column, list) => `(${column} @> ${list})`,
  hasNone: (column, list) => `(NOT (${column} && ${list}))`,
};

/** NULL makes the test NULL, but FALSE AND NULL is FALSE; unlike IS TRUE this leaves indexes usable. */
function present(column: string, test: string): string {
  return `(${column} IS NOT NULL AND ${test})`;
}

/** With a slash at both ends 'a' is above 'a/b' and itself, not above 'ab'. */
function under(column: string, paths: readonly Single[], place: Emitter['place']): string {
  const prefixes = paths.map((path) => `${path}/`);
  if (prefixes.length === 1) return `(starts_with(${column} || '/', ${place(prefixes[0], 'text')}) IS TRUE)`;
  // The names inside must not capture the caller's aliases.
  const list = `unnest(${place(prefixes, 'text[]')}) AS policy_path_(value_)`;
  return `EXISTS (SELECT FROM ${list} WHERE starts_with(${column} || '/', policy_path_.value_))`;
}

/** Expressions over table `asset` under this alias. */
export function ASSET_SQL_COLUMNS(alias: string): ReadonlyMap<string, string> {
  const names = [...RESOURCE_ATTRIBUTES.asset.keys()];
  return new Map(names.map((name) => [name, name === 'id' ? `${alias}.id::text` : `${alias}.${name}`]));
}

/** Expressions over `asset_column` and its `asset`. Lists are never NULL, also where an outer join found no column. */
export function COLUMN_SQL_COLUMNS(columnAlias: string, assetAlias: string): ReadonlyMap<string, string> {
  const parent = [...ASSET_SQL_COLUMNS(assetAlias)].map(([name, sql]): [string, string] => [PARENT_PREFIX + name, sql]);
  return new Map([
    ['path', `${columnAlias}.path`],
    ['sensitivity', `${columnAlias}.sensitivity`],
    ['tags', `coalesce(${columnAlias}.tags, '{}')`],
    ['terms', `coalesce(${columnAlias}.terms, '{}')`],
    ...parent,
  ]);
}
