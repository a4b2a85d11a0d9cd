import { z } from 'zod';
import { Invalid } from '../../../../core/errors.js';
import { storable } from '../json.js';

/** What a crawl of a database says, whatever the database: neutral JSON, without a secret or a row of data. */

const name = z.string().min(1);
const names = z.array(name);

const column = z.object({
  name,
  /** As the database spells it. */
  type: z.string().nullable(),
  isNullable: z.boolean(),
  /** Its expression. */
  default: z.string().nullable(),
  comment: z.string().nullable(),
  /** From 1. */
  ordinal: z.int(),
});

const index = z.object({
  name,
  /** In their order; an expression is no column. */
  columns: names,
  isUnique: z.boolean(),
  /** btree, hash, gin, fulltext, … */
  method: z.string(),
  /** Covers only rows that fulfil a condition. */
  isPartial: z.boolean(),
  hasExpressions: z.boolean(),
});

const foreignKey = z.object({ name, columns: names, references: z.object({ table: name, columns: names }) });

const view = z.object({
  sql: z.string(),
  /** What it reads, by the word of the database; null where that does not say: then the SQL does. */
  reads: z.array(z.object({ name, columns: names })).nullable(),
});

const table = z.object({
  /** Name of the dataset, as OpenLineage spells it. */
  name,
  label: name,
  kind: z.enum(['TABLE', 'VIEW', 'MATERIALIZED_VIEW', 'FOREIGN_TABLE', 'PARTITIONED']),
  comment: z.string().nullable(),
  columns: z.array(column),
  primaryKey: names,
  uniqueKeys: z.array(z.object({ name, columns: names })),
  foreignKeys: z.array(foreignKey),
  indexes: z.array(index),
  /** Null: it was a view, and is none any more. */
  view: view.nullable().optional(),
});

const statistics = z.object({
  name,
  /** Null where the database has not counted. */
  rowEstimate: z.number().nullable(),
  sizeBytes: z.number().nullable(),
});

const message = z.object({
  /** `postgres:shop`. */
  source: z.string().regex(/^(postgres|mysql):./),
  platform: z.enum(['postgres', 'mysql']),
  namespace: name,
  /** When the crawl began: the same in all its messages. */
  at: z.iso.datetime({ offset: true }),
  sync: z.object({
    id: name,
    scope: z.object({ include: names, exclude: names }),
    isComplete: z.boolean(),
    /** In the last one: how many messages the crawl has sent. */
    parts: z.int().positive().optional(),
  }),
  removals: z.enum(['GUARD', 'APPLY']).default('GUARD'),
  /** New and changed ones. */
  tables: z.array(table),
  /** Of tables whose figures moved. */
  statistics: z.array(statistics),
  /** There as they were. */
  unchanged: names,
});

export type CrawlMessage = z.infer<typeof message>;
export type CrawledTable = z.infer<typeof table>;
export type CrawledColumn = z.infer<typeof column>;
export type CrawledIndex = z.infer<typeof index>;
export type CrawledStatistics = z.infer<typeof statistics>;

/** @throws Invalid naming the first field that is wrong. */
export function parseCrawl(payload: unknown): CrawlMessage {
  const parsed = message.safeParse(storable(payload));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = (issue?.path ?? []).map(String);
  throw new Invalid(`${path.join('.') || 'The message'}: ${issue?.message ?? 'is no crawl'}`, path);
}
