import { Injectable } from '@nestjs/common';
import { validate as isUuid } from 'uuid';
import type { Actor } from '../../core/actor.js';
import { Conflict, Forbidden, Invalid, NotFound } from '../../core/errors.js';
import type { Page, PageRequest } from '../../core/page.js';
import { Access } from '../../platform/access/access.js';
import { Database } from '../../platform/database/database.js';
import { Events } from '../../platform/events/events.js';
import { decodeCursor, encodeCursor } from '../../platform/graphql/page-arguments.js';
import { AssetReader, type AssetRow, type ColumnRow } from '../assets/index.js';
import {
  checkedEmergency,
  checkedRequest,
  mayDecide,
  requireDecision,
  requireRenewable,
  requireReview,
  sensitivityOf,
  type Approval,
  type NewEmergency,
  type NewRequest,
  type RequestRow,
} from './access-request.js';
import { AccessRequestsRepository } from './access-requests.repository.js';

/** A request as somebody sees it. */
export interface RequestView extends RequestRow {
  /** Null when it is hidden or there is none. */
  readonly asset: AssetRow | null;
  readonly viewerCanDecide: boolean;
}

/** A request about an asset that the decider sees. */
export interface DecidableRequest extends RequestRow {
  readonly asset: AssetRow;
}

export interface Decision {
  readonly id: string;
  readonly isApproved: boolean;
  readonly reason: string;
  readonly days?: number | null | undefined;
}

export interface Renewal {
  readonly request: string;
  readonly purpose?: string | null | undefined;
  readonly days?: number | null | undefined;
}

export interface Review {
  readonly request: string;
  readonly isJustified: boolean;
  readonly reason: string;
}

/** Checked. */
type Asked = ReturnType<typeof checkedRequest> & { readonly hours?: number; readonly renews?: string };

/** From asking to a grant that every reading obeys, and its end. Each step is in the change log, and so audited. */
@Injectable()
export class AccessRequestsService {
  constructor(
    private readonly database: Database,
    private readonly repository: AccessRequestsRepository,
    private readonly reader: AssetReader,
    private readonly access: Access,
    private readonly events: Events,
  ) {}

  /** What is hidden is asked for like what does not exist: the answer is the same. @throws Invalid, Conflict */
  async create(actor: Actor, input: NewRequest): Promise<RequestView> {
    return this.ask(actor, 'accessRequest.created', checkedRequest(input));
  }

  /** For a few hours, above the rules of domains and assets; takes a second person, and is reviewed. @throws as `create` */
  async breakGlass(actor: Actor, input: NewEmergency): Promise<RequestView> {
    return this.ask(actor, 'breakGlass.requested', checkedEmergency(input));
  }

  /** Asks for what one was granted once more; the new grant takes the place of the old. @throws NotFound, Conflict, Invalid */
  async renew(actor: Actor, { request: id, purpose, days }: Renewal): Promise<RequestView> {
    const before = await this.find(id);
    if (before.accountId !== actor.id) throw new NotFound(`There is no request '${id}'.`, ['request']);
    requireRenewable(before);
    const { ref, columns } = before;
    const asked = { ref, columns, purpose: purpose ?? before.purpose, days: days ?? before.days };
    return this.ask(actor, 'accessRequest.created', { ...checkedRequest(asked), renews: id });
  }

  private async ask(actor: Actor, type: string, request: Asked): Promise<RequestView> {
    return this.database.transaction(async () => {
      const asset = await this.reader.findUnchecked(request.ref);
      const columns = request.columns ?? null;
      const row = { ...request, columns, accountId: actor.id, assetId: asset?.id ?? null };
      const id = await this.repository.insert(row);
      const { ref, purpose, days, hours, renews } = request;
      this.record(actor, type, id, { ref, purpose, days, hours, renews });
      return this.view(actor, id);
    });
  }

