import { Client } from '../../src/cli/client.js';
import { DataHubContext } from '../../src/cli/datahub-context.js';
import type { Terminal } from '../../src/cli/terminal.js';
import { readDataHub, reportDataHub } from '../../src/features/ingestion/readers/datahub/read-datahub.js';
import { mergeReports } from '../../src/features/ingestion/readers/datahub/report.js';
import { startTestApp, type TestApp } from './app.js';

export const AT = '2026-02-01T00:00:00.000Z';

export interface Report {
  readonly proposals: number;
  readonly carried: number;
  readonly partly: number;
  readonly notCarried: number;
  readonly messages: number;
  readonly warnings: readonly string[];
  readonly lines: readonly {
    readonly entityType: string;
    readonly aspect: string;
    readonly outcome: string;
    readonly reason: string | null;
    readonly count: number;
    readonly examples: readonly string[];
  }[];
}

export interface Asset {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly displayName: string;
  readonly description: string | null;
  readonly platform: string | null;
  readonly subtype: string | null;
  readonly domain: string | null;
  readonly lifecycle: string;
  readonly lifecycleNote: string | null;
  readonly presence: string;
  readonly tags: readonly string[];
  readonly terms: readonly string[];
  readonly owners: readonly string[];
  readonly dataProducts: readonly string[];
  readonly provenance: readonly { readonly attribute: string; readonly source: string; readonly by: string | null }[];
}

const ASSET = `query($ref: String!) { asset(ref: $ref) {
  kind namespace name displayName description platform subtype domain lifecycle lifecycleNote successor { name } presence tags terms owners dataProducts
  provenance { attribute source by } } }`;
const FACETS = `query($ref: String!) { asset(ref: $ref) { ... on Dataset { facets { name value } } } }`;
const COLUMNS = `query($ref: String!) { asset(ref: $ref) { ... on Dataset {
  columns { path dataType description tags terms } } } }`;
export const COLUMN_WALK = `query($ref: String!, $column: String!) {
  columnLineage(ref: $ref, column: $column, direction: UPSTREAM, maxHops: 10) {
    nodes { distance column asset { namespace name } }
    edges { fromColumn toColumn transformations } } }`;
const WALK = `query($ref: String!, $direction: LineageDirection!) {
  lineage(ref: $ref, direction: $direction, maxHops: 1) { nodes { distance asset { kind namespace name } } } }`;

export const whole = (proposals: readonly unknown[], more: object = {}): object => ({
  name: 'main',
  at: AT,
  proposals,
  sync: { id: AT, isComplete: true },
  ...more,
});

/** What the command line does, without files. */
export function chunked(proposals: readonly unknown[], size: number): object[] {
  const context = new DataHubContext();
  proposals.forEach((item) => context.learn(item));
  const parts = Math.ceil(proposals.length / size);
  return Array.from({ length: parts }, (_, part) => {
    const own = proposals.slice(part * size, (part + 1) * size);
    const sync = part === parts - 1 ? { id: AT, isComplete: true, parts } : { id: AT, isComplete: false };
    return whole(own, { sync, context: context.of(own) });
  });
}

export function terminalOf(test: TestApp): { terminal: Terminal; lines: string[] } {
  const lines: string[] = [];
  const token = test.as('admin').authorization.replace('Bearer ', '');
  const client = new Client({ url: test.url, token });
  const out = (text: string): void => void lines.push(text);
  return { lines, terminal: { isJson: true, client, out, note: () => undefined, progress: () => undefined } };
}

export async function send(test: TestApp, messages: readonly object[]): Promise<void> {
  for (const message of messages) await test.as('admin').post('/api/v1/datahub', message).expect(201);
  await test.settle();
}

export async function dumpOf(messages: readonly object[], { isToRebuild = false } = {}): Promise<string> {
  const test = await startTestApp();
  try {
    await send(test, messages);
    if (isToRebuild) await rebuild(test);
    return await test.as('admin').dump();
  } finally {
    await test.close();
  }
}

async function rebuild(test: TestApp): Promise<void> {
  const admin = test.as('admin');
  await admin.graphql('mutation { catalogRebuild { isScheduled } }');
  for (let isPending = true; isPending;) {
    const { operations } = await admin.graphql<{ operations: { isRebuilding: boolean } }>(
      '{ operations { isRebuilding } }',
    );
    isPending = operations.isRebuilding;
  }
  await test.settle();
}

/** Everything that messages say, as the registers of the catalog would hold it. */
export function said(messages: readonly object[]): object {
  const readings = messages.map(readDataHub);
  const registers = new Map<string, [number, string]>();
  for (const { asset, columnPath, attribute, value, assertedAt, assertedBy } of readings.flatMap(
    ({ facts }) => facts,
  )) {
    const key = JSON.stringify([asset.kind, asset.namespace, asset.name, columnPath, attribute]);
    const next: [number, string] = [assertedAt.getTime(), JSON.stringify([value, assertedBy])];
    const known = registers.get(key);
    if (!known || next[0] > known[0] || (next[0] === known[0] && next[1] > known[1])) registers.set(key, next);
  }
  const distinct = (values: readonly unknown[]): string[] =>
    [...new Set(values.map((each) => JSON.stringify(each)))].sort();
  return {
    registers: [...registers].sort(([a], [b]) => (a < b ? -1 : 1)),
    lineage: distinct(readings.flatMap(({ lineage }) => lineage)),
    aliases: distinct(readings.flatMap(({ aliases }) => aliases ?? [])),
    seen: distinct(readings.flatMap(({ sync }) => sync?.seen ?? [])),
    report: mergeReports(messages.map(reportDataHub)),
  };
}

export const assetOf = async (test: TestApp, ref: string, handle = 'admin'): Promise<Asset | null> =>
  (await test.as(handle).graphql<{ asset: Asset | null }>(ASSET, { ref })).asset;

export async function facetsOf(test: TestApp, ref: string): Promise<Record<string, unknown>> {
  const { asset } = await test
    .as('admin')
    .graphql<{ asset: { facets: { name: string; value: unknown }[] } }>(FACETS, { ref });
  return Object.fromEntries(asset.facets.map(({ name, value }) => [name, value]));
}

export async function columnsOf(test: TestApp, ref: string): Promise<Record<string, object>> {
  const { asset } = await test
    .as('admin')
    .graphql<{ asset: { columns: ({ path: string } & object)[] } }>(COLUMNS, { ref });
  return Object.fromEntries(asset.columns.map(({ path, ...rest }) => [path, rest]));
}

export async function neighbours(test: TestApp, ref: string, direction: string): Promise<string[]> {
  const { lineage } = await test
    .as('admin')
    .graphql<{ lineage: { nodes: { distance: number; asset: Asset }[] } }>(WALK, { ref, direction });
  return lineage.nodes
    .filter(({ distance }) => distance > 0)
    .map(({ asset }) => `${asset.namespace} ${asset.name}`)
    .sort();
}

export const total = (report: Report): number => report.lines.reduce((sum, { count }) => sum + count, 0);
