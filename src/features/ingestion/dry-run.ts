import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { Access, type ActorAccess } from '../../platform/access/access.js';
import { Database } from '../../platform/database/database.js';
import {
  AssetRepository,
  refOf,
  toAssetResource,
  toColumnResource,
  type AssembledAsset,
  type AssetRow,
  type ColumnRow,
} from '../assets/index.js';
import { assetChange, type AssetChange, type AssetState } from './catalog-diff.js';
import { columnsAlone } from './columns-alone.js';
import { DryRunRepository, type EdgeRow, type SyncOutcome } from './dry-run.repository.js';
import { IngestionRepository } from './ingestion.repository.js';
import type { TakenMessage } from './ingestion.service.js';
import { isLarge, LargeMessages } from './large-messages.js';
import { checkMessages, type Refusal } from './message-check.js';
import { PreciseReader } from './precise-reader.js';
import { Projection } from './projection.js';
import type { RawKind, Reading } from './readers/statement.js';

/** What a message would do. Counts and changes are of what the asker may see before or after. */
export interface DryRunReport {
  readonly dryRun: true;
  readonly summary: Readonly<Record<string, number>>;
  readonly changes: readonly AssetChange[];
  /** More changes than are listed. */
  readonly isTruncated: boolean;
  readonly edgesAdded: readonly EdgeChange[];
  readonly edgesRemoved: readonly EdgeChange[];
  /** Syncs that would be held, because too much would go. */
  readonly held: readonly SyncOutcome[];
  readonly refused: readonly Refusal[];
  readonly warnings: readonly { readonly path: string; readonly message: string }[];
}

export interface EdgeChange {
  readonly from: string;
  readonly to: string;
  readonly job: string | null;
}

type AssembledColumn = AssembledAsset['columns'][number];

const MOST_LISTED = 1000;
const EVERYTHING = (): { sql: string; params: unknown[] } => ({ sql: 'TRUE', params: [] });

/** Thrown to undo the transaction; carries what was seen in it. */
class Undo extends Error {
  constructor(readonly report: DryRunReport) {
    super('A dry run is undone.');
  }
}

interface Snapshot {
  /** Everything that can be seen, by id. */
  readonly rows: ReadonlyMap<string, AssetRow>;
  readonly assets: ReadonlyMap<string, AssetState>;
  readonly edges: readonly EdgeChange[];
}

/** Does exactly what the messages would do, looks at the difference, and undoes it: nothing of it is ever seen. */
@Injectable()
export class DryRun {
  // Eight, because it does all that a real ingest does.
  // oxlint-disable-next-line max-params
  constructor(
    private readonly database: Database,
    private readonly access: Access,
    private readonly repository: DryRunRepository,
    private readonly ingestion: IngestionRepository,
    private readonly assets: AssetRepository,
    private readonly reader: PreciseReader,
    private readonly large: LargeMessages,
    private readonly projection: Projection,
  ) {}

  /** @throws Forbidden without the right to ingest. What is wrong with single messages is in the report. */
  async run(actor: Actor, kind: RawKind, messages: readonly unknown[]): Promise<DryRunReport> {
    (await this.access.forActor(actor)).require('ingest', { type: 'system' });
    return this.foresee(actor, kind, messages);
  }

  /** For whoever has another right to it; sees as the actor sees. */
  async foresee(actor: Actor, kind: RawKind, messages: readonly unknown[]): Promise<DryRunReport> {
    const { taken, refused } = checkMessages(actor, kind, messages);
    const readings: Reading[] = [];
    for (const { message } of taken) readings.push(await this.reader.read({ kind, payload: message }));
    return this.compare(actor, [readings], refused);
  }

  /** Of one message that was taken in. */
  async ofMessage(actor: Actor, { kind, bytes }: Pick<TakenMessage, 'kind' | 'bytes'>): Promise<DryRunReport> {
    if (!isLarge(kind, bytes.length)) {
      const payload: unknown = JSON.parse(bytes.toString('utf8'));
      return this.compare(actor, [[await this.reader.read({ kind, payload })]], []);
    }
    const large = await this.large.read(kind, bytes);
    try {
      const parts: Reading[][] = [];
      for await (const part of large.parts()) parts.push([part]);
      return await this.compare(actor, parts, []);
    } finally {
      large.close();
    }
  }

  /** `sets` are applied one after another. */
  private async compare(
    actor: Actor,
    sets: readonly (readonly Reading[])[],
    refused: readonly Refusal[],
  ): Promise<DryRunReport> {
    const access = await this.access.forActor(actor);
    const readings = sets.flat();
    try {
      return await this.database.transaction(async () => {
        await this.ingestion.waitForProjection();
        const hidden = await this.setAsideHidden(access, readings);
        for (const set of sets) await this.projection.apply(set);
        throw new Undo(await this.report(access, readings, { refused, hidden }));
      });
    } catch (error) {
      if (error instanceof Undo) return error.report;
      throw error;
    }
  }

  /**
   * What is there and hidden from who asks is out of the way, so that the answer cannot differ from that for what is not
   * there. @returns its ids.
   */
  private async setAsideHidden(access: ActorAccess, readings: readonly Reading[]): Promise<ReadonlySet<string>> {
    const refs = readings.flatMap(({ assets, mentions = [] }) => [...assets, ...mentions]);
    const named = await this.repository.listNamed(refs);
    const rows = await this.assets.listByIds([...new Set(named.map(({ assetId }) => assetId))], EVERYTHING);
    const visible = new Set(rows.filter((row) => access.can('discover', toAssetResource(row))).map(({ id }) => id));
    const hidden = named.flatMap(({ id, assetId }) => (visible.has(assetId) ? [] : [id, assetId]));
    if (hidden.length > 0) await this.repository.setAside(hidden);
    return new Set(hidden);
  }

