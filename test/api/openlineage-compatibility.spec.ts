import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.js';
import { FACET_EXAMPLES, type FacetExample } from '../support/facet-examples.js';
import { leavesOf } from '../support/json-leaves.js';

/** `UPDATE_DOCS=1 npx vitest run test/api/openlineage-compatibility.spec.ts` writes it anew. */
const DOCUMENT = join(import.meta.dirname, '../../docs/openlineage-compatibility.md');
const EVERYTHING = readFileSync(join(import.meta.dirname, '../support/everything.graphql'), 'utf8');
const WALK = `query ($ref: String!, $direction: LineageDirection!) {
  lineage(ref: $ref, direction: $direction) { nodes { asset { kind namespace name } } edges { origins } } }`;
const COLUMN_WALK = `query ($ref: String!) { columnLineage(ref: $ref, column: "total", direction: UPSTREAM) {
  nodes { column asset { kind namespace name } } edges { fromColumn toColumn transformations isDirect isMasked } } }`;

const MAPS = new Set([
  'fields',
  'columnMetrics',
  'columnMetrics{}.quantiles',
  'catalogProperties',
  'entries[].fields',
  'assertions[].params',
  'tests[].params',
  ...['inputCondition', 'outputCondition'].map((side) => `${side}.right.left.partitions[].dimensions`),
]);

/** Why a field has no place of its own: by facet and field, for every field whose name ends or begins so. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [
    /^(columnLineage|lineage)\..*transformations\[\]\.description$/,
    'Kept in the message only: a flow is stored once for all who say it, with its kinds and whether it masks.',
  ],
  [/^columnLineage\..*transformationDescription$/, 'Kept in the message only, as the description of a transformation.'],
  [
    /^lineage\..*runId$/,
    'Kept in the message only: flows are between jobs and datasets, of which runs are the evidence.',
  ],
  [/^symlinks\..*type$/, 'A name is a name, whatever it is of.'],
  [/^documentation\.contentType$/, 'Descriptions are shown as text.'],
  [/^parent\..*facets\./, 'The parent and the root say these of themselves in their own events.'],
];

interface Landing {
  readonly field: string;
  /** Where its value is read, by the paths of GraphQL types. */
  readonly typed: readonly string[];
  readonly verbatim: readonly string[];
  readonly isExpected: boolean;
}

function eventOf({ place, key, beside = {} }: FacetExample, value: unknown, namespace: string): object {
  const facets = { [key]: JSON.parse(JSON.stringify(value).replaceAll('SUBJECT', namespace)) as unknown };
  const event = {
    eventTime: '2026-01-01T00:00:00Z',
    producer: 'https://example.org/p',
    schemaURL: 'https://example.org/s',
  };
  const subject = { namespace, name: 'subject' };
  if (place === 'dataset' && !['columnLineage', 'symlinks'].includes(key)) {
    return { ...event, dataset: { ...subject, facets: { ...beside, ...facets } } };
  }
  const dataset = {
    ...subject,
    facets: { ...beside, ...(place === 'dataset' ? facets : {}) },
    [`${place}Facets`]: facets,
  };
  return {
    ...event,
    eventType: 'COMPLETE',
    run: { runId: 'run-1', facets: place === 'run' ? facets : {} },
    job: { ...subject, facets: place === 'job' ? facets : {} },
    inputs: place === 'input' ? [dataset] : [],
    outputs: place === 'input' ? [] : [dataset],
  };
}

/** What the answer says, as path → values; lists are taken apart, so that a value has one path wherever it stands. */
function valuesByPath(answer: unknown, path: string, found = new Map<string, string[]>()): Map<string, string[]> {
  if (Array.isArray(answer)) answer.forEach((item) => valuesByPath(item, path, found));
  else if (typeof answer === 'object' && answer !== null && !isVerbatim(path) && !IS_JSON.test(path)) {
    for (const [key, child] of Object.entries(answer))
      valuesByPath(placed(answer, key, child), `${path}.${key}`, found);
  } else found.set(path, [...(found.get(path) ?? []), JSON.stringify(answer)]);
  return found;
}

/** Fields of the scalar JSON, whose inside is not the schema's. */
const IS_JSON = /\.(params|properties|subset|parameters\.value)$/;

/** The place of a column means something only with the column, whose name may be what changed. */
function placed(owner: object, key: string, value: unknown): unknown {
  return key === 'ordinal' && 'path' in owner
    ? `${String(owner.path).replaceAll(' changed', '')} ${String(value)}`
    : value;
}

function isVerbatim(path: string): boolean {
  return path.endsWith('facets.value');
}

/** As the schema names it: a run inside a job is a `Run`. */
function inSchema(path: string): string {
  return path
    .replace(/^(Job\.runs\.nodes\.(inputs|outputs)|Dataset\.runs\.nodes)\./, 'RunDataset.')
    .replace(/^Job\.runs\.nodes\./, 'Run.')
    .replace(/^walk\..*(lineage|columnLineage)\..*/, '$1')
    .replace(/^walk\..*/, 'lineage')
    .replace(/^walk$/, 'columnLineage');
}

function changedPaths(before: Map<string, string[]>, after: Map<string, string[]>): string[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  const text = (values: readonly string[] = []): string => values.toSorted().join();
  return [...paths].filter((path) => text(before.get(path)) !== text(after.get(path)));
}

