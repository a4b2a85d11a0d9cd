/** Questions to the catalog of PostgreSQL 12 and later. `$1` is a list of table oids where nothing else is said. */

/**
 * Tables after `$1.$2` in name order. Partitions are part of their table; what an extension brought is not the user's.
 */
export const LIST_TABLES = `
  SELECT c.oid::text AS id, n.nspname::text AS schema, c.relname::text AS name, c.relkind::text AS kind
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'v', 'm', 'f', 'p') AND NOT c.relispartition
    AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)'
    AND NOT EXISTS (SELECT FROM pg_depend d
                    WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
    AND (n.nspname, c.relname) > ($1::name, $2::name)
  ORDER BY n.nspname, c.relname LIMIT $3`;

export const TABLE_WORDS = `
  SELECT c.oid::text AS id, obj_description(c.oid, 'pg_class') AS comment,
         CASE WHEN c.relkind IN ('r', 'm', 'p') AND c.reltuples >= 0 THEN round(c.reltuples)::float8 END AS "rowEstimate"
  FROM pg_class c WHERE c.oid = ANY($1::oid[])`;

export const COLUMNS = `
  SELECT a.attrelid::text AS id, a.attname::text AS name, format_type(a.atttypid, a.atttypmod) AS type,
         NOT a.attnotnull AS "isNullable", col_description(a.attrelid, a.attnum) AS comment,
         CASE WHEN a.attgenerated = '' THEN pg_get_expr(d.adbin, d.adrelid) END AS "default",
         row_number() OVER (PARTITION BY a.attrelid ORDER BY a.attnum)::int AS ordinal
  FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  WHERE a.attrelid = ANY($1::oid[]) AND a.attnum > 0 AND NOT a.attisdropped
  ORDER BY a.attrelid, a.attnum`;

export const CONSTRAINTS = `
  SELECT c.conrelid::text AS id, c.conname::text AS name, c.contype::text AS type,
         ARRAY(SELECT a.attname::text FROM unnest(c.conkey) WITH ORDINALITY AS k(number, place)
               JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.number ORDER BY k.place) AS columns,
         n.nspname::text AS "otherSchema", t.relname::text AS "otherName",
         ARRAY(SELECT a.attname::text FROM unnest(c.confkey) WITH ORDINALITY AS k(number, place)
               JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.number ORDER BY k.place) AS "otherColumns"
  FROM pg_constraint c LEFT JOIN pg_class t ON t.oid = c.confrelid LEFT JOIN pg_namespace n ON n.oid = t.relnamespace
  WHERE c.conrelid = ANY($1::oid[]) AND c.contype IN ('p', 'u', 'f') AND c.conparentid = 0
  ORDER BY c.conrelid, c.conname`;

export const INDEXES = `
  SELECT i.indrelid::text AS id, x.relname::text AS name, i.indisunique AS "isUnique", m.amname::text AS method,
         i.indpred IS NOT NULL AS "isPartial", i.indexprs IS NOT NULL AS "hasExpressions",
         ARRAY(SELECT a.attname::text FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k(number, place)
               JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number
               WHERE k.place <= i.indnkeyatts ORDER BY k.place) AS columns
  FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_am m ON m.oid = x.relam
  WHERE i.indrelid = ANY($1::oid[]) ORDER BY i.indrelid, x.relname`;

/** Names in it are written out in full, as nothing is on the search path. */
export const VIEW_SQL = `
  SELECT c.oid::text AS id, pg_get_viewdef(c.oid) AS sql FROM pg_class c
  WHERE c.oid = ANY($1::oid[]) AND c.relkind IN ('v', 'm')`;

export const VIEW_READS = `
  SELECT DISTINCT r.ev_class::text AS id, n.nspname::text AS schema, t.relname::text AS name,
         ARRAY(SELECT a.attname::text FROM pg_attribute a
               WHERE a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum) AS columns
  FROM pg_rewrite r
  JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_class'::regclass
  JOIN pg_class t ON t.oid = d.refobjid JOIN pg_namespace n ON n.oid = t.relnamespace
  WHERE r.ev_class = ANY($1::oid[]) AND r.rulename = '_RETURN' AND t.oid <> r.ev_class
    AND t.relkind IN ('r', 'v', 'm', 'f', 'p')
  ORDER BY 1, 2, 3`;

/** With indexes and TOAST; of a partitioned table the sum over its partitions. */
export const SIZES = `
  SELECT c.oid::text AS id,
         CASE c.relkind WHEN 'p' THEN (SELECT sum(pg_total_relation_size(p.relid)) FROM pg_partition_tree(c.oid) p)
                        ELSE pg_total_relation_size(c.oid) END::float8 AS "sizeBytes"
  FROM pg_class c WHERE c.oid = ANY($1::oid[]) AND c.relkind IN ('r', 'm', 'p')`;

/**
 * Tables that somebody has locked against reading, and views that read them: asking about their expressions would wait.
 * Not part of the snapshot: what holds now.
 */
export const LOCKED = `
  WITH locked AS MATERIALIZED (
    SELECT relation AS oid FROM pg_locks
    WHERE locktype = 'relation' AND mode = 'AccessExclusiveLock' AND granted AND pid <> pg_backend_pid()
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
  SELECT oid::text AS id FROM locked WHERE oid = ANY($1::oid[])
  UNION
  SELECT r.ev_class::text FROM pg_rewrite r
  JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_class'::regclass
  WHERE r.ev_class = ANY($1::oid[]) AND d.refobjid IN (SELECT oid FROM locked)`;
