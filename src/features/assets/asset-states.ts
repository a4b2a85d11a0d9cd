import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { Access, type ActorAccess } from '../../platform/access/access.js';
import type { AssetResource, ColumnResource } from '../../platform/access/attributes.js';
import { assemble, type AssembledAsset, type AssembledColumn } from './assemble.js';
import { AssetReader } from './asset-reader.js';
import { sensitivityOf, toAssetResource, toColumnResource, type AssetRow, type Sensitivity } from './asset.js';
import { FactHistoryRepository } from './fact-history.repository.js';

export interface ColumnState {
  readonly path: string;
  readonly dataType: string | null;
  readonly description: string | null;
  readonly sensitivity: Sensitivity | null;
  readonly tags: readonly string[];
  readonly terms: readonly string[];
}

/** What could be read of an asset at a moment. */
export interface AssetState extends Omit<ColumnState, 'path' | 'dataType'> {
  readonly asset: AssetRow;
  readonly at: Date;
  readonly displayName: string;
  readonly platform: string | null;
  readonly subtype: string | null;
  readonly domain: string | null;
  readonly lifecycle: string;
  readonly owners: readonly string[];
  readonly isPlaceholder: boolean;
  readonly columns: readonly ColumnState[];
}

/**
 * Assets as they were: the words that had been said by then, assembled by the rule of today. Who may see the past is decided
 * today: what is hidden now was always hidden.
 */
@Injectable()
export class AssetStates {
  constructor(
    private readonly history: FactHistoryRepository,
    private readonly reader: AssetReader,
    private readonly access: Access,
  ) {}

  /** As policies would have seen it, whoever may see it today; null when nobody had said anything of it yet. */
  async resourceAtUnchecked(asset: AssetRow, at: Date): Promise<ResourceThen | null> {
    const { facts = [], standings = [] } = (await this.history.listWordsAt([asset.id], at)).get(asset.id) ?? {};
    if (facts.length === 0) return null;
    const { columns, platform, domain, lifecycle, owners, sensitivity, tags, terms } = assemble(facts, standings);
    const then = { ...asset, platform, domain, lifecycle, owners, sensitivity, tags, terms };
    return {
      asset: toAssetResource(then),
      columns: columns.map((column) => toColumnResource(then, { ...column, assetId: asset.id })),
    };
  }

  /** Of assets that the actor has been shown, in their order. Four statements, however many they are. */
  async listAt(actor: Actor, assets: readonly AssetRow[], at: Date): Promise<AssetState[]> {
    const ids = assets.map(({ id }) => id);
    const words = await this.history.listWordsAt(ids, at);
    const all = await this.reader.listColumnsUnchecked(ids);
    const visible = await this.reader.listColumns(actor, ids);
    const access = await this.access.forActor(actor);
    return assets.map((asset) => {
      const { facts = [], standings = [] } = words.get(asset.id) ?? {};
      const view = assemble(facts, standings);
      const today = { all: foldedPaths(all.get(asset.id)), visible: foldedPaths(visible.get(asset.id)) };
      const columns = view.columns.filter((column) => isColumnVisible(access, { asset, column, today }));
      return stateOf({ asset, at, view: { ...view, columns } });
    });
  }
}

export interface ResourceThen {
  readonly asset: AssetResource;
  readonly columns: readonly ColumnResource[];
}

interface ColumnThen {
  readonly asset: AssetRow;
  readonly column: AssembledColumn;
  readonly today: { readonly all: ReadonlySet<string>; readonly visible: ReadonlySet<string> };
}

/** One that is there today is decided as it is today; one that is gone, by what was said of it then. */
function isColumnVisible(access: ActorAccess, { asset, column, today }: ColumnThen): boolean {
  const path = column.path.toLowerCase();
  if (today.all.has(path)) return today.visible.has(path);
  return access.can('read_column', toColumnResource(asset, { ...column, assetId: asset.id }));
}

/** Sources may spell one column in several ways; which spelling is shown changes with them. */
function foldedPaths(columns: readonly { readonly path: string }[] = []): Set<string> {
  return new Set(columns.map(({ path }) => path.toLowerCase()));
}

function stateOf({ asset, at, view }: { asset: AssetRow; at: Date; view: AssembledAsset }): AssetState {
  const { description, tags, terms, platform, subtype, domain, lifecycle, owners, isPlaceholder } = view;
  return {
    asset,
    at,
    description,
    tags,
    terms,
    platform,
    subtype,
    domain,
    lifecycle,
    owners,
    isPlaceholder,
    displayName: view.displayName ?? asset.name,
    sensitivity: sensitivityOf(view.sensitivity),
    columns: view.columns.map((column) => ({
      path: column.path,
      dataType: column.dataType,
      description: column.description,
      sensitivity: sensitivityOf(column.sensitivity),
      tags: column.tags,
      terms: column.terms,
    })),
  };
}
