import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const WAREHOUSE = 'snowflake://northlight-eu1';

const sensitivity = z.enum(['PUBLIC', 'INTERNAL', 'CONFIDENTIAL', 'RESTRICTED']);

const account = z.strictObject({
  kind: z.enum(['PERSON', 'SERVICE']),
  handle: z.string(),
  name: z.string(),
  roles: z.array(z.string()),
  teams: z.array(z.string()),
  attributes: z.record(z.string(), z.unknown()),
  /** Shown beside the token. */
  about: z.string(),
});

const described = {
  domain: z.string(),
  owner: z.string(),
  description: z.string(),
  sensitivity: sensitivity.default('INTERNAL'),
  tags: z.array(z.string()).default([]),
  terms: z.array(z.string()).default([]),
};

/** `name | type | words | sensitivity | tags`; the last two may be left out. */
const tableColumn = z.string().transform((line, context) => {
  const [name = '', type = '', description = '', level, tags = ''] = line.split('|').map((part) => part.trim());
  const parsed = sensitivity.optional().safeParse(level);
  if (name === '' || type === '' || !parsed.success) {
    context.addIssue({ code: 'custom', message: `'${line}' is no column: write name | type | words | sensitivity | tags` });
    return z.NEVER;
  }
  return { name, type, description, sensitivity: parsed.data ?? null, tags: tags.split(',').map((tag) => tag.trim()).filter(Boolean) };
});

/** `name | type | words | where from`; where from is `t.c`, `t.c, u.d`, `sum(t.c)`, `f(t.c)` or, masked, `md5!(t.c)`. */
const martColumn = z.string().transform((line, context) => {
  const [name = '', type = '', description = '', from = ''] = line.split('|').map((part) => part.trim());
  const [, call, inner = from] = /^(\w+!?)\((.*)\)$/.exec(from) ?? [];
  const sources = inner.split(',').map((part) => part.trim().split('.'));
  if (name === '' || sources.some((source) => source.length !== 2)) {
    context.addIssue({ code: 'custom', message: `'${line}' is no column: write name | type | words | table.column` });
    return z.NEVER;
  }
  const subtype = call === undefined ? 'IDENTITY' : call === 'sum' ? 'AGGREGATION' : 'TRANSFORMATION';
  return {
    name,
    type,
    description,
    subtype,
    isMasked: call?.endsWith('!') ?? false,
    sources: sources.map(([table = '', column = '']) => ({ table, column })),
  };
});

const table = z.strictObject({ table: z.string(), ...described, columns: z.array(tableColumn) });
const topic = z.strictObject({ topic: z.string(), ...described, table: z.string(), columns: z.array(z.string()) });
const mart = z.strictObject({ mart: z.string(), ...described, columns: z.array(martColumn) });
const dashboard = z.strictObject({
  name: z.string(),
  label: z.string(),
  domain: z.string(),
  owner: z.string(),
  description: z.string(),
  from: z.array(z.string()),
});
const words = z.strictObject({
  by: z.string(),
  table: z.string().optional(),
  mart: z.string().optional(),
  description: z.string().optional(),
  tags: z.array(z.string()).optional(),
  terms: z.array(z.string()).optional(),
  owners: z.array(z.string()).optional(),
});

export type Table = z.infer<typeof table>;
export type Topic = z.infer<typeof topic>;
export type Mart = z.infer<typeof mart>;
export type Dashboard = z.infer<typeof dashboard>;
export type Words = z.infer<typeof words>;
export type DemoAccount = z.infer<typeof account>;

/** The demo company, as its files in `demo/` tell it. */
export interface Company {
  readonly accounts: readonly DemoAccount[];
  readonly policies: readonly unknown[];
  readonly tables: readonly Table[];
  readonly topics: readonly Topic[];
  readonly marts: readonly Mart[];
  readonly dashboards: readonly Dashboard[];
  readonly words: readonly Words[];
}

/** @throws when a file says something that is not understood, naming file and place. */
export function loadCompany(folder: string): Company {
  return {
    accounts: read(folder, 'people.yaml', z.strictObject({ accounts: z.array(account) })).accounts,
    policies: read(folder, 'policies.yaml', z.array(z.unknown())),
    tables: read(folder, 'tables.yaml', z.array(table)),
    topics: read(folder, 'topics.yaml', z.array(topic)),
    marts: read(folder, 'marts.yaml', z.array(mart)),
    dashboards: read(folder, 'dashboards.yaml', z.array(dashboard)),
    words: read(folder, 'words.yaml', z.array(words)),
  };
}

function read<Schema extends z.ZodType>(folder: string, file: string, schema: Schema): z.infer<Schema> {
  const parsed = schema.safeParse(parse(readFileSync(join(folder, file), 'utf8')));
  if (parsed.success) return parsed.data;
  throw new Error(`demo/${file}:\n${z.prettifyError(parsed.error)}`);
}

/** Where the shop's tables and their copies, the topics and the marts live. */
export const PLACES = {
  shop: { namespace: 'postgres://shop-db.northlight.example:5432', nameOf: (name: string) => `shop.public.${name}` },
  events: { namespace: 'kafka://events.northlight.example:9092', nameOf: (name: string) => name },
  lake: { namespace: 's3://northlight-lake', nameOf: (name: string) => `landing/shop/${name}` },
  raw: { namespace: WAREHOUSE, nameOf: (name: string) => `analytics.raw.${name}` },
  marts: { namespace: WAREHOUSE, nameOf: (name: string) => `analytics.marts.${name}` },
} as const;
export type Place = keyof typeof PLACES;
