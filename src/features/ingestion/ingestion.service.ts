import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { Invalid, NotFound } from '../../core/errors.js';
import type { Page, PageRequest } from '../../core/page.js';
import { Access } from '../../platform/access/access.js';
import { Followers, type FollowerState } from '../../platform/events/followers.js';
import { decodeCursor, encodeCursor } from '../../platform/graphql/page-arguments.js';
import { Metrics } from '../../platform/observability/metrics.js';
import { AssetPresence, type SyncRow } from '../assets/index.js';
import { CsvLookup } from './csv-intake.js';
import { IngestionRepository, type FailedRow, type WarnedRow } from './ingestion.repository.js';
import { isLarge, LargeMessages } from './large-messages.js';
import { checkMessages, refuseForeignNamespaces, type Refusal } from './message-check.js';
import type { RawKind, Reading } from './readers/statement.js';
import { RecentReadings } from './recent-readings.js';
import { takeIn, type IntakeKind, type IntakeTask, type TakenIn } from './take-in.js';

export const INGESTION_OPTIONS = Symbol('IngestionOptions');

export interface IngestionOptions {
  readonly maxBytes: number;
  readonly maxInflatedBytes: number;
  /** More waiting messages than this are answered with 503 and Retry-After. */
  readonly backlogLimit: number;
  /** Removed for longer than this, an asset is purged. */
  readonly purgeAfterDays: number;
}

/** The projection is too far behind to take more. Mapped to 503 with Retry-After. */
export class Busy extends Error {}

export interface Receipt {
  readonly received: number;
  readonly accepted: number;
  readonly duplicates: number;
  readonly refused: readonly Refusal[];
  /** What was odd and taken all the same. */
  readonly warnings: Reading['warnings'];
}

/** A message that can be kept. */
export interface TakenMessage extends Omit<TakenIn, 'text'> {
  readonly kind: IntakeKind;
  /** JSON, UTF-8. */
  readonly bytes: Buffer;
}

/** `state` HELD: so much would go that a person decides. */
export interface SyncState extends Pick<SyncRow, 'state' | 'knownCount' | 'goneCount'> {
  readonly source: string;
  readonly id: string;
}

export interface OperationsView {
  readonly ingestBacklog: number;
  readonly failedEvents: number;
  readonly changeLogPosition: string;
  readonly followers: readonly FollowerState[];
}

/** Takes messages in: checked for identity, kept verbatim in one append, projected later. */
@Injectable()
export class IngestionService {
  private backlog = { at: 0, count: 0 };

  // Nine, because receiving and what operators ask about it meet here.
  // oxlint-disable-next-line max-params
  constructor(
    private readonly repository: IngestionRepository,
    private readonly large: LargeMessages,
    private readonly csv: CsvLookup,
    private readonly recent: RecentReadings,
    private readonly presence: AssetPresence,
    private readonly access: Access,
    private readonly followers: Followers,
    private readonly metrics: Metrics,
    @Inject(INGESTION_OPTIONS) readonly options: IngestionOptions,
  ) {}

  /**
   * @throws Forbidden without the right to ingest, Busy under back-pressure. What is wrong with single events is in the
   * receipt; the others are kept.
   */
  async accept(actor: Actor, kind: RawKind, events: readonly unknown[]): Promise<Receipt> {
    (await this.access.forActor(actor)).require('ingest', { type: 'system' });
    await this.refuseWhenBusy();
    const { taken, refused } = checkMessages(actor, kind, events);
    const rows = taken.map((message) => ({ ...message, payload: JSON.stringify(message.message) }));
    for (const { hash, message, reading, payload } of rows)
      this.recent.keep(hash, { message, reading }, payload.length);
    const accepted = rows.length === 0 ? 0 : await this.repository.append(kind, actor.id, rows);
    const warnings = taken.flatMap((message) => message.warnings);
    const receipt = { received: events.length, accepted, duplicates: taken.length - accepted, refused, warnings };
    this.count(receipt);
    return receipt;
  }

  /**
   * Makes the message of a body, in a process of its own when it is large, so that everybody else is served meanwhile.
   * @throws Forbidden without the right to ingest or for a namespace that is not the sender's, Invalid when it is none of
   * its kind.
   */
  async takeIn(actor: Actor, task: IntakeTask, body: Buffer): Promise<TakenMessage> {
    (await this.access.forActor(actor)).require('ingest', { type: 'system' });
    const questions = this.csv.for(actor);
    const { text, ...taken } = isLarge(task.kind, body.length)
      ? await this.large.takeIn(task, body, questions)
      : await takeIn(task, body.toString('utf8'), questions);
    refuseForeignNamespaces(actor, taken.namespaces);
    return { ...taken, kind: task.kind, bytes: text === null ? body : Buffer.from(text) };
  }

