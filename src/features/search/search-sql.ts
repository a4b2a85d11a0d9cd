import type { ActorAccess } from '../../platform/access/access.js';
import { ASSET_SQL_COLUMNS, COLUMN_SQL_COLUMNS } from '../../platform/access/sql-reading.js';
import { filterSql, type AssetFilter } from '../assets/index.js';
import type { TextQueries } from './search-query.js';

/** How the words are compared: in all ways, with the beginnings of names only, or by trigrams. */
export type Comparison = 'WORDS' | 'NAMES' | 'SIMILAR';

/** Least part of the words' trigrams that a similar name has: `ordres` and `orders` share 0.43. */
export const LEAST_SIMILARITY = 0.4;

export interface MatchSqlOptions {
  readonly queries: TextQueries;
  readonly comparison: Comparison;
  readonly access: ActorAccess;
  readonly filter: AssetFilter;
  readonly first: number;
  /** Sort key of the last hit of the page before, in the order of SORT_KEY. */
  readonly after: readonly unknown[] | null;
}

const SORT_KEY = [
  ['tier', 'int'],
  ['ageing', 'int'],
  ['misfit', 'int'],
  ['kind_rank', 'int'],
  ['length', 'int'],
  ['folded_path', 'text'],
  ['asset_id', 'uuid'],
  ['column_path', 'text'],
] as const;
export const SORT_KEY_LENGTH = SORT_KEY.length;
const SORT_COLUMNS = SORT_KEY.map(([column]) => column).join(', ');

/** One statement: what matches after filter and policy, its number, and one page (and one more) of it as JSON. */
export function matchSql(options: MatchSqlOptions): { sql: string; params: unknown[] } {
  const params: unknown[] = [];
  const place = (value: unknown, type: string): string => `$${params.push(value)}::${type}`;
  const candidates = candidateSql(options, place);
  const narrowed = narrowingSql(options, params);
  const after = options.after
    ? `WHERE (${SORT_COLUMNS}) > (${options.after.map((part, i) => place(part, SORT_KEY[i]?.[1] ?? 'text')).join(', ')})`
    : '';
  const sql = `
    WITH matched AS MATERIALIZED (
      SELECT d.asset_id, d.column_path, d.tier, d.misfit, length(d.folded_name) AS length, d.folded_path,
             CASE a.lifecycle WHEN 'DEPRECATED' THEN 1 WHEN 'RETIRED' THEN 2 ELSE 0 END AS ageing,
             coalesce(array_position('{DATASET,DATA_PRODUCT,DASHBOARD,TERM,DOMAIN,JOB,COLUMN}'::text[], d.kind), 8) AS kind_rank
      FROM (${candidates}) d
      JOIN asset a ON a.id = d.asset_id
      LEFT JOIN asset_column c ON c.asset_id = d.asset_id AND c.path = d.column_path
      WHERE d.tier IS NOT NULL AND NOT a.is_placeholder AND ${narrowed}
    ), page AS (SELECT * FROM matched ${after} ORDER BY ${SORT_COLUMNS} LIMIT ${place(options.first + 1, 'int')})
    SELECT (SELECT count(*)::int FROM matched) AS total,
           coalesce((SELECT jsonb_agg(jsonb_build_array(${SORT_COLUMNS}) ORDER BY ${SORT_COLUMNS}) FROM page), '[]') AS keys`;
  return { sql, params };
}

type Place = (value: unknown, type: string) => string;

function candidateSql({ queries, comparison }: MatchSqlOptions, place: Place): string {
  const stemmed = (text: string): string => {
    const parameter = place(text, 'text');
    return `(${parameter}::tsquery || to_tsquery('english', ${parameter}))`;
  };
  const excluded = queries.excluded === null ? '' : `AND NOT d.words @@ ${stemmed(queries.excluded)}`;
  if (comparison === 'SIMILAR') return similarSql(place(queries.plain, 'text'), excluded);
  const exact = `${place(queries.exactName, 'text')}::tsquery`;
  const prefix = `${place(queries.namePrefix, 'text')}::tsquery`;
  const names = `WHEN d.words @@ ${exact} THEN 0`;
  if (comparison === 'NAMES') {
    return `SELECT d.*, 0 AS misfit, CASE ${names} WHEN d.words @@ ${prefix} THEN 2 END AS tier
            FROM search_document d WHERE d.words @@ (${exact} || ${prefix}) ${excluded}`;
  }
  const qualified = `${place(queries.qualifiedName, 'text')}::tsquery`;
  const allInName = stemmed(queries.allInName);
  const allInText = stemmed(queries.allInText);
  return `
    SELECT d.*, 0 AS misfit, CASE ${names}
      WHEN d.words @@ ${qualified} THEN 1
      WHEN d.words @@ ${prefix} THEN 2
      WHEN d.words @@ ${allInName} AND d.words @@ ${stemmed(queries.anyInOwnName)} THEN 3
      WHEN d.words @@ ${allInText} AND (d.column_path = '' OR d.words @@ ${stemmed(queries.anyOwn)}) THEN 4 END AS tier
    FROM search_document d
    WHERE d.words @@ (${exact} || ${qualified} || ${prefix} || ${allInName} || ${allInText}) ${excluded}`;
}

/** A column is compared by its own name: its table's would find all of them. The nearest come first. */
function similarSql(plain: string, excluded: string): string {
  const similarity = `word_similarity(${plain}, CASE d.column_path WHEN '' THEN d.folded_path ELSE d.folded_name END)`;
  return `
    SELECT d.*, round((1 - ${similarity}) * 1000)::int AS misfit, CASE WHEN ${similarity} >= ${LEAST_SIMILARITY} THEN 5 END AS tier
    FROM search_document d WHERE ${plain} <% d.folded_path ${excluded}`;
}

/** Filter and policy over `a` and `c`; pushes its parameters. */
function narrowingSql({ filter, access }: MatchSqlOptions, params: unknown[]): string {
  const filtered = filterSql(filter, params.length + 1);
  params.push(...filtered.params);
  const asset = access.sql('discover', 'asset', { columns: ASSET_SQL_COLUMNS('a'), firstParameter: params.length + 1 });
  params.push(...asset.params);
  const column = access.sql('read_column', 'column', {
    columns: COLUMN_SQL_COLUMNS('c', 'a'),
    firstParameter: params.length + 1,
  });
  params.push(...column.params);
  return `(${filtered.sql}) ${columnFilterSql(filter)}
    AND CASE WHEN d.column_path = '' THEN (${asset.sql}) ELSE c.path IS NOT NULL AND (${column.sql}) END`;
}

const LEVELS = { PUBLIC: 0, INTERNAL: 1, CONFIDENTIAL: 2, RESTRICTED: 3 } as const;

/** A dataset may be less sensitive than one of its columns. */
function columnFilterSql({ maxSensitivity }: AssetFilter): string {
  return maxSensitivity ? `AND coalesce(c.sensitivity, 0) <= ${LEVELS[maxSensitivity]}` : '';
}
