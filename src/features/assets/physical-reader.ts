import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { AssetReader } from './asset-reader.js';
import { keyText } from './asset.repository.js';
import type { AssetRow, ColumnRow } from './asset.js';
import {
  statisticsValue,
  structureValue,
  viewValue,
  visibleStructure,
  type Sight,
  type Structure,
} from './physical.js';
import { PhysicalRepository, type PhysicalFact } from './physical.repository.js';

export interface PhysicalView extends Pick<Structure, 'primaryKey' | 'uniqueKeys' | 'indexes'> {
  readonly foreignKeys: readonly {
    readonly name: string;
    readonly columns: readonly string[];
    readonly dataset: AssetRow;
    readonly referencedColumns: readonly string[];
  }[];
  readonly rowEstimate: number | null;
  readonly sizeBytes: number | null;
  readonly viewSql: string | null;
}

/** What an asset's facts point to, as the actor sees it. */
interface Surroundings {
  readonly idOf: (namespace: string, name: string) => string | undefined;
  readonly assets: ReadonlyMap<string, AssetRow>;
  readonly columns: ReadonlyMap<string, readonly ColumnRow[]>;
}

/** How databases keep datasets, as an actor may see it. */
@Injectable()
export class PhysicalReader {
  constructor(
    private readonly repository: PhysicalRepository,
    private readonly reader: AssetReader,
  ) {}

  /** Of datasets that the actor has already been shown. */
  async list(actor: Actor, assetIds: readonly string[]): Promise<Map<string, PhysicalView>> {
    const facts = await this.repository.list(assetIds);
    const keys = facts.flatMap(({ namespace, name, value }) =>
      namesIn(name, value).map((pointedTo) => ({ namespace, name: pointedTo })),
    );
    const ids = await this.repository.listIds(keys);
    const assets = await this.reader.listByIds(actor, [...new Set(ids.values())]);
    const columns = await this.reader.listColumns(actor, [...new Set([...assetIds, ...assets.map(({ id }) => id)])]);
    const around: Surroundings = {
      idOf: (namespace, name) => ids.get(keyText({ kind: 'DATASET', namespace, name })),
      assets: new Map(assets.map((asset) => [asset.id, asset])),
      columns,
    };
    const found = new Map<string, PhysicalView>();
    for (const id of new Set(facts.map((fact) => fact.assetId))) {
      const own = facts.filter((fact) => fact.assetId === id);
      found.set(id, viewOf(own, columnsOf(around, id), around));
    }
    return found;
  }

  /** Whether columns may be null, by asset and path, as far as a database says so. Of columns that were already shown. */
  async listNullability(assetIds: readonly string[]): Promise<Map<string, Readonly<Record<string, boolean>>>> {
    const facts = (await this.repository.list(assetIds)).filter(({ name }) => name === 'structure');
    return new Map(facts.map((fact) => [fact.assetId, structureValue.safeParse(fact.value).data?.isNullable ?? {}]));
  }
}

function viewOf(facts: readonly PhysicalFact[], columns: ReadonlySet<string>, around: Surroundings): PhysicalView {
  const fact = (name: string): PhysicalFact | undefined => facts.find((one) => one.name === name);
  const isWhole = columns.size >= Math.max(0, ...facts.map(({ columnCount }) => columnCount));
  const statistics = statisticsValue.safeParse(fact('statistics')?.value).data;
  return {
    ...structureOf(fact('structure'), { columns, isWhole }, around),
    rowEstimate: statistics?.rowEstimate ?? null,
    sizeBytes: statistics?.sizeBytes ?? null,
    viewSql: isWhole ? sqlOf(fact('view'), around) : null,
  };
}

function structureOf(
  fact: PhysicalFact | undefined,
  own: Sight,
  around: Surroundings,
): Pick<PhysicalView, 'primaryKey' | 'uniqueKeys' | 'foreignKeys' | 'indexes'> {
  const structure = structureValue.safeParse(fact?.value).data;
  if (!fact || !structure) return { primaryKey: [], uniqueKeys: [], foreignKeys: [], indexes: [] };
  const target = (table: string): AssetRow | undefined => {
    return around.assets.get(around.idOf(fact.namespace, table) ?? '');
  };
  const sightOf = (table: string): Sight | null => {
    const asset = target(table);
    return asset ? { columns: columnsOf(around, asset.id), isWhole: false } : null;
  };
  const { foreignKeys, ...visible } = visibleStructure(structure, own, sightOf);
  return {
    ...visible,
    foreignKeys: foreignKeys.flatMap(({ name, columns, references }) => {
      const dataset = target(references.table);
      return dataset ? [{ name, columns, dataset, referencedColumns: references.columns }] : [];
    }),
  };
}

/** The SQL names what it reads: only for those who see all of that. */
function sqlOf(fact: PhysicalFact | undefined, around: Surroundings): string | null {
  const view = viewValue.safeParse(fact?.value).data;
  if (!fact || !view?.reads) return null;
  const isSeen = view.reads.every((name) => around.assets.has(around.idOf(fact.namespace, name) ?? ''));
  return isSeen ? view.sql : null;
}

function columnsOf({ columns }: Surroundings, assetId: string): ReadonlySet<string> {
  return new Set((columns.get(assetId) ?? []).map(({ path }) => path));
}

/** Names of datasets that a fact points to. */
function namesIn(name: string, value: unknown): readonly string[] {
  if (name === 'view') return viewValue.safeParse(value).data?.reads ?? [];
  if (name !== 'structure') return [];
  return (structureValue.safeParse(value).data?.foreignKeys ?? []).map(({ references }) => references.table);
}
