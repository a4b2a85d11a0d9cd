import { z } from 'zod';
import { Invalid } from '../../core/errors.js';
import type { Residual } from '../../platform/access/condition.js';
import { toSql } from '../../platform/access/sql-reading.js';
import { decodeCursor, encodeCursor } from '../../platform/graphql/page-arguments.js';
import type { AnyOf } from './search-stages.js';
import type { SearchSort } from './search-index.js';

/** Which documents of the matched classes are shown: all of some classes, of others what a condition holds for. */
export interface Shown {
  /** Null: of all of them. */
  readonly whole: readonly number[] | null;
  readonly partly: readonly Part[];
}

export interface Part {
  readonly classIds: readonly number[];
  /** Left of a policy; or the handles of people. */
  readonly rest: Exclude<Residual, boolean> | { readonly handles: readonly string[] };
}

/** Stage, order key, sort name, id: by it rows are in order, and pages begin behind it. */
export type PlaceKey = [number, string, string, number];

export interface StageQuery {
  /** Number of the stage. */
  readonly stage: number;
  /** Null: every document. */
  readonly anyOf: AnyOf | null;
  /** Of the stages before, whose documents are not found again. */
  readonly before: AnyOf;
  /** In this stage. */
  readonly after: PlaceKey | null;
}

export interface StageSqlOptions {
  readonly shown: Shown;
  readonly sort: SearchSort;
  /** Rows wanted. */
  readonly limit: number;
  /** READ all that match and sort them, or WALK along the order until there are enough: for what matches often. */
  readonly way: 'READ' | 'WALK';
}

export interface SqlQuery {
  readonly sql: string;
  readonly params: unknown[];
}

/** At least this many matches of one stage are not sorted. */
export const MANY = 5000;

const ORDER_KEYS: Readonly<Record<SearchSort, string>> = {
  RELEVANCE: 'd.place',
  NAME: '0::bigint',
  UPDATED: '-(extract(epoch FROM d.updated_at) * 1000)::bigint',
  USAGE: '-d.usage::bigint',
};

export class Parameters {
  readonly values: unknown[] = [];

  place(value: unknown, type: string): string {
    return `$${this.values.push(value)}::${type}`;
  }
}

/** Over alias `d`: TRUE for what is shown. */
export function shownSql({ whole, partly }: Shown, parameters: Parameters): string {
  if (whole === null) return 'TRUE';
  const parts = partly.map(({ classIds, rest }) => {
    const own = `EXISTS (SELECT FROM search_origin o WHERE o.id = d.id AND ${restSql(rest, parameters)})`;
    return `(${among(classIds, parameters)} AND ${own})`;
  });
  return `(${[among(whole, parameters), ...parts].join(' OR ')})`;
}

/** As a set: planning with a list of thousands takes longer than the search. */
function among(classIds: readonly number[], parameters: Parameters): string {
  return `d.class_id IN (SELECT unnest(${parameters.place(classIds, 'int[]')}))`;
}

function restSql(rest: Part['rest'], parameters: Parameters): string {
  if ('handles' in rest) return `o.name = ANY(${parameters.place(rest.handles, 'text[]')})`;
  const { sql, params } = toSql(rest, { columns: OWN_COLUMNS, firstParameter: parameters.values.length + 1 });
  parameters.values.push(...params);
  return sql;
}

const OWN_COLUMNS = new Map([
  ['id', 'o.asset_id::text'],
  ['name', 'o.name'],
  ['path', 'o.column_path'],
  ['asset.id', 'o.asset_id::text'],
  ['asset.name', 'o.name'],
]);

/**
 * The best documents of the stages, at most `limit`; a later stage is not begun when those before have as many. `seen` says
 * how many were read in a stage to find them, MANY when there may be more.
 */
export function stagesSql(stages: readonly StageQuery[], options: StageSqlOptions): SqlQuery {
  const parameters = new Parameters();
  const shown = shownSql(options.shown, parameters);
  const limit = parameters.place(options.limit, 'int');
  const found = stages.map((stage) => {
    const rows = foundSql(stage, { ...options, shown, limit, parameters });
    return `found_${stage.stage} AS MATERIALIZED (${rows})`;
  });
  const branches = stages.map(
    ({ stage }) => `(SELECT ${stage} AS stage, *, (SELECT count(*)::int FROM found_${stage}) AS seen
      FROM found_${stage} ORDER BY key, sort_name, id LIMIT ${limit})`,
  );
  const sql = `
    WITH ${found.join(', ')}
    SELECT page.stage, page.key::text AS key, page.sort_name AS "sortName", page.id, page.class_id AS "classId",
           o.asset_id AS "assetId", o.column_path AS "columnPath", o.name, o.score, page.seen
    FROM (SELECT * FROM (${branches.join(' UNION ALL ')}) branches LIMIT ${limit}) page
    JOIN search_origin o ON o.id = page.id
    ORDER BY page.stage, page.key, page.sort_name, page.id`;
  return { sql, params: parameters.values };
}

interface FoundContext extends Omit<StageSqlOptions, 'shown' | 'limit'> {
  readonly shown: string;
  readonly limit: string;
  readonly parameters: Parameters;
}

function foundSql({ anyOf, before, after }: StageQuery, { sort, way, shown, limit, parameters }: FoundContext): string {
  const key = ORDER_KEYS[sort];
  const matches = anyOf === null ? 'TRUE' : matchesSql(anyOf, parameters);
  const parts = [
    // What is IS TRUE cannot be asked of GIN.
    way === 'WALK' ? `(${matches}) IS TRUE` : matches,
    // Joined with thousands of classes, GIN would be asked once for each: what is IS TRUE is no join.
    anyOf === null ? shown : `${shown} IS TRUE`,
    ...(before.length > 0 ? [`NOT (${matchesSql(before, parameters)})`] : []),
    ...(after === null ? [] : [afterSql(after, key, parameters)]),
  ];
  const bound = way === 'READ' && sort === 'RELEVANCE' ? `LIMIT ${MANY}` : '';
  const order = way === 'WALK' ? `ORDER BY d.place, d.sort_name, d.id LIMIT ${limit}` : bound;
  return `SELECT ${key} AS key, d.sort_name, d.id, d.class_id FROM search_document d WHERE ${parts.join(' AND ')} ${order}`;
}

/** Over alias `d`. */
export function matchesSql(anyOf: AnyOf, parameters: Parameters): string {
  return `d.words @@ ANY(${parameters.place(anyOf, 'tsquery[]')})`;
}

function afterSql(after: PlaceKey, key: string, parameters: Parameters): string {
  const [, orderKey, sortName, id] = after;
  const type = key === ORDER_KEYS.RELEVANCE ? 'int' : 'bigint';
  const values = [parameters.place(orderKey, type), parameters.place(sortName, 'text'), parameters.place(id, 'int')];
  return `(${key}, d.sort_name, d.id) > (${values.join(', ')})`;
}

const whole = z.string().regex(/^\d{1,9}$/);
const cursorKey = z.tuple([
  whole.transform(Number),
  z.string().regex(/^-?\d{1,15}$/),
  z.string().regex(/^[^\0\p{Surrogate}]*$/u),
  whole.transform(Number),
]);

export function cursorOf(key: PlaceKey): string {
  return encodeCursor(key);
}

/** @throws {Invalid} */
export function placeOf(cursor: string, sort: SearchSort): PlaceKey {
  const key = cursorKey.safeParse(decodeCursor(cursor, 4));
  if (!key.success || (sort === 'RELEVANCE' && key.data[1].length > 9))
    throw new Invalid('after is not the endCursor of a page of this list.', ['after']);
  return key.data;
}
