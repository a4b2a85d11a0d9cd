import { Injectable } from '@nestjs/common';
import { validate as isUuid } from 'uuid';
import type { Actor } from '../../core/actor.js';
import { Conflict, Invalid, NotFound } from '../../core/errors.js';
import type { Page, PageRequest } from '../../core/page.js';
import { Database } from '../../platform/database/database.js';
import { Events } from '../../platform/events/events.js';
import { decodeCursor, encodeCursor } from '../../platform/graphql/page-arguments.js';
import { checkQuery } from '../search/index.js';
import { MatchRepository } from './match.repository.js';
import { asksAnew, changed, type SavedSearch, type SavedSearchChange } from './saved-search.js';
import { SavedSearchRepository } from './saved-search.repository.js';
import { SearchWatch } from './search-watch.js';

const MOST_SEARCHES = 100;

/** Searches that people keep. Only the owner changes one; members of the team it is shared with read and run it. */
@Injectable()
export class SavedSearchesService {
  constructor(
    private readonly database: Database,
    private readonly searches: SavedSearchRepository,
    private readonly matches: MatchRepository,
    private readonly watch: SearchWatch,
    private readonly events: Events,
  ) {}

  /** The actor's own and those shared with his teams, by name. */
  async list(actor: Actor, page: PageRequest): Promise<Page<SavedSearch>> {
    const after = page.after === null ? null : placeOf(page.after);
    const rows = await this.searches.list(actor, page.first, after);
    const nodes = rows.slice(0, page.first);
    const last = nodes.at(-1);
    const endCursor = last ? encodeCursor([last.name, last.id]) : null;
    return { nodes, hasNextPage: rows.length > page.first, endCursor };
  }

  /** In the order of the ids; null for those that are not there, or somebody else's. */
  async findAll(actor: Actor, ids: readonly string[]): Promise<(SavedSearch | null)[]> {
    const known = ids.filter((id) => isUuid(id));
    const rows = known.length > 0 ? await this.searches.listByIds(actor, known) : [];
    const byId = new Map(rows.map((search) => [search.id, search]));
    return ids.map((id) => byId.get(id) ?? null);
  }

  /** @throws {Invalid} @throws {Conflict} for a name that is taken, or too many searches. */
  async create(actor: Actor, input: SavedSearchChange): Promise<SavedSearch> {
    const words = changed(null, input, actor.teamIds);
    checkQuery(words.query, ['input', 'query']);
    return this.database.transaction(async () => {
      if ((await this.searches.count(actor.id)) >= MOST_SEARCHES)
        throw new Conflict(`You keep ${MOST_SEARCHES} searches already. Delete one first.`, ['input']);
      const id = await this.searches.insert(actor.id, words);
      this.record(actor, 'savedSearch.created', id);
      return this.begun(actor, id);
    });
  }

  /** @throws as `create`, and {NotFound} */
  async update(actor: Actor, id: string, input: SavedSearchChange): Promise<SavedSearch> {
    return this.database.transaction(async () => {
      const search = await this.getLocked(actor, id);
      const words = changed(search, input, actor.teamIds);
      checkQuery(words.query, ['input', 'query']);
      await this.searches.update(search, words);
      this.record(actor, 'savedSearch.changed', id);
      const isSame = !asksAnew(search, words) && search.isWatched === words.isWatched;
      if (isSame) return this.getLocked(actor, id);
      await this.matches.forget(id);
      return this.begun(actor, id);
    });
  }

  /** Its notices go with it. @throws {NotFound} */
  async delete(actor: Actor, id: string): Promise<void> {
    await this.database.transaction(async () => {
      await this.getLocked(actor, id);
      await this.searches.delete(id);
      this.record(actor, 'savedSearch.deleted', id);
    });
  }

  async forget(accountId: string): Promise<void> {
    await this.searches.deleteOf(accountId);
  }

  /** What a watched search matches now is where watching begins. */
  private async begun(actor: Actor, id: string): Promise<SavedSearch> {
    const search = await this.getLocked(actor, id);
    if (!search.isWatched) return search;
    await this.watch.look(search);
    return this.getLocked(actor, id);
  }

  private async getLocked(actor: Actor, id: string): Promise<SavedSearch> {
    const search = isUuid(id) ? await this.searches.findLocked(actor, id) : null;
    if (!search) throw new NotFound('You keep no such search.', ['id']);
    return search;
  }

  private record(actor: Actor, type: string, id: string): void {
    this.events.record(actor, { type, subject: { kind: 'savedSearch', id } });
  }
}

function placeOf(after: string): readonly [string, string] {
  const [name = '', id = ''] = decodeCursor(after, 2);
  if (!isUuid(id)) throw new Invalid('after is not the endCursor of a page of this list.', ['after']);
  return [name, id];
}
