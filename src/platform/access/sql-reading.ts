import { listOf, type Atom, type Condition } from './condition.js';

export interface SqlOptions {
  /** Attribute → SQL expression. */
  readonly columns: ReadonlyMap<string, string>;
  /** Number of the first parameter: 3 gives $3, $4, … */
  readonly firstParameter: number;
}

export interface SqlReading {
  readonly sql: string;
  readonly params: readonly unknown[];
}

/** The SQL reading: an expression that is never NULL. Every literal is a parameter. @throws on an attribute without column. */
export function toSql(condition: Condition, options: SqlOptions): SqlReading {
  const params: unknown[] = [];
  const place = (value: unknown): string => `$${options.firstParameter - 1 + params.push(value)}`;
  return { sql: emit(condition, options.columns, place), params };
}

function emit(condition: Condition, columns: ReadonlyMap<string, string>, place: (value: unknown) => string): string {
  switch (condition.op) {
    case 'true':
      return 'TRUE';
    case 'false':
      return 'FALSE';
    case 'all':
      return `(${condition.of.map((part) => emit(part, columns, place)).join(' AND ')})`;
    case 'any':
      return `(${condition.of.map((part) => emit(part, columns, place)).join(' OR ')})`;
    case 'not':
      return `(NOT ${emit(condition.of, columns, place)})`;
    case 'atom':
      return emitAtom(condition.atom, columnOf(condition.atom, columns), place);
    default:
      throw condition satisfies never;
  }
}

function columnOf(atom: Atom, columns: ReadonlyMap<string, string>): string {
  const column = columns.get(atom.attribute);
  if (column === undefined) throw new Error(`The attribute '${atom.attribute}' has no column here.`);
  return column;
}

const ORDER = { lt: '<', lte: '<=', gt: '>', gte: '>=' } as const;

/** An atom on NULL is NULL in SQL and false by our rules: `IS TRUE` makes them one. */
function emitAtom(atom: Atom, column: string, place: (value: unknown) => string): string {
  const isNumber = listOf(atom.value).some((value) => typeof value === 'number');
  const type = isNumber ? 'int' : 'text';
  const list = (): string => `${place(listOf(atom.value))}::${type}[]`;
  switch (atom.operator) {
    case 'has':
      return `(${column} IS NOT NULL)`;
    case 'missing':
      return `(${column} IS NULL)`;
    case 'isEmpty':
      return `(cardinality(${column}) = 0)`;
    case 'eq':
      return `((${column} = ${place(atom.value)}::${type}) IS TRUE)`;
    case 'ne':
      return `((${column} <> ${place(atom.value)}::${type}) IS TRUE)`;
    case 'in':
      return `((${column} = ANY(${list()})) IS TRUE)`;
    case 'notIn':
      return `((${column} <> ALL(${list()})) IS TRUE)`;
    case 'hasAny':
      return `(${column} && ${list()})`;
    case 'hasAll':
      return `(${column} @> ${list()})`;
    case 'hasNone':
      return `(NOT ${column} && ${list()})`;
    case 'under':
      return emitUnder(atom, column, place);
    default:
      return `((${column} ${ORDER[atom.operator]} ${place(atom.value)}::int) IS TRUE)`;
  }
}

function emitUnder(atom: Atom, column: string, place: (value: unknown) => string): string {
  const parts = listOf(atom.value).map((path) => {
    const parameter = place(path);
    return `${column} = ${parameter}::text OR starts_with(${column}, ${parameter}::text || '/')`;
  });
  return `((${parts.join(' OR ')}) IS TRUE)`;
}

const PLAIN = ['kind', 'namespace', 'name', 'platform', 'domain', 'sensitivity', 'lifecycle', 'tags', 'terms', 'owners'];

/** Columns of table `asset` under the given alias. */
export function ASSET_SQL_COLUMNS(alias: string): ReadonlyMap<string, string> {
  return new Map([['id', `${alias}.id::text`], ...PLAIN.map((name) => [name, `${alias}.${name}`] as const)]);
}

/** Columns of `asset_column` and of its `asset`. A column nobody described yet (outer join) has empty lists. */
export function COLUMN_SQL_COLUMNS(columnAlias: string, assetAlias: string): ReadonlyMap<string, string> {
  return new Map([
    ['path', `${columnAlias}.path`],
    ['sensitivity', `${columnAlias}.sensitivity`],
    ['tags', `coalesce(${columnAlias}.tags, '{}')`],
    ['terms', `coalesce(${columnAlias}.terms, '{}')`],
    ...[...ASSET_SQL_COLUMNS(assetAlias)].map(([name, sql]) => [`asset.${name}`, sql] as const),
  ]);
}
