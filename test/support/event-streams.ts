import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const SAMPLES = join(import.meta.dirname, '../../../shared/samples');

type Json = Record<string, unknown>;

export interface EventStream {
  readonly name: string;
  readonly events: readonly unknown[];
}

const time = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
const table = (name: string, facets: Json = {}, more: Json = {}): Json => ({
  namespace: 'snowflake://acme-main',
  name,
  facets,
  ...more,
});
const described = (minute: number, dataset: Json): Json => ({ eventTime: time(minute), dataset });
const fields = (...names: string[]): Json => ({ schema: { fields: names.map((name) => ({ name, type: 'text' })) } });
const run = (job: string, [minute, eventType]: readonly [number, string], more: Json = {}): Json => ({
  eventType,
  eventTime: time(minute),
  producer: 'https://example.org/producer',
  run: { runId: `${job}-1` },
  job: { namespace: 'scheduler', name: job },
  ...more,
});
const from = (name: string, field: string, type = 'DIRECT', subtype = 'IDENTITY'): Json => ({
  ...table(name),
  field,
  transformations: [{ type, subtype }],
});
const change = (lifecycleStateChange: string, more: Json = {}): Json => ({
  lifecycleStateChange: { lifecycleStateChange, ...more },
});

/** Streams of our own: what makes order matter, if it matters anywhere. */
export const OWN_STREAMS: readonly EventStream[] = [
  {
    name: 'a run in pieces',
    events: [
      run('load', [1, 'START'], { inputs: [table('RAW.ORDERS', fields('ID', 'AMOUNT'))] }),
      run('load', [2, 'RUNNING'], { inputs: [table('RAW.CUSTOMERS', fields('ID'))] }),
      run('load', [3, 'COMPLETE'], {
        outputs: [
          table(
            'MART.SALES',
            {
              ...fields('ID', 'TOTAL'),
              columnLineage: { fields: { TOTAL: { inputFields: [from('RAW.ORDERS', 'AMOUNT')] } } },
            },
            { outputFacets: { outputStatistics: { rowCount: 5 } } },
          ),
        ],
      }),
      run('load', [3, 'FAIL'], {
        run: { runId: 'load-1', facets: { errorMessage: { message: 'no space', programmingLanguage: 'SQL' } } },
      }),
      run('load', [4, 'START'], { run: { runId: 'load-2' }, outputs: [table('MART.SALES')] }),
      run('load', [0, 'OTHER'], { run: { runId: 'load-3' } }),
    ],
  },
  {
    name: 'several names',
    events: [
      run('one', [1, 'COMPLETE'], { outputs: [table('SHOP.ORDERS', fields('ID'))] }),
      run('two', [2, 'COMPLETE'], { inputs: [table('shop.orders')], outputs: [table('SHOP.REPORT')] }),
      described(
        3,
        table('SHOP.REPORT', {
          symlinks: { identifiers: [{ namespace: 'hive://meta', name: 'shop.report', type: 'TABLE' }] },
        }),
      ),
      run('three', [4, 'COMPLETE'], {
        inputs: [{ namespace: 'hive://meta', name: 'shop.report' }],
        outputs: [table('SHOP.END')],
      }),
      described(
        5,
        table(
          'SHOP.FINAL',
          change('RENAME', { previousIdentifier: { namespace: 'snowflake://acme-main', name: 'SHOP.END' } }),
        ),
      ),
      described(6, table('Shop.Orders', { ...fields('ID', 'OTHER'), documentation: { description: 'Orders.' } })),
    ],
  },
  {
    name: 'a dataset that goes and comes back',
    events: [
      run('fill', [1, 'COMPLETE'], { inputs: [table('A', fields('x'))], outputs: [table('B', fields('y'))] }),
      described(2, table('B', change('TRUNCATE'))),
      run('drop', [3, 'COMPLETE'], { outputs: [table('B', change('DROP'))] }),
      run('use', [2, 'COMPLETE'], { inputs: [table('B')], outputs: [table('C')] }),
      run('fill', [5, 'COMPLETE'], {
        run: { runId: 'fill-2' },
        inputs: [table('A')],
        outputs: [table('B', change('CREATE'))],
      }),
      run('drop', [4, 'COMPLETE'], { run: { runId: 'drop-2' }, outputs: [table('b', change('DROP'))] }),
    ],
  },
  {
    name: 'words that are taken back',
    events: [
      described(
        1,
        table('T', {
          tags: {
            tags: [
              { key: 'gold', value: 'true' },
              { key: 'pii', value: 'true', field: 'a' },
            ],
          },
          ...fields('a'),
        }),
      ),
      described(2, table('T', { tags: { tags: [] }, ownership: { owners: [{ name: 'team:data', type: 'OWNER' }] } })),
      described(2, table('T', { tags: { tags: [{ key: 'silver', value: 'true' }] } })),
      described(3, table('T', { documentation: { description: 'First.' } })),
      described(3, table('T', { documentation: { description: 'Second.' } })),
      described(4, table('T', { documentation: { _deleted: true }, acme_note: { text: 'kept' } })),
    ],
  },
  {
    name: 'lineage that is declared, observed and explicit',
    events: [
      {
        eventTime: time(1),
        job: { namespace: 'scheduler', name: 'mixed' },
        inputs: [table('P')],
        outputs: [table('Q')],
      },
      {
        eventTime: time(2),
        job: { namespace: 'scheduler', name: 'mixed' },
        inputs: [table('R')],
        outputs: [table('Q')],
      },
      run('mixed', [3, 'RUNNING'], { inputs: [table('P'), table('S')], outputs: [table('Q')] }),
      run('mixed', [4, 'COMPLETE'], {
        job: {
          namespace: 'scheduler',
          name: 'mixed',
          facets: {
            lineage: {
              entries: [
                { ...table('Q'), type: 'DATASET', inputs: [{ ...table('P'), type: 'DATASET' }] },
                { type: 'JOB', inputs: [{ ...table('S'), type: 'DATASET' }] },
              ],
            },
          },
        },
      }),
      described(2, table('V', { lineage: { inputs: [{ ...table('P'), type: 'DATASET' }] } })),
      described(3, table('V', { lineage: { inputs: [] } })),
    ],
  },
  {
    name: 'a stream of snapshots',
    events: [1, 2, 3, 4, 5].map((minute) =>
      run('stream', [minute, minute === 1 ? 'START' : 'RUNNING'], {
        job: {
          namespace: 'scheduler',
          name: 'stream',
          facets:
            minute === 1
              ? {}
              : {
                  jobType: {
                    processingType: 'STREAMING',
                    integration: 'FLINK',
                    emissionPattern: { eventTrigger: 'PERIODIC', eventContentMode: 'COMPLETE_SNAPSHOT' },
                  },
                },
        },
        inputs: [table(`TOPIC${minute % 3}`)],
        outputs: [table('SINK', { version: { datasetVersion: String(minute % 2) } })],
      }),
    ),
  },
];

