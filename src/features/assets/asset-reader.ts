import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { Invalid, NotFound } from '../../core/errors.js';
import type { Page, PageRequest } from '../../core/page.js';
import { Access } from '../../platform/access/access.js';
import { ASSET_SQL_COLUMNS, COLUMN_SQL_COLUMNS } from '../../platform/access/sql-reading.js';
import { decodeCursor, encodeCursor } from '../../platform/graphql/page-arguments.js';
import type { AssetFilter } from './asset-filter.js';
import { AssetRepository, keyText, type RunRow, type SourceRecordView, type SqlCondition } from './asset.repository.js';
import { isAssetId, isExternalRef, parseRef, type AssetKey, type AssetRow, type ColumnRow } from './asset.js';

type Visible = (first: number) => SqlCondition;

const EVERYTHING: Visible = () => ({ sql: 'TRUE', params: [] });

/** Reads assets as an actor sees them. Hidden equals missing: both are null, or the same NotFound. */
@Injectable()
export class AssetReader {
  constructor(
    private readonly assets: AssetRepository,
    private readonly access: Access,
  ) {}

  async get(actor: Actor, ref: string): Promise<AssetRow> {
    return found(await this.find(actor, ref), ref);
  }

  async find(actor: Actor, ref: string): Promise<AssetRow | null> {
    return this.lookUp(ref, await this.visible(actor));
  }

  /** In the order of the references; null for what is hidden or missing. */
  async findAll(actor: Actor, refs: readonly string[]): Promise<(AssetRow | null)[]> {
    const keys = refs.flatMap((ref) => parseRef(ref) ?? []);
    const rows = await this.assets.listByKeys(keys, await this.visible(actor));
    const byKey = new Map(rows.map(({ askedKey, ...row }) => [askedKey, row]));
    return refs.map((ref) => {
      const key = parseRef(ref);
      return (key && byKey.get(keyText(key))) ?? null;
    });
  }

  /** Without policy: for use cases that decide afterwards (audit of denials, explain). Never for an answer. */
  async getUnchecked(ref: string): Promise<AssetRow> {
    return found(await this.findUnchecked(ref), ref);
  }

  async findUnchecked(ref: string): Promise<AssetRow | null> {
    return this.lookUp(ref, EVERYTHING);
  }

  /** In the order of the references, one statement for those that are keys. Without policy, as `getUnchecked`. */
  async findAllUnchecked(refs: readonly string[]): Promise<(AssetRow | null)[]> {
    const keys = refs.flatMap((ref) => parseRef(ref) ?? []);
    const rows = keys.length > 0 ? await this.assets.listByKeys(keys, EVERYTHING) : [];
    const byKey = new Map(rows.map(({ askedKey, ...row }) => [askedKey, row]));
    const found: (AssetRow | null)[] = [];
    for (const ref of refs) {
      const key = parseRef(ref);
      found.push(key ? (byKey.get(keyText(key)) ?? null) : await this.findUnchecked(ref));
    }
    return found;
  }

  /** By asset, in their order, in one statement. Without policy, as `getUnchecked`. */
  async listColumnsUnchecked(assetIds: readonly string[]): Promise<Map<string, ColumnRow[]>> {
    if (assetIds.length === 0) return new Map();
    return groupBy(await this.assets.listColumns(assetIds, EVERYTHING), ({ assetId }) => assetId);
  }

  async getColumnUnchecked(assetId: string, path: string): Promise<ColumnRow | null> {
    const columns = await this.assets.listColumns([assetId], EVERYTHING);
    return columns.find((column) => column.path === path) ?? null;
  }

  /** Visible ones only, in the order of the ids. */
  async listByIds(actor: Actor, ids: readonly string[]): Promise<AssetRow[]> {
    const rows = await this.assets.listByIds(ids, await this.visible(actor));
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  }

  /** Of each key what it stands for, as far as it is visible: the asset itself, else whatever is spelled alike. */
  async listSpelled(actor: Actor, keys: readonly AssetKey[]): Promise<AssetRow[][]> {
    const rows = await this.assets.listSpelled(keys, await this.visible(actor));
    const byPlace = groupBy(rows, ({ place }) => String(place));
    return keys.map((_, place) => {
      const found = byPlace.get(String(place)) ?? [];
      const exact = found.filter(({ isExact }) => isExact);
      return exact.length > 0 ? exact : found;
    });
  }

