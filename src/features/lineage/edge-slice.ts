/** Which edges a walk goes along: the current ones, or a part or an earlier state of what was said, by whomever or only by some. */
export type EdgeSlice = Moment & {
  /** Only what one of these says: DECLARED, OBSERVED, SQL, DBT, MANUAL. */
  readonly origins?: readonly string[] | null;
};

type Moment =
  | { readonly type: 'CURRENT' }
  /** Those that held at that moment. */
  | { readonly type: 'AS_OF'; readonly at: Date }
  /** Current ones that somebody still said after that moment. */
  | { readonly type: 'SEEN_SINCE'; readonly at: Date }
  /** What one run read and wrote. */
  | { readonly type: 'RUN'; readonly runId: string };

export const CURRENT: EdgeSlice = { type: 'CURRENT' };

export interface EdgeTable {
  /** A table expression with the columns of `lineage_edge`. */
  readonly sql: string;
  readonly params: readonly unknown[];
}

/** The edges that the graph in memory holds. */
export function isPlain({ type, origins }: EdgeSlice): boolean {
  return type === 'CURRENT' && !origins;
}

/** `parameter` is the number that the first of the slice's parameters gets, if it has any. */
export function edgeTable({ origins, ...moment }: EdgeSlice, parameter: number): EdgeTable {
  const table = tableOf(moment, parameter);
  if (!origins) return table;
  const place = parameter + table.params.length;
  return {
    sql: `(SELECT * FROM ${table.sql} said WHERE said.origins && $${place}::text[])`,
    params: [...table.params, origins],
  };
}

/** `parameter` is the number that the slice's parameter gets, if it has one. */
function tableOf(slice: Moment, parameter: number): EdgeTable {
  switch (slice.type) {
    case 'CURRENT':
      return { sql: 'lineage_edge', params: [] };
    case 'SEEN_SINCE':
      return { sql: `(SELECT * FROM lineage_edge WHERE last_seen >= $${parameter}::timestamptz)`, params: [slice.at] };
    case 'AS_OF':
      return {
        sql: `(SELECT v.port, v.asset_id, v.direction, v.job_id, coalesce(e.origins, v.origins) AS origins,
            v.valid_from AS first_seen, least(coalesce(e.last_seen, v.last_seen), $${parameter}::timestamptz) AS last_seen
          FROM lineage_edge_version v LEFT JOIN lineage_edge e
            ON e.port = v.port AND e.direction = v.direction AND e.asset_id = v.asset_id AND v.valid_to IS NULL
          WHERE v.valid_from <= $${parameter}::timestamptz
            AND (v.valid_to IS NULL OR v.valid_to > $${parameter}::timestamptz))`,
        params: [slice.at],
      };
    case 'RUN':
      return {
        sql: `(SELECT f.port, f.asset_id, f.direction, s.job_id, ARRAY[s.origin] AS origins, s.first_seen, s.last_seen
          FROM lineage_statement s JOIN lineage_flow f ON f.set_id = s.flow_set_id WHERE s.run_id = $${parameter}::uuid)`,
        params: [slice.runId],
      };
  }
}
