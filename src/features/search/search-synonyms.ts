import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { Invalid } from '../../core/errors.js';
import type { Page, PageRequest } from '../../core/page.js';
import { Access, type ActorAccess } from '../../platform/access/access.js';
import { Database } from '../../platform/database/database.js';
import { Events } from '../../platform/events/events.js';
import { decodeCursor, encodeCursor } from '../../platform/graphql/page-arguments.js';
import { toAssetResource } from '../assets/index.js';
import { SearchSynonymRepository, type SynonymRow } from './search-synonym.repository.js';
import { foldName, splitWords, type ParsedQuery } from './search-text.js';
import { phrasesOf, withSynonyms } from './synonym-terms.js';

const MOST_SYNONYMS = 20;

/** Other words for words: from the glossary, as far as the actor may see it, and from a list that operators edit. */
@Injectable()
export class SearchSynonyms {
  constructor(
    private readonly synonyms: SearchSynonymRepository,
    private readonly database: Database,
    private readonly access: Access,
    private readonly events: Events,
  ) {}

  async expand(access: ActorAccess, query: ParsedQuery): Promise<ParsedQuery> {
    const phrases = phrasesOf(query.wanted);
    if (phrases.length === 0) return query;
    const listed = await this.synonyms.listWith(phrases);
    const terms = await this.synonyms.listTerms(phrases);
    const visible = terms.filter((term) => access.can('discover', toAssetResource(term)));
    const groups = [
      ...listed.map(({ word, synonyms }) => synonyms.map((synonym) => [word, synonym])).flat(),
      ...visible.map(({ name, displayName, synonyms }) =>
        [name, displayName ?? name, ...synonyms].map(foldName).filter((word) => word !== ''),
      ),
    ];
    return { ...query, wanted: withSynonyms(query.wanted, groups) };
  }

  async list(page: PageRequest): Promise<Page<SynonymRow>> {
    const after = page.after === null ? null : (decodeCursor(page.after, 1)[0] ?? null);
    const rows = await this.synonyms.list(page.first, after);
    const nodes = rows.slice(0, page.first);
    const last = nodes.at(-1);
    return { nodes, hasNextPage: rows.length > page.first, endCursor: last ? encodeCursor([last.word]) : null };
  }

  /** None takes the word out of the list. @throws {Forbidden} without `operate`. @throws {Invalid} */
  async set(actor: Actor, input: { word: string; synonyms: readonly string[] }): Promise<SynonymRow> {
    (await this.access.forActor(actor)).require('operate', { type: 'system' });
    const word = foldName(input.word);
    const synonyms = [...new Set(input.synonyms.map(foldName))].filter((synonym) => synonym !== word);
    if (word === '' || word.length > 100) throw new Invalid('A word has 1 to 100 characters.', ['word']);
    const isStrange = synonyms.some((synonym) => splitWords(synonym).length === 0 || synonym.length > 100);
    if (isStrange || synonyms.length > MOST_SYNONYMS) {
      throw new Invalid(`At most ${MOST_SYNONYMS} synonyms of 1 to 100 characters each.`, ['synonyms']);
    }
    return this.database.transaction(async () => {
      await this.synonyms.set({ word, synonyms });
      this.events.record(actor, {
        type: 'searchSynonym.set',
        subject: { kind: 'searchSynonym', id: word },
        detail: { synonyms },
      });
      return { word, synonyms };
    });
  }
}
