import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TestServices } from '../../../test/support/services.js';
import { SYSTEM_ACTOR } from '../../core/actor.js';
import { AssetAssembler } from './asset-assembler.js';
import { FactHistoryRepository } from './fact-history.repository.js';
import { FactRepository } from './fact.repository.js';

const SAME_RANK = ['dbt:one', 'dbt:two'];

describe('AssetAssembler', () => {
  let services: TestServices;
  let facts: FactRepository;
  let assembler: AssetAssembler;
  let assetId: string;

  beforeAll(async () => {
    services = await TestServices.open();
    facts = new FactRepository(services.database, new FactHistoryRepository(services.database));
    assembler = new AssetAssembler(facts, services.events);
    for (const key of SAME_RANK) await facts.ensureSource(key, 'DBT', 20);
  });
  beforeEach(async () => {
    assetId = await anAsset();
  });
  afterAll(() => services.close());

  async function anAsset(): Promise<string> {
    const id = uuidv7();
    await services.database.query(
      `INSERT INTO asset (id, kind, namespace, name) VALUES ($1, 'DATASET', 'db', $1::uuid::text)`,
      [id],
    );
    return id;
  }

  const says = (sourceKey: string, minute: number, value: unknown, attribute = 'description') =>
    services.database.transaction(() =>
      assembler.put(SYSTEM_ACTOR, [
        {
          assetId,
          columnPath: '',
          attribute,
          sourceKey,
          value,
          assertedAt: new Date(Date.UTC(2026, 0, 1, 0, minute)),
          assertedBy: null,
        },
      ]),
    );
  const description = async (id = assetId) =>
    (
      await services.database.queryOne<{ description: string | null }>('SELECT description FROM asset WHERE id = $1', [
        id,
      ])
    )?.description;

  it('assembles nothing for a word that is only said again: one statement stores its time', async () => {
    await says('openlineage', 1, 'Orders.');
    expect(await services.statementsOf(() => says('openlineage', 2, 'Orders.'))).toBe(1);
    // The time counts: what was said before it and comes after it is old.
    await says('openlineage', 1.5, 'Old words.');
    expect(await description()).toBe('Orders.');
  });

  it('assembles nothing for a facet that changed, and something for the first and the last of it', async () => {
    expect(await says('openlineage', 1, { rows: 1 }, 'facet:version')).toEqual([assetId]);
    expect(await services.statementsOf(() => says('openlineage', 2, { rows: 2 }, 'facet:version'))).toBe(1);
    expect(await says('openlineage', 3, null, 'facet:version')).toEqual([assetId]);
  });

  it('hears who repeats a word after another source of the same rank', async () => {
    await says('dbt:one', 1, 'One.');
    await says('dbt:two', 2, 'Two.');
    expect(await description()).toBe('Two.');
    await says('dbt:one', 3, 'One.');
    expect(await description()).toBe('One.');
  });

  it('hears who repeats a word under another name of the asset', async () => {
    const shown = assetId;
    await says('openlineage', 1, 'Under the name that is shown.');
    assetId = await anAsset();
    await services.database.query('UPDATE asset SET merged_into = $2 WHERE id = $1', [assetId, shown]);
    await says('openlineage', 2, 'Under the other.');
    expect(await description(shown)).toBe('Under the other.');
    assetId = shown;
    await says('openlineage', 3, 'Under the name that is shown.');
    expect(await description(shown)).toBe('Under the name that is shown.');
  });
});
