import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../../test/support/app.js';
import { Purge } from './purge.js';
import { Projection } from './projection.js';
import type { AssetRef, Reading, SyncScope } from './readers/statement.js';

const EVERYTHING: SyncScope = { include: [], exclude: [] };
const hour = (n: number): Date => new Date(Date.UTC(2026, 0, 1, n));
const table = (name: string): AssetRef => ({ kind: 'DATASET', namespace: 'postgres://db:5432', name: `shop.${name}` });
const job = (name: string): AssetRef => ({ kind: 'JOB', namespace: 'etl', name });
const refText = (ref: AssetRef): string =>
  `${ref.kind.toLowerCase()}:${encodeURIComponent(ref.namespace)}/${encodeURIComponent(ref.name)}`;

interface Look {
  readonly at: Date;
  readonly tables: readonly string[];
  readonly jobs?: readonly string[];
  readonly scope?: SyncScope;
  readonly isComplete?: boolean;
  readonly parts?: number;
  readonly removals?: 'GUARD' | 'APPLY';
  readonly source?: string;
  readonly id?: string;
}

/** One message of a source that says of each table what it is. */
function look({ at, tables, jobs = [], removals = 'APPLY', source = 'postgres:shop', ...rest }: Look): Reading {
  const seen = [...tables.map(table), ...jobs.map(job)];
  return {
    source: { key: source, kind: 'CRAWLER' },
    facts: seen.map((asset) => ({
      asset,
      columnPath: '',
      attribute: 'description' as const,
      value: `${asset.name} by ${source}`,
      assertedAt: at,
      assertedBy: null,
    })),
    runs: [],
    lineage: jobs.map((name) => ({
      origin: 'DECLARED' as const,
      job: job(name),
      run: null,
      at,
      hash: name,
      inputs: [table('a')],
      outputs: [{ asset: table('b') }],
      mode: 'REPLACE' as const,
    })),
    assets: [...seen, table('a'), table('b')],
    sync: {
      id: rest.id ?? at.toISOString(),
      at,
      scope: rest.scope ?? EVERYTHING,
      isComplete: rest.isComplete ?? true,
      ...(rest.parts !== undefined && { parts: rest.parts }),
      removals,
      seen,
    },
    warnings: [],
  };
}

