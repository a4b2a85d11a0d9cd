import { Injectable } from '@nestjs/common';
import { validate as isUuid } from 'uuid';
import type { Actor } from '../../core/actor.js';
import { Conflict, Forbidden, Invalid, NotFound } from '../../core/errors.js';
import type { Page, PageRequest } from '../../core/page.js';
import { Access } from '../../platform/access/access.js';
import { Database } from '../../platform/database/database.js';
import { Events } from '../../platform/events/events.js';
import { decodeCursor, encodeCursor } from '../../platform/graphql/page-arguments.js';
import { AssetReader, type AssetRow } from '../assets/index.js';
import {
  checkedRequest,
  mayDecide,
  requireDecision,
  type Approval,
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

export interface Decision {
  readonly id: string;
  readonly isApproved: boolean;
  readonly reason: string;
  readonly days?: number | null | undefined;
}

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
    const request = checkedRequest(input);
    return this.database.transaction(async () => {
      const asset = await this.reader.findUnchecked(request.ref);
      const id = await this.repository.insert({
        ...request,
        columns: request.columns ?? null,
        accountId: actor.id,
        assetId: asset?.id ?? null,
      });
      this.record(actor, 'accessRequest.created', id, {
        ref: request.ref,
        purpose: request.purpose,
        days: request.days,
      });
      return this.view(actor, id);
    });
  }

  /** One's own, and those one could decide as an owner or as who may change policies. */
  async list(actor: Actor, page: PageRequest): Promise<Page<RequestView>> {
    const before = page.after === null ? null : cursorOf(page.after);
    const who = {
      accountId: actor.id,
      handles: [actor.handle, ...actor.teamIds],
      isAll: await this.isPolicyManager(actor),
    };
    const rows = await this.repository.list(who, page.first, before);
    const nodes = rows.slice(0, page.first);
    const last = nodes.at(-1);
    const endCursor = last ? encodeCursor([last.createdAt.toISOString(), last.id]) : null;
    return { nodes: await this.viewsOf(actor, nodes), hasNextPage: rows.length > page.first, endCursor };
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
      if (isApproved) await this.repository.grant(request, granted, actor.handle);
      const detail = { requester: request.requester, asset: request.assetId, columns: request.columns, reason };
      this.record(actor, isApproved ? 'accessRequest.approved' : 'accessRequest.rejected', id, {
        ...detail,
        ...(isApproved && { days: granted }),
      });
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
    const isPolicyManager = await this.isPolicyManager(actor);
    return requests.flatMap((request) => {
      const asset = byId.get(request.assetId ?? '') ?? null;
      if (!asset && request.accountId !== actor.id) return [];
      const isOpen = asset !== null && request.state === 'PENDING';
      const viewerCanDecide = isOpen && mayDecide(actor, approvalOf(request, asset, isPolicyManager));
      return [{ ...request, asset, viewerCanDecide }];
    });
  }

  private async approval(actor: Actor, request: RequestRow): Promise<{ approval: Approval; asset: AssetRow | null }> {
    const asset = request.assetId === null ? null : await this.reader.find(actor, request.assetId);
    return { asset, approval: approvalOf(request, asset, await this.isPolicyManager(actor)) };
  }

  private async isPolicyManager(actor: Actor): Promise<boolean> {
    return (await this.access.forActor(actor)).can('manage_policies', { type: 'system' });
  }

  private async getLocked(id: string): Promise<RequestRow> {
    if (!isUuid(id)) throw new NotFound(`There is no request '${id.slice(0, 100)}'.`, ['id']);
    await this.repository.lock(id);
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

function approvalOf(request: RequestRow, asset: AssetRow | null, isPolicyManager: boolean): Approval {
  return { request, sensitivity: asset?.sensitivity ?? null, owners: asset?.owners ?? [], isPolicyManager };
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
