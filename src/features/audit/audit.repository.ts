import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';

/** What narrows the log, with references resolved. Null does not narrow. */
export interface AuditFilter {
  readonly actor: string | null;
  readonly action: string | null;
  readonly subjects: readonly string[] | null;
  readonly policyId: string | null;
  readonly decision: string | null;
  readonly from: Date | null;
  readonly to: Date | null;
}

export interface AuditRow {
  /** A bigint, so a text. */
  readonly seq: string;
  readonly at: Date;
  /** Handle, or `erased:` and the beginning of the key. */
  readonly actor: string;
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly decision: 'ALLOW' | 'DENY' | null;
  readonly policyId: string | null;
  readonly requestId: string | null;
  readonly detail: unknown;
}

/** With all that it takes to check the chain (docs/audit.md). Hashes, keys and salts in hex. */
export interface ExportedEntry {
  readonly seq: number;
  /** RFC 3339 in UTC with microseconds. */
  readonly at: string;
  readonly actor: {
    readonly key: string;
    readonly id: string | null;
    readonly handle: string | null;
    readonly salt: string | null;
  };
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly decision: 'ALLOW' | 'DENY' | null;
  readonly policyId: string | null;
  readonly requestId: string | null;
  readonly detail: unknown;
  readonly detailSalt: string | null;
  readonly detailHash: string | null;
  readonly prevHash: string;
  readonly hash: string;
}

export interface Person {
  readonly key: string;
  readonly accountId: string | null;
  readonly name: string | null;
  readonly email: string | null;
  readonly isDisabled: boolean;
}

const FILTER_SQL = `($2::text IS NULL OR actor_key IN (SELECT key FROM audit_person WHERE handle = $2))
  AND ($3::text IS NULL OR action = $3) AND ($4::text[] IS NULL OR subject_id = ANY($4)) AND ($5::text IS NULL OR policy_id = $5)
  AND ($6::text IS NULL OR decision = $6) AND ($7::timestamptz IS NULL OR at >= $7) AND ($8::timestamptz IS NULL OR at < $8)`;

const EXPORTED_SQL = `seq::float8 AS seq, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at,
  jsonb_build_object('key', encode(actor_key, 'hex'), 'id', actor_id, 'handle', actor_handle, 'salt', encode(actor_salt, 'hex')) AS actor,
  action, subject_kind AS "subjectKind", subject_id AS "subjectId", decision, policy_id AS "policyId", request_id AS "requestId",
  detail, encode(detail_salt, 'hex') AS "detailSalt", encode(detail_hash, 'hex') AS "detailHash",
  encode(prev_hash, 'hex') AS "prevHash", encode(hash, 'hex') AS hash`;

@Injectable()
export class AuditRepository {
  constructor(private readonly database: Database) {}

  /** Newest first, before a place in the log. */
  async list(filter: AuditFilter, before: string | null, limit: number): Promise<AuditRow[]> {
    return this.database.query<AuditRow>(
      `SELECT seq, at, coalesce(actor_handle, 'erased:' || left(encode(actor_key, 'hex'), 12)) AS actor, action,
              subject_kind AS "subjectKind", subject_id AS "subjectId", decision, policy_id AS "policyId",
              request_id AS "requestId", coalesce(detail, '{"erased": true}') AS detail
       FROM audit_entry WHERE ($1::bigint IS NULL OR seq < $1) AND ${FILTER_SQL} ORDER BY seq DESC LIMIT ${limit}`,
      [before, ...parametersOf(filter)],
    );
  }

  /** Oldest first, after a place in the log. */
  async listForExport(filter: AuditFilter, after: number, limit: number): Promise<ExportedEntry[]> {
    return this.database.query<ExportedEntry>(
      `SELECT ${EXPORTED_SQL} FROM audit_entry WHERE seq > $1::bigint AND ${FILTER_SQL} ORDER BY seq LIMIT ${limit}`,
      [after, ...parametersOf(filter)],
    );
  }

  /** The account of that handle as the chain knows it; null when it never did anything. */
  async findPerson(handle: string): Promise<Person | null> {
    return this.database.queryOne<Person>(
      `SELECT encode(p.key, 'hex') AS key, p.account_id AS "accountId", a.name, a.email, coalesce(a.disabled_at IS NOT NULL, true) AS "isDisabled"
       FROM audit_person p LEFT JOIN account a ON a.id = p.account_id WHERE p.handle = $1 AND p.account_id IS NOT NULL`,
      [handle],
    );
  }

  /** Places of the details that the person wrote, is the subject of, or is named in, oldest first. */
  async listDetailsOf(person: Person, handle: string): Promise<number[]> {
    const names = [handle, person.name, person.email].flatMap((name) => name ?? []);
    const rows = await this.database.query<{ seq: number }>(
      `SELECT d.seq::float8 AS seq FROM audit_detail d JOIN audit_log l USING (seq)
       WHERE d.detail IS NOT NULL AND l.action <> 'audit.erased' AND (l.actor = decode($1, 'hex') OR l.subject_id = $2
         OR jsonb_path_exists(d.detail, '$.** ? (@ == $names[*])', jsonb_build_object('names', to_jsonb($3::text[]))))
       ORDER BY d.seq`,
      [person.key, person.accountId, names],
    );
    return rows.map(({ seq }) => seq);
  }

  async erase(person: Person, details: readonly number[]): Promise<void> {
    await this.database.query('UPDATE audit_detail SET salt = NULL, detail = NULL WHERE seq = ANY($1::bigint[])', [
      details,
    ]);
    await this.database.query(
      `UPDATE audit_person SET salt = NULL, account_id = NULL, handle = NULL, erased_at = now() WHERE key = decode($1, 'hex')`,
      [person.key],
    );
  }
}

function parametersOf(filter: AuditFilter): unknown[] {
  const { actor, action, subjects, policyId, decision, from, to } = filter;
  return [actor, action, subjects, policyId, decision, from, to];
}