  /** What `takeIn` made. @throws Busy under back-pressure. */
  async keep(actor: Actor, { kind, hash, bytes, warnings }: TakenMessage): Promise<Receipt> {
    await this.refuseWhenBusy();
    const accepted = await this.repository.appendBytes(kind, actor.id, { hash: Buffer.from(hash), bytes, warnings });
    const receipt = { received: 1, accepted, duplicates: 1 - accepted, refused: [], warnings };
    this.count(receipt);
    return receipt;
  }

  /** Where a sync stands. @throws Forbidden without the right to ingest, NotFound before it is projected. */
  async syncState(actor: Actor, source: string, id: string): Promise<SyncState> {
    (await this.access.forActor(actor)).require('ingest', { type: 'system' });
    const sync = await this.presence.findSync(source, id);
    if (!sync) throw new NotFound(`Nothing of the sync '${id.slice(0, 200)}' is projected.`, ['sync']);
    const { state, knownCount, goneCount } = sync;
    return { source, id, state, knownCount, goneCount };
  }

  /** `lag`: entries of the change log that the last of its followers, the search index for one, has yet to work off. */
  async status(actor: Actor): Promise<{ backlog: number; failed: number; lag: number }> {
    (await this.access.forActor(actor)).require('ingest', { type: 'system' });
    const counts = await this.repository.counts();
    const states = await this.followers.states();
    return { ...counts, lag: Math.max(0, ...states.map(({ lag }) => lag)) };
  }

  async operations(actor: Actor): Promise<OperationsView> {
    (await this.access.forActor(actor)).require('operate', { type: 'system' });
    const { backlog, failed } = await this.repository.counts();
    return {
      ingestBacklog: backlog,
      failedEvents: failed,
      changeLogPosition: await this.followers.changeLogPosition(),
      followers: await this.followers.states(),
    };
  }

  async listFailed(actor: Actor, page: PageRequest): Promise<Page<FailedRow>> {
    (await this.access.forActor(actor)).require('operate', { type: 'system' });
    const rows = await this.repository.listFailed(page.first, numberIn(page.after));
    return pageOf(rows, page.first);
  }

  /** Of everybody's messages for operators, else of the caller's own. @throws Forbidden without `ingest` or `operate`. */
  async listWarned(actor: Actor, page: PageRequest): Promise<Page<WarnedRow>> {
    const access = await this.access.forActor(actor);
    const isOperator = access.can('operate', { type: 'system' });
    if (!isOperator) access.require('ingest', { type: 'system' });
    const rows = await this.repository.listWarned(page.first, numberIn(page.after), isOperator ? null : actor.id);
    return pageOf(rows, page.first);
  }

  async replay(actor: Actor, ids: readonly string[] | null): Promise<number> {
    (await this.access.forActor(actor)).require('operate', { type: 'system' });
    const wrong = ids?.find((id) => !/^\d{1,18}$/.test(id));
    if (wrong !== undefined) throw new Invalid(`'${wrong}' is no id of a failed event.`, ['ids']);
    return this.repository.replay(ids);
  }

  private async refuseWhenBusy(): Promise<void> {
    if (Date.now() - this.backlog.at > 1000) {
      this.backlog = { at: Date.now(), count: (await this.repository.counts()).backlog };
    }
    if (this.backlog.count > this.options.backlogLimit) {
      throw new Busy(`${this.backlog.count} messages wait for projection. Send again later.`);
    }
  }

  private count(receipt: Receipt): void {
    this.metrics.eventsReceived.inc({ outcome: 'accepted' }, receipt.accepted);
    this.metrics.eventsReceived.inc({ outcome: 'duplicate' }, receipt.duplicates);
    this.metrics.eventsReceived.inc({ outcome: 'refused' }, receipt.refused.length);
  }
}

/** @throws Invalid when it is no cursor of a list of messages. */
function numberIn(cursor: string | null): string | null {
  if (cursor === null) return null;
  const [id = ''] = decodeCursor(cursor, 1);
  if (!/^\d{1,18}$/.test(id)) throw new Invalid('after is not the endCursor of a page of this list.', ['after']);
  return id;
}

function pageOf<Row extends { readonly id: string }>(rows: readonly Row[], first: number): Page<Row> {
  const nodes = rows.slice(0, first);
  const last = nodes.at(-1);
  return { nodes, hasNextPage: rows.length > first, endCursor: last ? encodeCursor([last.id]) : null };
}
