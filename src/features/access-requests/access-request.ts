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
}

const USUAL_DAYS = 30;
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

export interface Approval {
  readonly request: RequestRow;
  readonly sensitivity: number | null;
  readonly owners: readonly string[];
  /** May change policies: stands above owners. */
  readonly isPolicyManager: boolean;
}

/** Owners decide, by name or by team; from RESTRICTED on who may change policies; nobody for himself. */
export function mayDecide(actor: Actor, { request, sensitivity, owners, isPolicyManager }: Approval): boolean {
  // A token for some actions stands for those, not for the person who decides.
  if (request.accountId === actor.id || actor.token?.scopes) return false;
  const isOwner = owners.includes(actor.handle) || owners.some((owner) => actor.teamIds.includes(owner));
  return isPolicyManager || (isOwner && (sensitivity ?? UNCLASSIFIED) < RESTRICTED);
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
  const most = MOST_DAYS[sensitivity ?? UNCLASSIFIED] ?? MOST_DAYS[RESTRICTED];
  if (days < 1 || days > most)
    throw new Invalid(`'${days}' days are more than this sensitivity allows. Give 1 to ${most}.`, ['days']);
}
