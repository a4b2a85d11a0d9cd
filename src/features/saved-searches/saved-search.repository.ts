import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../../core/actor.js';
import { Conflict } from '../../core/errors.js';
import { Database } from '../../platform/database/database.js';
import { storedFilter, type SavedSearch, type SearchedWords } from './saved-search.js';

const SEARCH_SQL = `s.id, s.account_id AS "accountId", p.handle AS owner, s.name, s.query, s.filter, s.sort, t.handle AS team,
  s.is_watched AS "isWatched", s.is_too_broad AS "isTooBroad", s.created_at AS "createdAt"
  FROM saved_search s JOIN account p ON p.id = s.account_id LEFT JOIN team t ON t.id = s.team_id`;

/** Mine, and what my teams are shown. */
const READABLE_SQL = '(s.account_id = $1::uuid OR t.handle = ANY($2::text[]))';

type StoredSearch = Omit<SavedSearch, 'filter'> & { readonly filter: unknown };

@Injectable()
export class SavedSearchRepository {
  constructor(private readonly database: Database) {}

  /** By name; one more than `first`. */
  async list(actor: Actor, first: number, after: readonly [string, string] | null): Promise<SavedSearch[]> {
    const rows = await this.database.query<StoredSearch>(
      `SELECT ${SEARCH_SQL} WHERE ${READABLE_SQL} AND ($3::text IS NULL OR (s.name, s.id) > ($3, $4::uuid))
       ORDER BY s.name, s.id LIMIT ${first + 1}`,
      [actor.id, actor.teamIds, ...(after ?? [null, null])],
    );
    return rows.map(parsed);
  }

  async listByIds(actor: Actor, ids: readonly string[]): Promise<SavedSearch[]> {
    const rows = await this.database.query<StoredSearch>(
      `SELECT ${SEARCH_SQL} WHERE ${READABLE_SQL} AND s.id = ANY($3::uuid[])`,
      [actor.id, actor.teamIds, ids],
    );
    return rows.map(parsed);
  }

  /** Of the actor's own; nobody else changes it until the transaction ends. */
  async findLocked(actor: Actor, id: string): Promise<SavedSearch | null> {
    const row = await this.database.queryOne<StoredSearch>(
      `SELECT ${SEARCH_SQL} WHERE s.account_id = $1::uuid AND s.id = $2::uuid FOR UPDATE OF s`,
      [actor.id, id],
    );
    return row && parsed(row);
  }

  async count(accountId: string): Promise<number> {
    const row = await this.database.queryOne<{ count: number }>(
      'SELECT count(*)::int AS count FROM saved_search WHERE account_id = $1::uuid',
      [accountId],
    );
    return row?.count ?? 0;
  }

  /** @throws Conflict when another search of the account has the name. */
  async insert(accountId: string, words: SearchedWords): Promise<string> {
    const id = uuidv7();
    const rows = await this.database.query(
      `INSERT INTO saved_search (id, account_id, name, query, filter, sort, team_id, is_watched)
       VALUES ($1, $2, $3, $4, $5, $6, (SELECT id FROM team WHERE handle = $7), $8)
       ON CONFLICT ON CONSTRAINT saved_search_name_key DO NOTHING RETURNING id`,
      [id, accountId, ...parametersOf(words)],
    );
    if (rows.length === 0) throw taken(words.name);
    return id;
  }

  /** @throws Conflict when another search of the account has the name. */
  async update(search: SavedSearch, words: SearchedWords): Promise<void> {
    const rows = await this.database.query(
      `UPDATE saved_search s SET name = $3, query = $4, filter = $5, sort = $6,
         team_id = (SELECT id FROM team WHERE handle = $7), is_watched = $8
       WHERE s.id = $1::uuid AND NOT EXISTS (
         SELECT FROM saved_search o WHERE o.account_id = $2::uuid AND o.name = $3 AND o.id <> s.id) RETURNING s.id`,
      [search.id, search.accountId, ...parametersOf(words)],
    );
    if (rows.length === 0) throw taken(words.name);
  }

  async delete(id: string): Promise<void> {
    await this.database.query('DELETE FROM saved_search WHERE id = $1::uuid', [id]);
  }

  async deleteOf(accountId: string): Promise<void> {
    await this.database.query('DELETE FROM saved_search WHERE account_id = $1::uuid', [accountId]);
  }

  /**
   * The watched search that nobody has looked at for longest, locked; null when none is due: each is looked at once, and
   * again when the index has moved on and the last look is `pauseSeconds` old.
   */
  async lockDue(position: string, pauseSeconds: number): Promise<SavedSearch | null> {
    const row = await this.database.queryOne<StoredSearch>(
      `SELECT ${SEARCH_SQL}
       WHERE s.is_watched AND p.disabled_at IS NULL AND (s.looked_at IS NULL OR (
         s.looked_at <= now() - make_interval(secs => $2) AND s.looked_position < $1::bigint))
       ORDER BY s.looked_at NULLS FIRST LIMIT 1 FOR UPDATE OF s SKIP LOCKED`,
      [position, pauseSeconds],
    );
    return row && parsed(row);
  }
}

function parametersOf({ name, query, filter, sort, team, isWatched }: SearchedWords): unknown[] {
  return [name, query, JSON.stringify(filter), sort, team, isWatched];
}

function parsed(row: StoredSearch): SavedSearch {
  return { ...row, filter: storedFilter.parse(row.filter) };
}

function taken(name: string): Conflict {
  return new Conflict(`You have a search called '${name}' already.`, ['input', 'name']);
}
