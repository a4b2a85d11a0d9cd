import { Conflict, Forbidden, Invalid } from '../../core/errors.js';
import type { Actor } from '../../core/actor.js';

export type RequestState = 'PENDING' | 'APPROVED' | 'REJECTED' | 'WITHDRAWN';

export interface NewRequest {
  readonly ref: string;
  readonly columns?: readonly string[] | null | undefined;
  readonly purpose: string;
  readonly days?: number | null | undefined;
}

export interface RequestRow {
  readonly id: string;
  readonly accountId: string;
  readonly requester: string;
  readonly ref: string;
  readonly assetId: string | null;
  readonly columns: readonly string[] | null;
  readonly purpose: string;
  readonly days: number;
  readonly state: RequestState;
  readonly createdAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly reason: string | null;
  readonly grantId: string | null;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  readonly isEmergency: boolean;
  /** Of an emergency: how long, at most a day. */
  readonly hours: number | null;
  /** The request whose grant this one is to prolong. */
  readonly renews: string | null;
  readonly reviewedBy: string | null;
  readonly reviewedAt: Date | null;
  readonly isJustified: boolean | null;
  readonly reviewReason: string | null;
}

const USUAL_DAYS = 30;
const USUAL_HOURS = 4;
const MOST_HOURS = 24;
/** Longest grant in days by sensitivity: 0 PUBLIC to 3 RESTRICTED. What nobody classified counts as confidential. */
const MOST_DAYS = [366, 366, 90, 30] as const;
const UNCLASSIFIED = 2;
/** From here on owners are not enough. */
const RESTRICTED = 3;

/** @throws Invalid naming the field. */
export function checkedRequest({ ref, columns, purpose, days }: NewRequest): Required<NewRequest> & { days: number } {
  if (ref.trim() === '' || ref.length > 9000)
    throw new Invalid('Give the reference or id of an asset.', ['input', 'ref']);
  if (purpose.trim() === '' || purpose.length > 1000)
    throw new Invalid('Say what you need it for, in 1 to 1000 characters.', ['input', 'purpose']);
  const wanted = days ?? USUAL_DAYS;
  if (wanted < 1 || wanted > 366)
    throw new Invalid(`'${wanted}' days cannot be had. Give 1 to 366.`, ['input', 'days']);
  if (columns && (columns.length === 0 || columns.length > 1000))
    throw new Invalid('Name 1 to 1000 columns, or leave them out for all.', ['input', 'columns']);
  return {
    ref: ref.trim(),
    columns: columns ? [...new Set(columns)].sort() : null,
    purpose: purpose.trim(),
    days: wanted,
  };
}

export interface NewEmergency {
  readonly ref: string;
  readonly columns?: readonly string[] | null | undefined;
  readonly reason: string;
  readonly hours?: number | null | undefined;
}

/** As a request of one day whose purpose is the reason. @throws Invalid naming the field. */
export function checkedEmergency({
  reason,
  hours,
  ...what
}: NewEmergency): ReturnType<typeof checkedRequest> & { hours: number } {
  if (reason.trim().length < 10 || reason.length > 1000)
    throw new Invalid('Say what the emergency is, in 10 to 1000 characters.', ['input', 'reason']);
  const wanted = hours ?? USUAL_HOURS;
  if (wanted < 1 || wanted > MOST_HOURS)
    throw new Invalid(`'${wanted}' hours cannot be had. Give 1 to ${MOST_HOURS}.`, ['input', 'hours']);
  return { ...checkedRequest({ ...what, purpose: reason, days: 1 }), hours: wanted };
}

/** The highest of the asset and of the columns that are asked for. */
export function sensitivityOf(
  asset: number | null,
  columns: readonly { readonly path: string; readonly sensitivity: number | null }[],
  wanted: readonly string[] | null,
): number {
  const asked = columns.filter(({ path }) => wanted === null || wanted.includes(path));
  return Math.max(asset ?? UNCLASSIFIED, ...asked.map(({ sensitivity }) => sensitivity ?? 0));
}

export interface Approval {
  readonly request: RequestRow;
  /** `sensitivityOf` what was asked for. */
  readonly sensitivity: number;
  readonly owners: readonly string[];
  /** May change policies: stands above owners. */
  readonly isPolicyManager: boolean;
}

/**
 * Owners decide, by name or by team; from RESTRICTED on who may change policies, but in an emergency every owner is second
 * person enough; nobody for himself.
 */
export function mayDecide(actor: Actor, { request, sensitivity, owners, isPolicyManager }: Approval): boolean {
  // A token for some actions stands for those, not for the person who decides.
  if (request.accountId === actor.id || actor.token?.scopes) return false;
  const isOwner = owners.includes(actor.handle) || owners.some((owner) => actor.teamIds.includes(owner));
  return isPolicyManager || (isOwner && (request.isEmergency || sensitivity < RESTRICTED));
}

/** Handles of the owners where they suffice; empty where it takes whoever may change policies. */
export function approversOf(owners: readonly string[], sensitivity: number | null): readonly string[] {
  return (sensitivity ?? UNCLASSIFIED) < RESTRICTED ? owners : [];
}

/** @throws Forbidden, Conflict when it is decided already, Invalid for longer than the sensitivity allows. */
export function requireDecision(actor: Actor, approval: Approval, days: number): void {
  const { request, sensitivity } = approval;
  if (!mayDecide(actor, approval)) {
    throw new Forbidden(
      request.accountId === actor.id
        ? 'Nobody decides about his own request.'
        : 'You may not decide this. Its owners may, and who may change policies.',
      ['id'],
    );
  }
  if (request.state !== 'PENDING') throw new Conflict(`The request is ${request.state} already.`, ['id']);
  const most = MOST_DAYS[sensitivity] ?? MOST_DAYS[RESTRICTED];
  if (days < 1 || days > most)
    throw new Invalid(`'${days}' days are more than this sensitivity allows. Give 1 to ${most}.`, ['days']);
}

/** @throws Conflict, Forbidden: an emergency is looked at by somebody who had no part in it. */
export function requireReview(actor: Actor, approval: Approval): void {
  const { request } = approval;
  const isOver = request.isEmergency && request.state === 'APPROVED' && request.reviewedAt === null;
  if (!isOver) throw new Conflict('There is nothing to review here.', ['request']);
  if (request.decidedBy === actor.handle || !mayDecide(actor, approval))
    throw new Forbidden('Somebody reviews it who may decide about the asset, and neither asked nor granted.', [
      'request',
    ]);
}

/** @throws Conflict unless it is a grant that can be prolonged. */
export function requireRenewable({ state, isEmergency, revokedAt }: RequestRow): void {
  if (isEmergency) throw new Conflict('What was granted in an emergency is not renewed: ask anew.', ['request']);
  if (state !== 'APPROVED' || revokedAt !== null) throw new Conflict('There is no grant to renew.', ['request']);
}
