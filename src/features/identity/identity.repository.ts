import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Conflict, NotFound } from '../../core/errors.js';
import { GRANTS_SQL } from '../../platform/access/grants.js';
import { Database } from '../../platform/database/database.js';
import type { AccountRow, CheckedAccount, TokenRow } from './account.js';

const ACCOUNT_SQL = `a.id, a.kind, a.handle, a.name, a.email, a.roles, a.attributes, a.disabled_at AS "disabledAt",
  ARRAY(SELECT t.handle FROM team_member m JOIN team t ON t.id = m.team_id WHERE m.account_id = a.id ORDER BY t.handle) AS teams,
  ARRAY(SELECT x.external_id FROM account_external_id x WHERE x.account_id = a.id ORDER BY x.external_id) AS "externalIds",
  ${GRANTS_SQL} AS grants`;

const TOKEN_SQL = `id, kind, scopes, account_id AS "accountId", name, prefix, ingest_namespaces AS "ingestNamespaces", trusts_attributes AS "trustsAttributes",
  created_at AS "createdAt", expires_at AS "expiresAt", revoked_at AS "revokedAt", last_used_at AS "lastUsedAt"`;

export interface NewToken {
  readonly accountId: string;
  readonly name: string;
  readonly prefix: string;
  readonly hash: Buffer;
  readonly ingestNamespaces: readonly string[] | null;
  readonly trustsAttributes: boolean;
  readonly expiresAt: Date | null;
  readonly scopes: readonly string[] | null;
  /** `TOKEN` when left out. */
  readonly kind?: TokenRow['kind'];
}

@Injectable()
export class IdentityRepository {
  constructor(private readonly database: Database) {}

  async findByHandle(handle: string): Promise<AccountRow | null> {
    return this.database.queryOne<AccountRow>(`SELECT ${ACCOUNT_SQL} FROM account a WHERE a.handle = $1`, [handle]);
  }

  /** By handle, id or what another system calls it; a handle comes first, then an id. Disabled accounts too. */
  async listCalled(names: readonly string[]): Promise<(AccountRow & { readonly called: string })[]> {
    return this.database.query(
      `SELECT n.called, ${ACCOUNT_SQL} FROM unnest($1::text[]) AS n (called) JOIN account a ON a.id = coalesce(
         (SELECT h.id FROM account h WHERE h.handle = n.called),
         (SELECT i.id FROM account i WHERE i.id = CASE WHEN n.called ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN n.called::uuid END),
         (SELECT x.account_id FROM account_external_id x WHERE x.external_id = n.called))`,
      [names],
    );
  }

  async getByHandle(handle: string): Promise<AccountRow> {
    const account = await this.findByHandle(handle);
    if (!account) throw new NotFound(`There is no account '${handle}'.`, ['handle']);
    return account;
  }

  /** Until the transaction ends nobody else changes it: a change is laid over what was read. */
  async getLocked(handle: string): Promise<AccountRow> {
    await this.database.query('SELECT FROM account WHERE handle = $1 FOR UPDATE', [handle]);
    return this.getByHandle(handle);
  }

  async list(first: number, afterHandle: string | null): Promise<AccountRow[]> {
    return this.database.query<AccountRow>(
      `SELECT ${ACCOUNT_SQL} FROM account a WHERE $1::text IS NULL OR a.handle > $1 ORDER BY a.handle LIMIT ${first + 1}`,
      [afterHandle],
    );
  }

  /** The unique constraint decides whether the handle is taken. */
  async insert(account: CheckedAccount): Promise<void> {
    await this.claim([account.handle]);
    if (await this.isTeam(account.handle)) throw taken(account.handle, 'a team');
    const rows = await this.database.query(
      `INSERT INTO account (id, kind, handle, name, email, roles, attributes) VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT ON CONSTRAINT account_handle_key DO NOTHING RETURNING id`,
      [
        uuidv7(),
        account.kind,
        account.handle,
        account.name,
        account.email,
        account.roles,
        JSON.stringify(account.attributes),
      ],
    );
    if (rows.length === 0) throw taken(account.handle, 'an account');
    await this.setTeams(account.handle, account.teams);
    await this.setExternalIds(account);
  }

  async update(account: CheckedAccount, isDisabled: boolean): Promise<void> {
    await this.database.query(
      `UPDATE account SET name = $2, roles = $3, attributes = $4, email = $6,
         disabled_at = CASE WHEN $5 THEN coalesce(disabled_at, now()) END WHERE handle = $1`,
      [account.handle, account.name, account.roles, JSON.stringify(account.attributes), isDisabled, account.email],
    );
    await this.setTeams(account.handle, account.teams);
    await this.setExternalIds(account);
  }

  async insertToken(token: NewToken): Promise<TokenRow> {
    const rows = await this.database.query<TokenRow>(
      `INSERT INTO access_token (id, account_id, name, prefix, hash, ingest_namespaces, expires_at, trusts_attributes, kind, scopes)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       ON CONFLICT ON CONSTRAINT access_token_hash_key DO UPDATE SET name = excluded.name RETURNING ${TOKEN_SQL}`,
      [
        uuidv7(),
        token.accountId,
        token.name,
        token.prefix,
        token.hash,
        token.ingestNamespaces,
        token.expiresAt,
        token.trustsAttributes,
        token.kind ?? 'TOKEN',
        token.scopes,
      ],
    );
    const [row] = rows;
    if (!row) throw new Error('The token was not stored.');
    return row;
  }