  /** One's own, and those one could decide as an owner or as who may change policies. */
  async list(actor: Actor, needsReview: boolean, page: PageRequest): Promise<Page<RequestView>> {
    const before = page.after === null ? null : cursorOf(page.after);
    const who = {
      accountId: actor.id,
      handles: [actor.handle, ...actor.teamIds],
      isAll: await this.isPolicyManager(actor),
      needsReview,
    };
    const rows = await this.repository.list(who, page.first, before);
    const nodes = rows.slice(0, page.first);
    const last = nodes.at(-1);
    const endCursor = last ? encodeCursor([last.createdAt.toISOString(), last.id]) : null;
    return { nodes: await this.viewsOf(actor, nodes), hasNextPage: rows.length > page.first, endCursor };
  }

  /** @throws NotFound for whoever may not decide it. */
  async getDecidable(actor: Actor, id: string): Promise<DecidableRequest> {
    const request = await this.find(id);
    const { approval, asset } = await this.approval(actor, request);
    if (!asset || !mayDecide(actor, approval)) throw new NotFound(`There is no request '${id}'.`, ['id']);
    return { ...request, asset };
  }

  /** @throws NotFound, Forbidden, Conflict, Invalid without a reason. */
  async decide(actor: Actor, { id, isApproved, reason, days }: Decision): Promise<RequestView> {
    requireReason(reason);
    return this.database.transaction(async () => {
      const request = await this.getLocked(id);
      const { approval, asset } = await this.approval(actor, request);
      const granted = days ?? request.days;
      if (!asset) throw new NotFound(`There is no request '${id}'.`, ['id']);
      requireDecision(actor, approval, isApproved ? granted : 1);
      const state = isApproved ? 'APPROVED' : 'REJECTED';
      await this.repository.decide(id, { state, by: actor.handle, reason: reason.trim() });
      if (isApproved) await this.grant(actor, request, granted);
      const detail = { requester: request.requester, asset: request.assetId, columns: request.columns, reason };
      this.record(actor, isApproved ? 'accessRequest.approved' : 'accessRequest.rejected', id, {
        ...detail,
        ...(isApproved && { days: granted, hours: request.hours, renews: request.renews }),
      });
      return this.view(actor, id);
    });
  }

  /** The grant that is renewed ends with the one that takes its place. */
  private async grant(actor: Actor, request: RequestRow, days: number): Promise<void> {
    await this.repository.grant(request, days, actor.handle);
    if (request.renews !== null) await this.repository.revoke(request.renews, actor.handle, 'Renewed.');
  }

  /** Looks back at an emergency; what was not justified ends at once. @throws NotFound, Forbidden, Conflict, Invalid */
  async review(actor: Actor, { request: id, isJustified, reason }: Review): Promise<RequestView> {
    requireReason(reason);
    return this.database.transaction(async () => {
      const request = await this.getLocked(id);
      const { approval, asset } = await this.approval(actor, request);
      if (!asset) throw new NotFound(`There is no request '${id}'.`, ['request']);
      requireReview(actor, approval);
      await this.repository.review(id, { by: actor.handle, isJustified, reason: reason.trim() });
      if (!isJustified) await this.repository.revoke(id, actor.handle, reason.trim());
      const detail = { requester: request.requester, asset: request.assetId, isJustified, reason };
      this.record(actor, 'breakGlass.reviewed', id, detail);
      return this.view(actor, id);
    });
  }

  /** Takes one's own request back while it waits. @throws NotFound, Conflict */
  async withdraw(actor: Actor, id: string): Promise<RequestView> {
    return this.database.transaction(async () => {
      const request = await this.getLocked(id);
      if (request.accountId !== actor.id) throw new NotFound(`There is no request '${id}'.`, ['id']);
      if (request.state !== 'PENDING') throw new Conflict(`The request is ${request.state} already.`, ['id']);
      await this.repository.decide(id, { state: 'WITHDRAWN', by: actor.handle, reason: 'Withdrawn.' });
      this.record(actor, 'accessRequest.withdrawn', id, {});
      return this.view(actor, id);
    });
  }

