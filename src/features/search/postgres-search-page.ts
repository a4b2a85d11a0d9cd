import { z } from 'zod';
import { Invalid } from '../../core/errors.js';
import type { Residual } from '../../platform/access/condition.js';
import { toSql } from '../../platform/access/sql-reading.js';
import { decodeCursor, encodeCursor } from '../../platform/graphql/page-arguments.js';
import type { Stage } from './postgres-search-query.js';
import type { SearchSort } from './search-index.js';

/** Which documents of the matched classes are shown: all of some classes, of others what a condition holds for. */
export interface Shown {
  readonly whole: readonly number[];
  readonly partly: readonly Part[];
}

export interface Part {
  readonly classIds: readonly number[];
  /** Left of a policy; or the handles of people. */
  readonly rest: Exclude<Residual, boolean> | { readonly handles: readonly string[] };
}

/** Stage, order key, sort name, id: by it rows are in order, and pages begin behind it. */
export type PlaceKey = [number, string, string, number];

export interface PageSqlOptions {
  /** Null: every document. */
  readonly stages: readonly Stage[] | null;
  readonly shown: Shown;
  readonly sort: SearchSort;
  /** Rows wanted, one more than the page. */
  readonly limit: number;
  readonly after: PlaceKey | null;
  /** Whether so many documents match that reading all of them to find the best would take long. */
  readonly isCommon: boolean;
}

export interface SqlQuery {
  readonly sql: string;
  readonly params: unknown[];
}

/** Fewer matches than this are read and sorted; of more, the table is read in order until the page is full. */
const FEW = 5000;

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
  const parts = partly.map(({ classIds, rest }) => {
    const among = `d.class_id = ANY(${parameters.place(classIds, 'int[]')})`;
    return `(${among} AND EXISTS (SELECT FROM search_origin o WHERE o.id = d.id AND ${restSql(rest, parameters)}))`;
  });
  return `(${[`d.class_id = ANY(${parameters.place(whole, 'int[]')})`, ...parts].join(' OR ')})`;
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
 * One page, stage by stage: a later stage is not begun when those before fill the page. A stage with few matches is read
 * by GIN and sorted; one with many is found by walking along the order until there are enough.
 */
export function pageSql(options: PageSqlOptions): SqlQuery {
  const parameters = new Parameters();
  const shown = shownSql(options.shown, parameters);
  const stages = options.stages ?? [null];
  const context: StageContext = { ...options, parameters, shown };
  const branches = stages.flatMap((stage, index) =>
    options.after !== null && index < options.after[0] ? [] : [branchSql(stage, index, context)],
  );
  const limit = parameters.place(options.limit, 'int');
  const sql = `
    SELECT page.stage, page.key::text AS key, page.sort_name AS "sortName", page.id,
           o.asset_id AS "assetId", o.column_path AS "columnPath", o.name, o.score, d.class_id AS "classId"
    FROM (SELECT * FROM (${branches.join(' UNION ALL ')}) found LIMIT ${limit}) page
    JOIN search_origin o ON o.id = page.id
    JOIN search_document d ON d.id = page.id
    ORDER BY page.stage, page.key, page.sort_name, page.id`;
  return { sql, params: parameters.values };
}

interface StageContext extends Omit<PageSqlOptions, 'shown'> {
  readonly parameters: Parameters;
  readonly shown: string;
}

function branchSql(stage: Stage | null, index: number, context: StageContext): string {
  const { parameters, sort, shown, isCommon } = context;
  const key = ORDER_KEYS[sort];
  const after = context.after?.[0] === index ? afterSql(context.after, key, parameters) : '';
  const limit = parameters.place(context.limit, 'int');
  const columns = `${index} AS stage, ${key} AS key, d.sort_name, d.id`;
  const matches = stage === null ? 'TRUE' : `d.words @@ ${parameters.place(stage.tsquery, 'tsquery')}`;
  const sorted = `(SELECT ${columns} FROM search_document d WHERE ${matches} AND ${shown} ${after}
    ORDER BY ${key} + 0, d.sort_name, d.id LIMIT ${limit})`;
  if (!isCommon || sort !== 'RELEVANCE') return sorted;
  const few = `(SELECT count(*) <= ${FEW} FROM
    (SELECT FROM search_document d WHERE ${matches} AND ${shown} LIMIT ${FEW + 1}) probe)`;
  // What is IS TRUE cannot be asked of GIN.
  const walked = `(SELECT ${columns} FROM search_document d WHERE (${matches}) IS TRUE AND ${shown} ${after}
    ORDER BY d.place, d.sort_name, d.id LIMIT ${limit})`;
  return `(SELECT * FROM ${sorted} sorted WHERE ${few}) UNION ALL (SELECT * FROM ${walked} walked WHERE NOT ${few})`;
}

function afterSql(after: PlaceKey, key: string, parameters: Parameters): string {
  const [, orderKey, sortName, id] = after;
  const type = key === ORDER_KEYS.RELEVANCE ? 'int' : 'bigint';
  const values = [parameters.place(orderKey, type), parameters.place(sortName, 'text'), parameters.place(id, 'int')];
  return `AND (${key}, d.sort_name, d.id) > (${values.join(', ')})`;
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
