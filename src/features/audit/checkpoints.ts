import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { Access } from '../../platform/access/access.js';
import { canonicalJson } from '../../platform/canonical-json.js';
import { Database } from '../../platform/database/database.js';
import { SigningKey } from './signing-key.js';

/** How far the chain had come at an instant, signed. Hashes in hex, key and signature in base64. */
export interface Checkpoint {
  /** From 1, without gaps. */
  readonly number: number;
  /** RFC 3339 in UTC with milliseconds. */
  readonly at: string;
  readonly seq: number;
  readonly hash: string;
  readonly publicKey: string;
  readonly signature: string;
}

const CHECKPOINT_SQL = `number::float8 AS number, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at,
  seq::float8 AS seq, encode(hash, 'hex') AS hash, public_key AS "publicKey",
  translate(encode(signature, 'base64'), E'\\n', '') AS signature`;

/** What makes a rewritten chain show: whoever writes to the database has no key to sign with. */
@Injectable()
export class Checkpoints {
  constructor(
    private readonly database: Database,
    private readonly access: Access,
    private readonly key: SigningKey,
  ) {}

  /** Null when nothing was written since the last one. */
  async make(now: Date): Promise<Checkpoint | null> {
    return this.database.transaction(async () => {
      // Also the turn of whoever makes one at the same time.
      const head = await this.database.queryOne<{ seq: number; hash: string }>(
        `SELECT seq::float8 AS seq, encode(hash, 'hex') AS hash FROM audit_head FOR UPDATE`,
      );
      const last = await this.newest();
      if (!head || head.seq === (last?.seq ?? 0)) return null;
      const signed = { number: (last?.number ?? 0) + 1, at: now.toISOString(), ...head };
      const signature = this.key.sign(canonicalJson({ chain: 'cadastre.audit.v1', ...signed }));
      await this.database.query(
        `INSERT INTO audit_checkpoint (number, at, seq, hash, public_key, signature) VALUES ($1, $2, $3, decode($4, 'hex'), $5, $6)`,
        [signed.number, signed.at, signed.seq, signed.hash, this.key.publicKey(), signature],
      );
      return this.newest();
    });
  }

  /** Made now, or the newest when nothing was written since; null in an empty log. @throws Forbidden */
  async makeFor(actor: Actor, now: Date): Promise<Checkpoint | null> {
    await this.requireAuditor(actor);
    return (await this.make(now)) ?? this.newest();
  }

  /** Oldest first. @throws Forbidden */
  async list(actor: Actor): Promise<Checkpoint[]> {
    await this.requireAuditor(actor);
    return this.database.query<Checkpoint>(`SELECT ${CHECKPOINT_SQL} FROM audit_checkpoint c ORDER BY c.number`);
  }

  private async newest(): Promise<Checkpoint | null> {
    return this.database.queryOne<Checkpoint>(
      `SELECT ${CHECKPOINT_SQL} FROM audit_checkpoint c ORDER BY c.number DESC LIMIT 1`,
    );
  }

  private async requireAuditor(actor: Actor): Promise<void> {
    (await this.access.forActor(actor)).require('read_audit', { type: 'system' });
  }
}
