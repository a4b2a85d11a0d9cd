import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import type { ScimGroupRow } from './scim-group.js';
import type { ScimUserRow, UserRecord } from './scim-user.js';

const USER_SQL = `s.account_id AS id, a.handle, s.record, a.disabled_at IS NULL AS "isActive", s.created_at AS "createdAt",
  s.changed_at AS "changedAt",
  (SELECT coalesce(jsonb_agg(jsonb_build_object('value', g.team_id, 'display', g.display_name) ORDER BY g.team_id), '[]')
   FROM team_member m JOIN scim_group g ON g.team_id = m.team_id WHERE m.account_id = a.id) AS groups
  FROM scim_user s JOIN account a ON a.id = s.account_id`;

const GROUP_SQL = `g.team_id AS id, t.handle, g.display_name AS "displayName", g.external_id AS "externalId", g.created_at AS "createdAt",
  g.changed_at AS "changedAt",
  (SELECT coalesce(jsonb_agg(jsonb_build_object('value', s.account_id, 'display', s.user_name) ORDER BY s.account_id), '[]')
   FROM team_member m JOIN scim_user s ON s.account_id = m.account_id WHERE m.team_id = g.team_id) AS members
  FROM scim_group g JOIN team t ON t.id = g.team_id`;

/** What a client most often looks for; other filters read everything, page by page. */
export interface Narrowed {
  readonly userName?: string | undefined;
  readonly displayName?: string | undefined;
  readonly externalId?: string | undefined;
}

@Injectable()
export class ScimRepository {
  constructor(private readonly database: Database) {}

  async findUser(id: string): Promise<ScimUserRow | null> {
    return this.database.queryOne<ScimUserRow>(`SELECT ${USER_SQL} WHERE s.account_id = $1`, [id]);
  }

  /** In the order of ids, after one. */
  async listUsers(after: string | null, count: number, { userName, externalId }: Narrowed): Promise<ScimUserRow[]> {
    return this.database.query<ScimUserRow>(
      `SELECT ${USER_SQL} WHERE ($1::uuid IS NULL OR s.account_id > $1) AND ($2::text IS NULL OR lower(s.user_name) = lower($2))
         AND ($3::text IS NULL OR s.record ->> 'externalId' = $3) ORDER BY s.account_id LIMIT ${count}`,
      [after, userName ?? null, externalId ?? null],
    );
  }

  /** Handle of the account that is called so, and whether SCIM has it already. */
  async findCalled(externalId: string): Promise<{ handle: string; isProvisioned: boolean } | null> {
    return this.database.queryOne(
      `SELECT a.handle, EXISTS (SELECT FROM scim_user s WHERE s.account_id = a.id) AS "isProvisioned"
       FROM account_external_id x JOIN account a ON a.id = x.account_id WHERE x.external_id = $1`,
      [externalId],
    );
  }

  /** The unique index decides: false when the userName is taken. */
  async insertUser(accountId: string, record: UserRecord): Promise<boolean> {
    const rows = await this.database.query(
      `INSERT INTO scim_user (account_id, user_name, record) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING account_id`,
      [accountId, record.userName, JSON.stringify(record)],
    );
    return rows.length === 1;
  }

  async isUserNameTaken(userName: string, exceptId: string): Promise<boolean> {
    const row = await this.database.queryOne(
      'SELECT 1 AS one FROM scim_user WHERE lower(user_name) = lower($1) AND account_id <> $2',
      [userName, exceptId],
    );
    return row !== null;
  }

  async updateUser(accountId: string, record: UserRecord): Promise<void> {
    await this.database.query(
      'UPDATE scim_user SET user_name = $2, record = $3, changed_at = now() WHERE account_id = $1',
      [accountId, record.userName, JSON.stringify(record)],
    );
  }

  async deleteUser(accountId: string): Promise<void> {
    await this.database.query('DELETE FROM scim_user WHERE account_id = $1', [accountId]);
  }

  /** Tokens and sessions: they would otherwise live again with the account. */
  async revokeTokens(accountId: string): Promise<void> {
    await this.database.query(
      'UPDATE access_token SET revoked_at = now() WHERE account_id = $1 AND revoked_at IS NULL',
      [accountId],
    );
  }

  async findGroup(id: string): Promise<ScimGroupRow | null> {
    return this.database.queryOne<ScimGroupRow>(`SELECT ${GROUP_SQL} WHERE g.team_id = $1`, [id]);
  }

  /** In the order of ids, after one. */
  async listGroups(
    after: string | null,
    count: number,
    { displayName, externalId }: Narrowed,
  ): Promise<ScimGroupRow[]> {
    return this.database.query<ScimGroupRow>(
      `SELECT ${GROUP_SQL} WHERE ($1::uuid IS NULL OR g.team_id > $1) AND ($2::text IS NULL OR lower(g.display_name) = lower($2))
         AND ($3::text IS NULL OR g.external_id = $3) ORDER BY g.team_id LIMIT ${count}`,
      [after, displayName ?? null, externalId ?? null],
    );
  }

  /** The unique indexes decide: false when the team or the name has a group already. */
  async insertGroup(teamId: string, displayName: string, externalId: string | null): Promise<boolean> {
    const rows = await this.database.query(
      `INSERT INTO scim_group (team_id, display_name, external_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING team_id`,
      [teamId, displayName, externalId],
    );
    return rows.length === 1;
  }

  async isGroupNameTaken(displayName: string, exceptId: string): Promise<boolean> {
    const row = await this.database.queryOne(
      'SELECT 1 AS one FROM scim_group WHERE lower(display_name) = lower($1) AND team_id <> $2',
      [displayName, exceptId],
    );
    return row !== null;
  }

  async updateGroup(teamId: string, displayName: string, externalId: string | null): Promise<void> {
    await this.database.query(
      'UPDATE scim_group SET display_name = $2, external_id = $3, changed_at = now() WHERE team_id = $1',
      [teamId, displayName, externalId],
    );
    await this.database.query('UPDATE team SET name = $2 WHERE id = $1', [teamId, displayName]);
  }

  async deleteGroup(teamId: string): Promise<void> {
    await this.database.query('DELETE FROM scim_group WHERE team_id = $1', [teamId]);
  }

  /** Of the people that SCIM knows exactly these; others in the team stay. @returns those that SCIM does not know */
  async setMembers(teamId: string, accountIds: readonly string[]): Promise<string[]> {
    await this.database.query(
      `DELETE FROM team_member m USING scim_user s WHERE m.team_id = $1 AND s.account_id = m.account_id AND m.account_id <> ALL($2::uuid[])`,
      [teamId, accountIds],
    );
    await this.database.query(
      `INSERT INTO team_member SELECT $1, s.account_id FROM scim_user s WHERE s.account_id = ANY($2::uuid[]) ON CONFLICT DO NOTHING`,
      [teamId, accountIds],
    );
    const rows = await this.database.query<{ id: string }>(
      `SELECT id FROM unnest($1::uuid[]) AS id WHERE NOT EXISTS (SELECT FROM scim_user s WHERE s.account_id = id)`,
      [accountIds],
    );
    return rows.map(({ id }) => id);
  }
}