  private async report(
    access: ActorAccess,
    readings: readonly Reading[],
    { refused, hidden }: { readonly refused: readonly Refusal[]; readonly hidden: ReadonlySet<string> },
  ): Promise<DryRunReport> {
    const named = await this.repository.listTouched(readings.flatMap(({ assets }) => assets));
    const touched = named.filter((id) => !hidden.has(id));
    const canSee = (row: AssetRow): boolean => !hidden.has(row.id) && access.can('discover', toAssetResource(row));
    const after = await this.snapshot(access, touched, canSee);
    // Another connection does not see what this transaction did.
    const before = await this.database.separately(() => this.snapshot(access, touched, canSee));
    const alone = columnsAlone(readings, await this.repository.listBound(readings.flatMap(({ assets }) => assets)));
    const all = touched.flatMap((id) => {
      const [was, is] = [before.assets.get(id) ?? null, after.assets.get(id) ?? null];
      const row = after.rows.get(id);
      return (
        assetChange(was, is && row ? withUnseen({ was, is, row, columns: alone.get(id) ?? [] }, access) : is) ?? []
      );
    });
    const changes = all.filter(({ change }) => change !== 'UNCHANGED').toSorted((a, b) => (a.ref < b.ref ? -1 : 1));
    return {
      dryRun: true,
      summary: countsOf(all),
      changes: changes.slice(0, MOST_LISTED),
      isTruncated: changes.length > MOST_LISTED,
      edgesAdded: without(after.edges, before.edges).slice(0, MOST_LISTED),
      edgesRemoved: without(before.edges, after.edges).slice(0, MOST_LISTED),
      held: await this.repository.listHeld(
        readings.flatMap(({ source, sync }) => (sync ? [{ sourceKey: source.key, syncId: sync.id }] : [])),
      ),
      refused,
      warnings: readings.flatMap(({ warnings }) => warnings),
    };
  }

  private async snapshot(
    access: ActorAccess,
    ids: readonly string[],
    canSee: (row: AssetRow) => boolean,
  ): Promise<Snapshot> {
    const edges = await this.repository.listEdges(ids);
    const ends = edges.flatMap(({ fromId, toId, jobId }) => [fromId, toId, ...(jobId ? [jobId] : [])]);
    const rows = await this.assets.listByIds([...new Set([...ids, ...ends])], EVERYTHING);
    const visible = new Map(rows.filter(canSee).map((row) => [row.id, row]));
    const columns = await this.assets.listColumns([...visible.keys()], EVERYTHING);
    const byAsset = new Map<string, ColumnRow[]>();
    for (const column of columns) {
      const asset = visible.get(column.assetId);
      if (!asset || !access.can('read_column', toColumnResource(asset, column))) continue;
      byAsset.set(asset.id, [...(byAsset.get(asset.id) ?? []), column]);
    }
    const assets = new Map<string, AssetState>();
    for (const [id, row] of visible) if (!row.isPlaceholder) assets.set(id, stateOf(row, byAsset.get(id) ?? []));
    return { rows: visible, assets, edges: edges.flatMap((edge) => edgeChange(edge, visible)) };
  }
}

/** A column that is there and hidden looks like one that is not there: as it would be by these words alone. */
function withUnseen(
  {
    was,
    is,
    row,
    columns,
  }: {
    readonly was: AssetState | null;
    readonly is: AssetState;
    readonly row: AssetRow;
    readonly columns: readonly AssembledColumn[];
  },
  access: ActorAccess,
): AssetState {
  const unseen = columns
    .map((column) => ({ ...column, assetId: row.id }))
    .filter(({ path }) => !was?.columns.has(path) && !is.columns.has(path))
    .filter((column) => access.can('read_column', toColumnResource(row, column)));
  return { ...is, columns: new Map([...is.columns, ...unseen.map(columnState)]) };
}

function columnState(column: ColumnRow): [string, Readonly<Record<string, unknown>>] {
  const { path, dataType, description, sensitivity, tags, terms } = column;
  return [path, { dataType, description, sensitivity, tags, terms }];
}

function stateOf(row: AssetRow, columns: readonly ColumnRow[]): AssetState {
  const { displayName, description, platform, subtype, domain, sensitivity, lifecycle, presence } = row;
  const { tags, terms, owners, synonyms, dataProducts } = row;
  return {
    ref: refOf(row),
    values: {
      displayName,
      description,
      platform,
      subtype,
      domain,
      sensitivity,
      lifecycle,
      presence,
      tags,
      terms,
      owners,
      synonyms,
      dataProducts,
    },
    columns: new Map(columns.map(columnState)),
  };
}

function edgeChange({ fromId, toId, jobId }: EdgeRow, visible: ReadonlyMap<string, AssetRow>): EdgeChange[] {
  const [from, to, job] = [visible.get(fromId), visible.get(toId), jobId ? visible.get(jobId) : null];
  // A hidden job hides its flow, as in every walk.
  if (!from || !to || job === undefined) return [];
  return [{ from: refOf(from), to: refOf(to), job: job && refOf(job) }];
}

function without(edges: readonly EdgeChange[], others: readonly EdgeChange[]): EdgeChange[] {
  const known = new Set(others.map((edge) => JSON.stringify(edge)));
  return edges.filter((edge) => !known.has(JSON.stringify(edge)));
}

function countsOf(changes: readonly AssetChange[]): Record<string, number> {
  const counts: Record<string, number> = { created: 0, changed: 0, unchanged: 0, missing: 0, removed: 0, returned: 0 };
  for (const { change } of changes) counts[change.toLowerCase()] = (counts[change.toLowerCase()] ?? 0) + 1;
  return counts;
}