  /** Ends a grant at once, in every reading. By who could have granted it, or by who has it. @throws as `decide` */
  async revoke(actor: Actor, id: string, reason: string): Promise<RequestView> {
    requireReason(reason);
    return this.database.transaction(async () => {
      const request = await this.getLocked(id);
      const { approval, asset } = await this.approval(actor, request);
      const isOwn = request.accountId === actor.id;
      if (!isOwn && !asset) throw new NotFound(`There is no request '${id}'.`, ['id']);
      if (!isOwn && !mayDecide(actor, approval)) throw new Forbidden('You may not end this grant.', ['id']);
      if (!(await this.repository.revoke(id, actor.handle, reason.trim())))
        throw new Conflict('There is no grant in force to end.', ['id']);
      this.record(actor, 'accessGrant.revoked', id, { requester: request.requester, asset: request.assetId, reason });
      return this.view(actor, id);
    });
  }

  private async view(actor: Actor, id: string): Promise<RequestView> {
    const [view] = await this.viewsOf(actor, [await this.get(id)]);
    if (!view) throw new NotFound(`There is no request '${id}'.`, ['id']);
    return view;
  }

  /** Who does not see the asset knows of no request about it but his own. */
  private async viewsOf(actor: Actor, requests: readonly RequestRow[]): Promise<RequestView[]> {
    const assets = await this.reader.listByIds(actor, [...new Set(requests.flatMap(({ assetId }) => assetId ?? []))]);
    const byId = new Map(assets.map((asset) => [asset.id, asset]));
    const columns = await this.reader.listColumnsUnchecked([...byId.keys()]);
    const isPolicyManager = await this.isPolicyManager(actor);
    return requests.flatMap((request) => {
      const asset = byId.get(request.assetId ?? '') ?? null;
      if (!asset && request.accountId !== actor.id) return [];
      const isOpen = asset !== null && request.state === 'PENDING';
      const viewerCanDecide =
        isOpen &&
        mayDecide(actor, approvalOf(request, { asset, columns: columns.get(asset.id) ?? [], isPolicyManager }));
      return [{ ...request, asset, viewerCanDecide }];
    });
  }

  private async approval(actor: Actor, request: RequestRow): Promise<{ approval: Approval; asset: AssetRow | null }> {
    const asset = request.assetId === null ? null : await this.reader.find(actor, request.assetId);
    const listed = await this.reader.listColumnsUnchecked(asset ? [asset.id] : []);
    const columns = listed.get(asset?.id ?? '') ?? [];
    const isPolicyManager = await this.isPolicyManager(actor);
    return { asset, approval: approvalOf(request, { asset, columns, isPolicyManager }) };
  }

  private async isPolicyManager(actor: Actor): Promise<boolean> {
    return (await this.access.forActor(actor)).can('manage_policies', { type: 'system' });
  }

  private async getLocked(id: string): Promise<RequestRow> {
    if (isUuid(id)) await this.repository.lock(id);
    return this.find(id);
  }

  private async find(id: string): Promise<RequestRow> {
    if (!isUuid(id)) throw new NotFound(`There is no request '${id.slice(0, 100)}'.`, ['id']);
    return this.get(id);
  }

  private async get(id: string): Promise<RequestRow> {
    const request = await this.repository.find(id);
    if (!request) throw new NotFound(`There is no request '${id}'.`, ['id']);
    return request;
  }

  private record(actor: Actor, type: string, id: string, detail: Record<string, unknown>): void {
    this.events.record(actor, { type, subject: { kind: 'accessRequest', id }, detail });
  }
}

interface Known {
  readonly asset: AssetRow | null;
  readonly columns: readonly ColumnRow[];
  readonly isPolicyManager: boolean;
}

function approvalOf(request: RequestRow, { asset, columns, isPolicyManager }: Known): Approval {
  const sensitivity = sensitivityOf(asset?.sensitivity ?? null, columns, request.columns);
  return { request, sensitivity, owners: asset?.owners ?? [], isPolicyManager };
}

function requireReason(reason: string): void {
  if (reason.trim() === '' || reason.length > 1000) throw new Invalid('Say why, in 1 to 1000 characters.', ['reason']);
}

function cursorOf(after: string): readonly [string, string] {
  const [at = '', id = ''] = decodeCursor(after, 2);
  if (Number.isNaN(Date.parse(at)) || !isUuid(id))
    throw new Invalid('after is not the endCursor of a page of this list.', ['after']);
  return [at, id];
}