describe('docs/openlineage-compatibility.md', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.close());

  async function ask(query: string, variables: object): Promise<unknown> {
    const { body } = await test.as('admin').graphqlRaw(query, variables);
    const errors = (body.errors ?? []) as { extensions: { code: string } }[];
    expect(errors.filter(({ extensions }) => extensions.code !== 'NOT_FOUND')).toEqual([]);
    return body.data;
  }

  /** Everything the catalog says about the subject of one namespace. */
  async function catalogOf(namespace: string, example: FacetExample): Promise<Map<string, string[]>> {
    const found = new Map<string, string[]>();
    const add = (answer: unknown, path: string): unknown =>
      valuesByPath(JSON.parse(JSON.stringify(answer).replaceAll(namespace, 'SUBJECT')), path, found);
    const [dataset, job] = ['dataset', 'job'].map((kind) => `${kind}:${namespace}/subject`);
    const kinds = example.place === 'job' || example.place === 'run' ? ['Job'] : ['Dataset'];
    for (const kind of kinds) {
      const { asset } = (await ask(EVERYTHING, { ref: kind === 'Job' ? job : dataset })) as { asset: object };
      add(asset, kind);
    }
    if (/lineage/i.test(example.key)) {
      for (const direction of ['UPSTREAM', 'DOWNSTREAM'])
        add(await ask(WALK, { ref: dataset, direction }), `walk.${direction}`);
      add(await ask(COLUMN_WALK, { ref: dataset }), 'walk');
    }
    return found;
  }

  it(
    'says where every field of every facet lands: it is what changes when the field changes',
    { timeout: 240_000 },
    async () => {
      expect(new Set(FACET_EXAMPLES.map(({ file }) => file.replace(/ \(.*/, ''))).size).toBe(38);
      const plan = FACET_EXAMPLES.map((example, e) => ({
        example,
        variants: [{ path: '', changed: example.value }, ...leavesOf(example.value, MAPS)].map((leaf, v) => ({
          ...leaf,
          namespace: `n${e}x${v}n`,
        })),
      }));
      const events = plan.flatMap(({ example, variants }) =>
        variants.map(({ changed, namespace }) => eventOf(example, changed, namespace)),
      );
      const { body } = await test.as('admin').post('/api/v1/lineage/batch', events).expect(200);
      expect(body.failed_events).toEqual([]);
      await test.settle();

      const sections: string[] = [];
      const unexplained: string[] = [];
      for (const { example, variants } of plan) {
        const [base, ...others] = variants;
        const before = await catalogOf(base?.namespace ?? '', example);
        const landings = new Map<string, Set<string>>();
        for (const { path, namespace } of others) {
          const paths = changedPaths(before, await catalogOf(namespace, example));
          const known = landings.get(path) ?? new Set();
          landings.set(path, new Set([...known, ...paths]));
        }
        const rows = [...landings].map(([field, paths]) => landingOf(`${example.key}.${field}`, field, [...paths]));
        unexplained.push(
          ...rows.filter((row) => !row.isExpected).map((row) => `${example.place} ${example.key}.${row.field}`),
        );
        sections.push(sectionOf(example, rows));
      }
      expect(unexplained).toEqual([]);
      await compare(sections);
    },
  );
});

/** A field without a place of its own needs a reason, and a reason needs such a field. */
function landingOf(key: string, field: string, paths: readonly string[]): Landing {
  const typed = [...new Set(paths.filter((path) => !isVerbatim(path)).map(inSchema))].sort();
  const verbatim = [...new Set(paths.filter(isVerbatim).map((path) => inSchema(path).replace(/\.value$/, '')))].sort();
  return { field, typed, verbatim, isExpected: (typed.length === 0) === (reasonOf(key) !== null) };
}

function reasonOf(key: string): string | null {
  const [, reason = null] = REASONS.find(([fields]) => fields.test(key)) ?? [];
  return reason;
}

function sectionOf({ file, version, key, place }: FacetExample, rows: readonly Landing[]): string {
  const line = ({ field, typed, verbatim }: Landing): string => {
    const kept = typed.length === 0 ? verbatim.map((path) => `\`${path}\`, as sent`) : [];
    const places = [...typed.map((path) => `\`${path}\``), ...kept];
    const note = reasonOf(`${key}.${field}`) ?? '';
    return `| \`${field}\` | ${places.join(', ') || '—'} | ${note} |`;
  };
  return [
    `### ${file} ${version}`,
    '',
    `\`${key}\` of ${/^[aeiou]/.test(place) ? 'an' : 'a'} ${place}.`,
    '',
    '| Field | Lands in | Note |',
    '| --- | --- | --- |',
    ...rows.map(line),
    '',
  ].join('\n');
}

async function compare(sections: readonly string[]): Promise<void> {
  const text = await format([INTRODUCTION, ...sections].join('\n'), {
    ...(await resolveConfig(DOCUMENT)),
    parser: 'markdown',
  });
  if (process.env['UPDATE_DOCS']) writeFileSync(DOCUMENT, text);
  expect(readFileSync(DOCUMENT, 'utf8')).toBe(text);
}

const INTRODUCTION = `# OpenLineage compatibility

What becomes of every facet of OpenLineage spec 2-0-2. This page is written by a test
(\`test/api/openlineage-compatibility.spec.ts\`): it sends an event with the facet, sends it again with one field changed,
and notes what differs in the GraphQL API. It fails when this page says something else.

Every facet but \`schema\`, \`columnLineage\` and \`lineage\`, which are told in full by columns and lineage, is also kept as
it was sent: \`facets\` of \`Dataset\`, \`Job\`, \`Run\` and \`RunDataset\`. So are facets that no specification knows. \`_deleted\`
takes a facet of a dataset or job back. Whatever is odd in a facet is kept too, and told to its sender (\`ingestWarnings\`).
What a caller may not see, column, dataset or job, is in no facet he reads.

\`lineage\` and \`columnLineage\` are the queries of that name. \`{}\` stands for the keys of a map.

## Facets
`;