  async findToken(id: string): Promise<TokenRow | null> {
    return this.database.queryOne<TokenRow>(`SELECT ${TOKEN_SQL} FROM access_token WHERE id = $1`, [id]);
  }

  async revokeToken(id: string): Promise<void> {
    await this.database.query('UPDATE access_token SET revoked_at = coalesce(revoked_at, now()) WHERE id = $1', [id]);
  }

  async listTokens(accountIds: readonly string[]): Promise<TokenRow[]> {
    return this.database.query<TokenRow>(
      `SELECT ${TOKEN_SQL} FROM access_token WHERE account_id = ANY($1::uuid[]) ORDER BY created_at DESC, id DESC`,
      [accountIds],
    );
  }

  async deleteEndedTokens(): Promise<void> {
    await this.database.query(
      `DELETE FROM access_token WHERE least(expires_at, revoked_at) < now() - interval '90 days'`,
    );
  }

  /** The value of a setting; `make` is used when there is none yet. */
  async setting(key: string, make: () => string): Promise<string> {
    await this.database.query('INSERT INTO setting VALUES ($1, to_jsonb($2::text)) ON CONFLICT (key) DO NOTHING', [
      key,
      make(),
    ]);
    const row = await this.database.queryOne<{ value: string }>('SELECT value FROM setting WHERE key = $1', [key]);
    return row?.value ?? make();
  }

  /** Owners are named by handle, so an account and a team never share one; no constraint spans two tables. */
  private async claim(handles: readonly string[]): Promise<void> {
    await this.database.query(
      'SELECT pg_advisory_xact_lock(hashtextextended(handle, 7201004)) FROM (SELECT unnest($1::text[]) AS handle ORDER BY 1) t',
      [handles],
    );
  }

  /** The primary key decides whether another account is called so. */
  private async setExternalIds({ handle, externalIds }: CheckedAccount): Promise<void> {
    await this.database.query(
      `DELETE FROM account_external_id WHERE account_id = (SELECT id FROM account WHERE handle = $1) AND external_id <> ALL($2::text[])`,
      [handle, externalIds],
    );
    const rows = await this.database.query<{ id: string }>(
      `INSERT INTO account_external_id SELECT x, a.id FROM unnest($2::text[]) AS x, account a WHERE a.handle = $1
       ON CONFLICT ON CONSTRAINT account_external_id_pkey DO UPDATE SET account_id = account_external_id.account_id
         WHERE account_external_id.account_id = excluded.account_id RETURNING external_id AS id`,
      [handle, externalIds],
    );
    const kept = new Set(rows.map(({ id }) => id));
    const other = externalIds.find((id) => !kept.has(id));
    if (other !== undefined) throw new Conflict(`Another account is called '${other}'.`, ['externalIds']);
  }

  /** @throws Conflict when an account is called so */
  async ensureTeam(handle: string, name: string): Promise<{ id: string; isNew: boolean }> {
    await this.claim([handle]);
    await this.refuseAccounts([handle]);
    const made = await this.database.queryOne<{ id: string }>(
      'INSERT INTO team (id, handle, name) VALUES ($1, $2, $3) ON CONFLICT ON CONSTRAINT team_handle_key DO NOTHING RETURNING id',
      [uuidv7(), handle, name],
    );
    const team =
      made ?? (await this.database.queryOne<{ id: string }>('SELECT id FROM team WHERE handle = $1', [handle]));
    if (!team) throw new Error('The team was not stored.');
    return { id: team.id, isNew: made !== null };
  }

  private async refuseAccounts(teams: readonly string[]): Promise<void> {
    const account = await this.database.queryOne<{ handle: string }>(
      'SELECT handle FROM account WHERE handle = ANY($1::text[]) ORDER BY handle LIMIT 1',
      [teams],
    );
    if (account) throw new Conflict(`'${account.handle}' is an account, not a team.`, ['teams']);
  }

  private async isTeam(handle: string): Promise<boolean> {
    return (await this.database.queryOne('SELECT id FROM team WHERE handle = $1', [handle])) !== null;
  }

  private async setTeams(handle: string, teams: readonly string[]): Promise<void> {
    await this.claim(teams);
    await this.refuseAccounts(teams);
    await this.database.query(
      `INSERT INTO team (id, handle, name) SELECT * FROM unnest($1::uuid[], $2::text[], $2::text[])
       ON CONFLICT ON CONSTRAINT team_handle_key DO NOTHING`,
      [teams.map(() => uuidv7()), teams],
    );
    await this.database.query(`DELETE FROM team_member WHERE account_id = (SELECT id FROM account WHERE handle = $1)`, [
      handle,
    ]);
    await this.database.query(
      `INSERT INTO team_member SELECT t.id, a.id FROM team t, account a WHERE a.handle = $1 AND t.handle = ANY($2::text[])`,
      [handle, teams],
    );
  }
}

function taken(handle: string, by: string): Conflict {
  return new Conflict(`The handle '${handle}' is taken by ${by}.`, ['handle']);
}
