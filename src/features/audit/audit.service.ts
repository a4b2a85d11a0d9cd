import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { Invalid } from '../../core/errors.js';
import type { Page, PageRequest } from '../../core/page.js';
import { Access } from '../../platform/access/access.js';
import { Database } from '../../platform/database/database.js';
import { decodeCursor, encodeCursor } from '../../platform/graphql/page-arguments.js';

export interface AuditQuestion {
  readonly actor?: string | null | undefined;
  readonly action?: string | null | undefined;
  readonly subject?: string | null | undefined;
  readonly from?: Date | null | undefined;
  readonly to?: Date | null | undefined;
}

export interface AuditRow {
  /** A bigint, so a text. */
  readonly seq: string;
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly decision: 'ALLOW' | 'DENY' | null;
  readonly policyId: string | null;
  readonly requestId: string | null;
  readonly detail: unknown;
}

@Injectable()
export class AuditService {
  constructor(
    private readonly database: Database,
    private readonly access: Access,
  ) {}

  /** Newest first. */
  async list(actor: Actor, question: AuditQuestion, page: PageRequest): Promise<Page<AuditRow>> {
    (await this.access.forActor(actor)).require('read_audit', { type: 'system' });
    const before = page.after === null ? null : seqOf(page.after);
    const rows = await this.database.query<AuditRow>(
      `SELECT seq, at, actor_handle AS actor, action, subject_kind AS "subjectKind", subject_id AS "subjectId", decision,
              policy_id AS "policyId", request_id AS "requestId", detail
       FROM audit_log
       WHERE ($1::bigint IS NULL OR seq < $1) AND ($2::text IS NULL OR actor_handle = $2) AND ($3::text IS NULL OR action = $3)
         AND ($4::text IS NULL OR subject_id = $4) AND ($5::timestamptz IS NULL OR at >= $5) AND ($6::timestamptz IS NULL OR at < $6)
       ORDER BY seq DESC LIMIT ${page.first + 1}`,
      [
        before,
        question.actor ?? null,
        question.action ?? null,
        question.subject ?? null,
        question.from ?? null,
        question.to ?? null,
      ],
    );
    const nodes = rows.slice(0, page.first);
    const last = nodes.at(-1);
    return { nodes, hasNextPage: rows.length > page.first, endCursor: last ? encodeCursor([last.seq]) : null };
  }
}

/** A cursor that somebody wrote by hand is theirs to mend, not an error of the database. */
function seqOf(after: string): string {
  const [seq = ''] = decodeCursor(after, 1);
  if (!/^\d{1,18}$/.test(seq)) throw new Invalid('after is not the endCursor of a page of this list.', ['after']);
  return seq;
}
