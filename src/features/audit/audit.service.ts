import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { Conflict, Invalid, NotFound } from '../../core/errors.js';
import type { Page, PageRequest } from '../../core/page.js';
import { Access } from '../../platform/access/access.js';
import type { Action } from '../../platform/access/attributes.js';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import { Database } from '../../platform/database/database.js';
import { decodeCursor, encodeCursor } from '../../platform/graphql/page-arguments.js';
import { AssetReader } from '../assets/index.js';
import type { AuditQuestion } from './audit-question.js';
import { AuditRepository, type AuditFilter, type AuditRow, type ExportedEntry } from './audit.repository.js';

const EXPORTED_AT_A_TIME = 1000;

export interface Erasure {
  /** How many details went. */
  readonly details: number;
}

@Injectable()
export class AuditService {
  constructor(
    private readonly database: Database,
    private readonly repository: AuditRepository,
    private readonly reader: AssetReader,
    private readonly access: Access,
    private readonly audit: AuditTrail,
  ) {}

  /** Newest first. */
  async list(actor: Actor, question: AuditQuestion, page: PageRequest): Promise<Page<AuditRow>> {
    const filter = await this.filterOf(actor, question);
    const before = page.after === null ? null : seqOf(page.after);
    const rows = await this.repository.list(filter, before, page.first + 1);
    const nodes = rows.slice(0, page.first);
    const last = nodes.at(-1);
    return { nodes, hasNextPage: rows.length > page.first, endCursor: last ? encodeCursor([last.seq]) : null };
  }

  /** Oldest first, a thousand at a time, so that any log fits in memory. That it was taken out is written down first. */
  async export(actor: Actor, question: AuditQuestion): Promise<AsyncGenerator<readonly ExportedEntry[]>> {
    const filter = await this.filterOf(actor, question);
    const subject = { kind: 'audit', id: 'export' };
    const given = Object.entries(question).filter(([, value]) => value !== null && value !== undefined);
    await this.audit.write({ actor, action: 'audit.exported', subject, detail: Object.fromEntries(given) });
    return this.parts(filter);
  }

  /**
   * Takes away who somebody is and what the log says of them in detail. The chain keeps its salted hashes, that something
   * was done, when and to what, and this erasure with its reason.
   * @throws Invalid without a reason, NotFound, Conflict while the account may still sign in.
   */
  async erase(actor: Actor, handle: string, reason: string): Promise<Erasure> {
    await this.require(actor, 'manage_accounts');
    if (reason.trim() === '' || reason.length > 1000)
      throw new Invalid('Say why, in 1 to 1000 characters.', ['reason']);
    return this.database.transaction(async () => {
      const person = await this.repository.findPerson(handle);
      if (!person) throw new NotFound(`The audit log knows no '${handle.slice(0, 100)}'.`, ['account']);
      if (!person.isDisabled)
        throw new Conflict(`'${handle}' can still sign in. Disable the account first.`, ['account']);
      const details = await this.repository.listDetailsOf(person, handle);
      await this.repository.erase(person, details);
      const subject = { kind: 'auditPerson', id: person.key };
      const detail = { person: person.key, details: rangesOf(details), reason: reason.trim() };
      await this.audit.write({ actor, action: 'audit.erased', subject, detail });
      return { details: details.length };
    });
  }

  private async *parts(filter: AuditFilter): AsyncGenerator<readonly ExportedEntry[]> {
    for (let after = 0, isMore = true; isMore;) {
      const entries = await this.repository.listForExport(filter, after, EXPORTED_AT_A_TIME);
      yield entries;
      after = entries.at(-1)?.seq ?? after;
      isMore = entries.length === EXPORTED_AT_A_TIME;
    }
  }

  private async filterOf(actor: Actor, question: AuditQuestion): Promise<AuditFilter> {
    await this.require(actor, 'read_audit');
    const { actor: handle, action, policyId, decision, from, to } = question;
    return {
      actor: handle ?? null,
      action: action ?? null,
      subjects: await this.subjectsOf(actor, question),
      policyId: policyId ?? null,
      decision: decision ?? null,
      from: from ?? null,
      to: to ?? null,
    };
  }

  /** Who asked for what did not exist, or does not exist for the auditor, stands under the reference itself. */
  private async subjectsOf(actor: Actor, { subject, asset }: AuditQuestion): Promise<string[] | null> {
    if (typeof asset !== 'string') return typeof subject === 'string' ? [subject] : null;
    if (typeof subject === 'string') throw new Invalid('Give a subject or an asset, not both.', ['filter', 'asset']);
    const found = await this.reader.find(actor, asset);
    return found ? [found.id, asset] : [asset];
  }

  private async require(actor: Actor, action: Action): Promise<void> {
    (await this.access.forActor(actor)).require(action, { type: 'system' });
  }
}

/** [1, 2, 3, 7] as [[1, 3], [7, 7]]. */
function rangesOf(sorted: readonly number[]): [number, number][] {
  const ranges: [number, number][] = [];
  for (const seq of sorted) {
    const last = ranges.at(-1);
    if (last && last[1] === seq - 1) last[1] = seq;
    else ranges.push([seq, seq]);
  }
  return ranges;
}

/** A cursor that somebody wrote by hand is theirs to mend, not an error of the database. */
function seqOf(after: string): string {
  const [seq = ''] = decodeCursor(after, 1);
  if (!/^\d{1,18}$/.test(seq)) throw new Invalid('after is not the endCursor of a page of this list.', ['after']);
  return seq;
}