/** Streams that real producers sent, cut into pieces of neighbours; none where the samples are absent. */
export function realStreams(length: number): EventStream[] {
  if (!existsSync(SAMPLES)) return [];
  const compat = ['airflow', 'simple_run_event', 'spark_dataproc_simple_producer_test'].flatMap((folder) =>
    readdirSync(join(SAMPLES, 'openlineage-compat-a', folder))
      .sort()
      .map((file) => json('openlineage-compat-a', folder, file)),
  );
  const marquez = ['apples', 'open_lineage'].flatMap((folder) =>
    readdirSync(join(SAMPLES, 'marquez-events', folder))
      .sort()
      .flatMap((file) => json('marquez-events', folder, file)),
  );
  return [...pieces('compatibility', compat, length), ...pieces('marquez', [...marquez, ...foodDelivery()], length)];
}

/** The template has placeholders for times; any rising times will do. */
function foodDelivery(): unknown[] {
  let minute = 0;
  const text = readFileSync(join(SAMPLES, 'marquez-events/metadata.template.json'), 'utf8');
  return JSON.parse(text.replaceAll(/\{\{[^}]*\}\}/g, () => time((minute += 1)))) as unknown[];
}

function json(...path: string[]): unknown {
  return JSON.parse(readFileSync(join(SAMPLES, ...path), 'utf8'));
}

function pieces(name: string, events: readonly unknown[], length: number): EventStream[] {
  const count = Math.ceil(events.length / length);
  return Array.from({ length: count }, (_, index) => ({
    name: `${name} ${index + 1}`,
    events: events.slice(index * length, (index + 1) * length),
  }));
}