  /** Visible assets that have one of the names, in whatever namespace; by name. */
  async listByNames(actor: Actor, names: readonly string[]): Promise<Map<string, AssetRow[]>> {
    return groupBy(await this.assets.listByNames(names, await this.visible(actor)), ({ said }) => said);
  }

  async list(actor: Actor, filter: AssetFilter, page: PageRequest): Promise<Page<AssetRow>> {
    const after = keyOf(page, () => true);
    const rows = await this.assets.list(filter, page, after, await this.visible(actor));
    return pageOf(rows, page.first, (row) => [row.name, row.id]);
  }

  async count(actor: Actor, filter: AssetFilter): Promise<number> {
    return this.assets.count(filter, await this.visible(actor));
  }

  /** Columns the actor may see, by asset. */
  async listColumns(actor: Actor, assetIds: readonly string[]): Promise<Map<string, ColumnRow[]>> {
    const rows = await this.assets.listColumns(assetIds, await this.visibleColumns(actor));
    return groupBy(rows, (row) => row.assetId);
  }

  /** Sources that list assets the caller has already been shown. */
  async listSources(assetIds: readonly string[]): Promise<SourceRecordView[]> {
    return this.assets.listSources(assetIds);
  }

  /** Runs of jobs the caller has already been shown: of each job one page, newest first, in the order of the jobs. */
  async listRuns(jobIds: readonly string[], page: PageRequest): Promise<Page<RunRow>[]> {
    const after = keyOf(page, (time) => !Number.isNaN(Date.parse(time)));
    const byJob = groupBy(await this.assets.listRuns(jobIds, page.first, after), (row) => row.jobId);
    return jobIds.map((id) => pageOf(byJob.get(id) ?? [], page.first, (row) => [row.orderedAt, row.id]));
  }

  private async visibleColumns(actor: Actor): Promise<Visible> {
    const access = await this.access.forActor(actor);
    return (first) =>
      access.sql('read_column', 'column', { columns: COLUMN_SQL_COLUMNS('c', 'a'), firstParameter: first });
  }

  private async lookUp(ref: string, visible: Visible): Promise<AssetRow | null> {
    if (isAssetId(ref)) return this.assets.findById(ref, visible);
    if (isExternalRef(ref)) return this.assets.findByExternalRef(ref, visible);
    const key: AssetKey | null = parseRef(ref);
    return key ? this.assets.findByKey(key, visible) : null;
  }

  private async visible(actor: Actor): Promise<Visible> {
    const access = await this.access.forActor(actor);
    return (first) => access.sql('discover', 'asset', { columns: ASSET_SQL_COLUMNS('a'), firstParameter: first });
  }
}

/** A cursor ends in an id; what comes before must be what the list is sorted by. @throws Invalid */
function keyOf(page: PageRequest, isSortKey: (text: string) => boolean): [string, string] | null {
  if (page.after === null) return null;
  const [sortKey = '', id = ''] = decodeCursor(page.after, 2);
  if (!isAssetId(id) || !isSortKey(sortKey)) {
    throw new Invalid('after is not the endCursor of a page of this list.', ['after']);
  }
  return [sortKey, id];
}

/** @throws NotFound for null, which does not tell hidden from missing. */
export function found(row: AssetRow | null, ref: string): AssetRow {
  if (!row) throw new NotFound(`No asset '${ref}' was found. Search for its name, or check the reference.`, ['ref']);
  return row;
}

function pageOf<Row>(rows: readonly Row[], first: number, key: (row: Row) => readonly unknown[]): Page<Row> {
  const nodes = rows.slice(0, first);
  const last = nodes.at(-1);
  return { nodes, hasNextPage: rows.length > first, endCursor: last === undefined ? null : encodeCursor(key(last)) };
}

function groupBy<Row>(rows: readonly Row[], key: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(key(row)) ?? [];
    group.push(row);
    groups.set(key(row), group);
  }
  return groups;
}
