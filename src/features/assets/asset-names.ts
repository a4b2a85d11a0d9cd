import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { Conflict, Invalid, NotFound } from '../../core/errors.js';
import type { Page, PageRequest } from '../../core/page.js';
import { Database } from '../../platform/database/database.js';
import { decodeCursor, encodeCursor } from '../../platform/graphql/page-arguments.js';
import { AliasRepository, type AliasView, type NameRow, type ProposalRow } from './alias.repository.js';
import { AssetIdentity } from './asset-identity.js';
import { AssetReader } from './asset-reader.js';
import { isAssetId, parseRef, type AssetRow } from './asset.js';
import { EditRight } from './edit-right.js';

export interface NamePair {
  /** Reference or id of the asset to show. */
  readonly ref: string;
  /** Reference or id of its other name. */
  readonly alias: string;
  readonly reason: string;
}

export interface Proposal {
  readonly asset: AssetRow;
  readonly alias: AssetRow;
  readonly origin: string;
  readonly since: Date;
}

const CHUNK = 200;

/** What people say about names: these two are one asset, or are not. Their word stands against every machine's. */
@Injectable()
export class AssetNames {
  constructor(
    private readonly database: Database,
    private readonly reader: AssetReader,
    private readonly right: EditRight,
    private readonly aliases: AliasRepository,
    private readonly identity: AssetIdentity,
  ) {}

  /** Other names of assets the caller has already been shown. */
  async listAliases(assetIds: readonly string[]): Promise<Map<string, AliasView[]>> {
    const views = await this.aliases.listViews(assetIds);
    return new Map(assetIds.map((id) => [id, views.filter(({ assetId }) => assetId === id)]));
  }

  /** Pairs that wait for a decision; those with a side the actor may not see are not there. */
  async listProposals(actor: Actor, page: PageRequest): Promise<Page<Proposal>> {
    let after = page.after === null ? null : cursorOf(page.after);
    const found: Proposal[] = [];
    for (;;) {
      const rows = await this.aliases.listProposals(CHUNK, after);
      found.push(...(await this.visible(actor, rows.slice(0, CHUNK))));
      const last = rows[CHUNK - 1];
      if (found.length > page.first || rows.length <= CHUNK || !last) break;
      after = [last.assetId, last.aliasId];
    }
    const nodes = found.slice(0, page.first);
    const last = nodes.at(-1);
    const endCursor = last ? encodeCursor([last.asset.id, last.alias.id]) : null;
    return { nodes, hasNextPage: found.length > page.first, endCursor };
  }

  /** @returns the asset that stands for both. @throws NotFound, Forbidden, Invalid without a reason. */
  async merge(actor: Actor, pair: NamePair): Promise<AssetRow> {
    return this.database.transaction(async () => {
      const asset = await this.editable(actor, pair.ref, 'ref');
      const alias = await this.editable(actor, pair.alias, 'alias');
      if (asset.kind !== 'DATASET' || alias.kind !== 'DATASET')
        throw new Invalid('Only datasets have several names.', ['ref']);
      if (asset.id === alias.id) throw new Conflict('These two are one asset already.', ['alias']);
      await this.aliases.lock();
      const said = [{ assetId: asset.id, aliasId: alias.id, origin: 'PERSON' as const }];
      await this.aliases.decide(said, { state: 'ACTIVE', by: actor.handle, reason: reasonOf(pair) });
      await this.identity.settle(actor, [asset.id, alias.id]);
      return this.reader.get(actor, asset.id);
    });
  }

  /** Takes a name out of an asset, or refuses one that is proposed. @returns the asset without it. */
  async separate(actor: Actor, pair: NamePair): Promise<AssetRow> {
    return this.database.transaction(async () => {
      const asset = await this.editable(actor, pair.ref, 'ref');
      const alias = await this.nameOf(pair.alias);
      const { names, aliases } = await this.aliases.listConnected([asset.id]);
      const bonds = aliases.filter(
        ({ assetId, aliasId, state }) => state !== 'ENDED' && alias !== null && [assetId, aliasId].includes(alias.id),
      );
      const isOther = alias !== null && names.some(({ id }) => id === alias.id) && bonds.length > 0;
      const isShown = isOther && (alias.mergedInto === asset.id || (await this.reader.find(actor, alias.id)) !== null);
      if (!isShown) throw new NotFound(`'${pair.alias}' is no other name of this asset.`, ['alias']);
      await this.aliases.lock();
      await this.aliases.decide(bonds, { state: 'ENDED', by: actor.handle, reason: reasonOf(pair) });
      await this.identity.settle(actor, [asset.id, alias.id]);
      return this.reader.get(actor, asset.id);
    });
  }

  private async visible(actor: Actor, rows: readonly ProposalRow[]): Promise<Proposal[]> {
    const ids = rows.flatMap(({ assetId, aliasId }) => [assetId, aliasId]);
    const byId = new Map((await this.reader.listByIds(actor, [...new Set(ids)])).map((row) => [row.id, row]));
    return rows.flatMap(({ assetId, aliasId, origin, since }) => {
      const [asset, alias] = [byId.get(assetId), byId.get(aliasId)];
      return asset && alias ? [{ asset, alias, origin, since }] : [];
    });
  }

  private async editable(actor: Actor, ref: string, field: string): Promise<AssetRow> {
    const asset = await this.reader.find(actor, ref);
    if (!asset) throw new NotFound(`No asset '${ref}' was found.`, [field]);
    await this.right.require(actor, asset, field);
    return asset;
  }

  private async nameOf(ref: string): Promise<NameRow | null> {
    if (isAssetId(ref)) return this.aliases.findName({ id: ref });
    const key = parseRef(ref);
    return key && this.aliases.findName(key);
  }
}

function reasonOf({ reason }: NamePair): string {
  if (reason.trim() !== '' && reason.length <= 1000) return reason.trim();
  throw new Invalid('Say why, in 1 to 1000 characters.', ['reason']);
}

function cursorOf(after: string): readonly [string, string] {
  const [asset = '', alias = ''] = decodeCursor(after, 2);
  if (!isAssetId(asset) || !isAssetId(alias))
    throw new Invalid('after is not the endCursor of a page of this list.', ['after']);
  return [asset, alias];
}
