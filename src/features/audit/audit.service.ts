import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { Invalid } from '../../core/errors.js';
import type { Page, PageRequest } from '../../core/page.js';
import { Access } from '../../platform/access/access.js';
import type { Action } from '../../platform/access/attributes.js';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import { decodeCursor, encodeCursor } from '../../platform/graphql/page-arguments.js';
import { AssetReader } from '../assets/index.js';
import type { AuditQuestion } from './audit-question.js';
import { AuditRepository, type AuditFilter, type AuditRow, type ExportedEntry } from './audit.repository.js';

const EXPORTED_AT_A_TIME = 1000;

@Injectable()
export class AuditService {
  constructor(
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

/** A cursor that somebody wrote by hand is theirs to mend, not an error of the database. */
function seqOf(after: string): string {
  const [seq = ''] = decodeCursor(after, 1);
  if (!/^\d{1,18}$/.test(seq)) throw new Invalid('after is not the endCursor of a page of this list.', ['after']);
  return seq;
}