describe('removal', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    await test.database.query(
      'TRUNCATE asset, source_sync, asset_tombstone, lineage_edge, lineage_statement, lineage_flow_set CASCADE',
    );
  });

  const project = (...readings: Reading[]): Promise<void> =>
    test.database.transaction(() => test.app.get(Projection, { strict: false }).apply(readings));
  const apply = async (...readings: Reading[]): Promise<void> => {
    await project(...readings);
    await test.settle();
  };
  const presences = async (): Promise<Record<string, string>> => {
    const rows = await test.database.query<{ name: string; presence: string }>(
      `SELECT name, presence FROM asset WHERE kind = 'DATASET' AND NOT is_placeholder ORDER BY name`,
    );
    return Object.fromEntries(rows.map(({ name, presence }) => [name.replace('shop.', ''), presence]));
  };
  const listed = async (filter = ''): Promise<string[]> => {
    const { assets } = await test
      .as('admin')
      .graphql<{ assets: { totalCount: number; nodes: { name: string }[] } }>(
        `{ assets(first: 50 ${filter}) { totalCount nodes { name } } }`,
      );
    expect(assets.totalCount).toBe(assets.nodes.length);
    return assets.nodes.map(({ name }) => name.replace('shop.', ''));
  };

  it('passes through missing to removed, and comes back with its human words', async () => {
    await apply(look({ at: hour(1), tables: ['a', 'b', 'orders'] }));
    const ref = refText(table('orders'));
    await test
      .as('admin')
      .graphql(`mutation($ref: String!) { assetDescribe(ref: $ref, description: "ours") { userErrors { message } } }`, {
        ref,
      });
    await apply(look({ at: hour(2), tables: ['a', 'b'] }));
    expect(await presences()).toEqual({ a: 'PRESENT', b: 'PRESENT', orders: 'MISSING' });
    expect(await listed()).toEqual(['a', 'b', 'orders']);
    await apply(look({ at: hour(3), tables: ['a', 'b'] }), look({ at: hour(4), tables: ['a', 'b'] }));
    expect(await presences()).toEqual({ a: 'PRESENT', b: 'PRESENT', orders: 'REMOVED' });
    expect(await listed()).toEqual(['a', 'b']);
    expect(await listed('filter: { presence: [REMOVED] }')).toEqual(['orders']);
    const { search } = await test
      .as('admin')
      .graphql<{ search: { totalCount: number } }>('{ search(query: "orders") { totalCount } }');
    expect(search.totalCount).toBe(0);
    const { asset } = await test
      .as('admin')
      .graphql<{ asset: object }>(
        `query($ref: String!) { asset(ref: $ref) { description presence presenceSince sources { source state since firstSeenAt lastSeenAt } } }`,
        { ref },
      );
    expect(asset).toEqual({
      description: 'ours',
      presence: 'REMOVED',
      presenceSince: hour(4).toISOString(),
      sources: [
        {
          source: 'postgres:shop',
          state: 'REMOVED',
          since: hour(4).toISOString(),
          firstSeenAt: hour(1).toISOString(),
          lastSeenAt: hour(1).toISOString(),
        },
      ],
    });
    await apply(look({ at: hour(5), tables: ['a', 'b', 'orders'] }));
    expect(await presences()).toEqual({ a: 'PRESENT', b: 'PRESENT', orders: 'PRESENT' });
    expect(await listed()).toEqual(['a', 'b', 'orders']);
  });

  it('complaint 6: takes nothing away before the last message of a sync has come, whatever came first', async () => {
    await apply(look({ at: hour(1), tables: ['a', 'b', 'c'] }));
    const parts = [
      look({ at: hour(2), tables: ['a'], isComplete: false }),
      look({ at: hour(2), tables: [], parts: 3 }),
      look({ at: hour(2), tables: ['b'], isComplete: false }),
    ] as const;
    await apply(parts[1]);
    await apply(parts[0]);
    expect(await presences()).toEqual({ a: 'PRESENT', b: 'PRESENT', c: 'PRESENT' });
    await apply(parts[2]);
    expect(await presences()).toEqual({ a: 'PRESENT', b: 'PRESENT', c: 'MISSING' });
  });

  it('complaint 7: says out of scope, and takes nothing away, when a filter is narrowed', async () => {
    await apply(look({ at: hour(1), tables: ['a', 'b', 'c'] }));
    const scope = { include: ['shop.a'], exclude: [] };
    await apply(...[2, 3, 4, 5].map((n) => look({ at: hour(n), tables: ['a'], scope })));
    expect(await presences()).toEqual({ a: 'PRESENT', b: 'PRESENT', c: 'PRESENT' });
    const rows = await test.database.query('SELECT state FROM source_record ORDER BY state');
    expect(rows).toEqual([{ state: 'OUT_OF_SCOPE' }, { state: 'OUT_OF_SCOPE' }, { state: 'PRESENT' }]);
  });

  it('keeps what another source still has, and no longer hears the one that removed it', async () => {
    await apply(
      look({ at: hour(1), tables: ['a', 'b', 'c'] }),
      look({ at: hour(1), tables: ['c'], source: 'mysql:other' }),
    );
    await apply(...[2, 3, 4].map((n) => look({ at: hour(n), tables: ['a', 'b'] })));
    expect(await presences()).toEqual({ a: 'PRESENT', b: 'PRESENT', c: 'PRESENT' });
    const [row] = await test.database.query<{ description: string }>(
      `SELECT description FROM asset WHERE name = 'shop.c'`,
    );
    expect(row?.description).toBe('shop.c by mysql:other');
  });

  it('complaint 8: ends the flows of a removed job, and begins them again when it returns', async () => {
    const flows = async (): Promise<number> => {
      const { lineage } = await test
        .as('admin')
        .graphql<{ lineage: { edges: object[] } }>(
          'query($ref: String!) { lineage(ref: $ref, direction: DOWNSTREAM) { edges { from to } } }',
          { ref: refText(table('a')) },
        );
      return lineage.edges.length;
    };
    await apply(look({ at: hour(1), tables: ['a', 'b'], jobs: ['load'] }));
    expect(await flows()).toBe(1);
    await apply(...[2, 3, 4].map((n) => look({ at: hour(n), tables: ['a', 'b'] })));
    expect(await flows()).toBe(0);
    await apply(look({ at: hour(5), tables: ['a', 'b'], jobs: ['load'] }));
    expect(await flows()).toBe(1);
  });

  it('holds a sync that would take more than a fifth away, until a person says so', async () => {
    await apply(look({ at: hour(1), tables: ['a', 'b', 'c', 'd'] }));
    await apply(look({ at: hour(2), tables: ['a', 'b'], removals: 'GUARD' }));
    expect(Object.values(await presences())).not.toContain('MISSING');
    const admin = test.as('admin');
    const { sourceSyncs } = await admin.graphql<{ sourceSyncs: { nodes: { id: string; state: string }[] } }>(
      '{ sourceSyncs(source: "postgres:shop", first: 1) { nodes { id state knownCount goneCount } pageInfo { hasNextPage } } }',
    );
    const id = hour(2).toISOString();
    expect(sourceSyncs.nodes).toEqual([{ id, state: 'HELD', knownCount: 4, goneCount: 2 }]);
    const RELEASE = `mutation($sync: ID!, $reason: String!) {
      sourceSyncRelease(source: "postgres:shop", sync: $sync, reason: $reason) { sync { state decidedBy reason } userErrors { code field } }
    }`;
    expect(await admin.graphql(RELEASE, { sync: id, reason: ' ' })).toMatchObject({
      sourceSyncRelease: { sync: null, userErrors: [{ code: 'INVALID', field: ['reason'] }] },
    });
    expect(await admin.graphql(RELEASE, { sync: id, reason: 'migrated' })).toEqual({
      sourceSyncRelease: { sync: { state: 'COMPLETE', decidedBy: 'admin', reason: 'migrated' }, userErrors: [] },
    });
    expect(await presences()).toEqual({ a: 'PRESENT', b: 'PRESENT', c: 'MISSING', d: 'MISSING' });
    expect(await admin.graphql(RELEASE, { sync: id, reason: 'again' })).toMatchObject({
      sourceSyncRelease: { userErrors: [{ code: 'NOT_FOUND' }] },
    });
  });

  it('complaint 12: same name after a purge starts clean, and old words do not come back', async () => {
    await apply(look({ at: hour(1), tables: ['a', 'b', 'orders'], jobs: ['load'] }));
    const ref = refText(table('b'));
    const admin = test.as('admin');
    await admin.graphql(
      'mutation($ref: String!) { assetDescribe(ref: $ref, description: "ours") { userErrors { message } } }',
      { ref },
    );
    const idOf = async (): Promise<string | undefined> =>
      (
        await admin.graphql<{ asset: { id: string } | null }>('query($ref: String!) { asset(ref: $ref) { id } }', {
          ref,
        })
      ).asset?.id;
    const before = await idOf();
    await apply(...[2, 3, 4].map((n) => look({ at: hour(n), tables: ['a'] })));
    const purge = test.app.get(Purge, { strict: false });
    await test.database.transaction(() => purge.run(new Date(hour(4).getTime() + 89 * 86_400_000)));
    expect(await idOf()).toBe(before);
    await test.database.transaction(() => purge.run(new Date(hour(4).getTime() + 91 * 86_400_000)));
    expect(await idOf()).toBeUndefined();
    const [stone] = await test.database.query<{ assetId: string }>(
      `SELECT asset_id AS "assetId" FROM asset_tombstone WHERE name = 'shop.b'`,
    );
    expect(stone?.assetId).toBe(before);

    // A late word from before the purge is about the old one.
    await apply(look({ at: hour(1), tables: ['b'], jobs: ['load'], id: 'late' }));
    expect(await idOf()).toBeUndefined();
    const later = new Date(Date.now() + 3_600_000);
    await apply(look({ at: later, tables: ['a', 'b'] }));
    const { asset } = await admin.graphql<{ asset: { id: string; description: string } }>(
      'query($ref: String!) { asset(ref: $ref) { id description } }',
      { ref },
    );
    expect(asset.id).not.toBe(before);
    expect(asset.description).toBe('shop.b by postgres:shop');
    const edges = await test.database.query(`SELECT 1 FROM lineage_edge`);
    expect(edges).toEqual([]);
  });

  it('ends in the same states in whatever order and number the syncs come', async () => {
    const looks: Look[] = [
      { at: hour(1), tables: ['a', 'b', 'c', 'd'] },
      { at: hour(2), tables: ['a', 'b', 'd'] },
      { at: hour(3), tables: ['a', 'c'], scope: { include: [], exclude: ['shop.d'] } },
      { at: hour(4), tables: ['a'], isComplete: false },
      { at: hour(5), tables: ['c'] },
      { at: hour(6), tables: ['c', 'e'] },
    ];
    const outcomes = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(looks, { minLength: looks.length }), async (order) => {
        await test.database.query(
          'TRUNCATE asset, source_sync, lineage_edge, lineage_statement, lineage_flow_set CASCADE',
        );
        for (const one of order) await project(look(one));
        outcomes.add(
          JSON.stringify([
            await presences(),
            await test.database.query(
              'SELECT a.name, r.state, r.state_since, r.first_seen_at, r.last_seen_at FROM source_record r JOIN asset a ON a.id = r.asset_id ORDER BY a.name',
            ),
          ]),
        );
      }),
      { numRuns: 12 },
    );
    expect(outcomes.size).toBe(1);
  });
});
