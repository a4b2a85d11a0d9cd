import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import type { Resource } from '../../platform/access/attributes.js';
import type { OutsideResource } from '../../platform/access/outside.js';
import { Database } from '../../platform/database/database.js';
import { together } from '../../platform/database/together.js';
import { AssetReader, refOf, toAssetResource, toColumnResource, type AssetRow } from '../assets/index.js';
import type { ColumnsOf } from './columns.js';
import { OutsideResourcesRepository, outsideKey } from './outside-resources.repository.js';
import type { Entity } from './question.js';

/** What a question is about, with the attributes that policies read. */
export type Target =
  | { readonly kind: 'own'; readonly resource: Resource; readonly assetId: string | null }
  | { readonly kind: 'outside'; readonly type: string; readonly resource: OutsideResource };

/**
 * What questions are about. An asset is called by its reference, a column by that of its asset, `#` and its path
 * percent-encoded; the attributes of both are ours, whatever the question says. What is no type of the catalog is a type
 * that the policy set declares.
 */
@Injectable()
export class Resources {
  private readonly found: (refs: readonly string[]) => Promise<readonly (AssetRow | null)[]>;

  constructor(
    private readonly reader: AssetReader,
    private readonly outside: OutsideResourcesRepository,
    database: Database,
  ) {
    this.found = together(database, (refs) => reader.findAllUnchecked(refs));
  }

  /** In the order of the entities; null for what is not in the catalog. */
  async findAll(asker: Actor, entities: readonly Entity[]): Promise<(Target | null)[]> {
    const assets = await this.assetsOf(entities);
    const stored = await this.outside.listByKeys(entities.filter(({ type }) => !isOwnType(type)));
    const isTrusted = asker.token?.trustsAttributes ?? false;
    const columns = await this.columnsOf(entities, assets);
    return entities.map((entity) =>
      isOwnType(entity.type)
        ? ownTarget(entity, assets, columns)
        : outsideTarget(entity, stored.get(outsideKey(entity)), isTrusted),
    );
  }

  private async assetsOf(entities: readonly Entity[]): Promise<Map<string, AssetRow>> {
    const refs = entities.flatMap(({ type, id }) => (type === 'asset' || type === 'column' ? [assetPart(id)] : []));
    const distinct = [...new Set(refs)];
    const found = await this.found(distinct);
    return new Map(distinct.flatMap((ref, at) => (found[at] ? [[ref, found[at]] as const] : [])));
  }

  private async columnsOf(entities: readonly Entity[], assets: ReadonlyMap<string, AssetRow>): Promise<ColumnsOf> {
    const asked = entities.filter(({ type }) => type === 'column');
    return this.reader.listColumnsUnchecked([
      ...new Set(asked.flatMap(({ id }) => assets.get(assetPart(id))?.id ?? [])),
    ]);
  }
}

function ownTarget({ type, id }: Entity, assets: ReadonlyMap<string, AssetRow>, columns: ColumnsOf): Target | null {
  if (type === 'system') return { kind: 'own', resource: { type: 'system' }, assetId: null };
  const asset = assets.get(assetPart(id));
  if (!asset) return null;
  if (type === 'asset') return { kind: 'own', resource: toAssetResource(asset), assetId: asset.id };
  const path = columnPart(id);
  const column = columns.get(asset.id)?.find((one) => one.path === path);
  return column ? { kind: 'own', resource: toColumnResource(asset, column), assetId: asset.id } : null;
}

export function isOwnType(type: string): type is 'asset' | 'column' | 'system' {
  return type === 'asset' || type === 'column' || type === 'system';
}

/** How a column is called in questions and answers. */
export function columnId(asset: AssetRow, path: string): string {
  return `${refOf(asset)}#${encodeURIComponent(path)}`;
}

export function assetPart(id: string): string {
  return id.split('#', 1)[0] ?? id;
}

export function columnPart(id: string): string | null {
  const [, encoded] = id.split('#');
  if (encoded === undefined) return null;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return null;
  }
}

function outsideTarget(
  { type, id, properties }: Entity,
  stored: OutsideResource | undefined,
  isTrusted: boolean,
): Target {
  const sent = isTrusted ? (properties ?? {}) : {};
  return { kind: 'outside', type, resource: { id, properties: { ...stored?.properties, ...sent } } };
}
