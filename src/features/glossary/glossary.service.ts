import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { Conflict } from '../../core/errors.js';
import { AssetEditor, AssetReader, type AssetRow } from '../assets/index.js';
import { GlossaryRepository } from './glossary.repository.js';
import { termKey, textOf, type NewTerm, type TermKind } from './term.js';

export interface TermChange {
  readonly ref: string;
  readonly kind?: TermKind | null | undefined;
  readonly synonyms?: readonly string[] | null | undefined;
}

/** The words of the business: assets of kind TERM, so that facts, policies, search and audit hold for them as well. */
@Injectable()
export class GlossaryService {
  constructor(
    private readonly editor: AssetEditor,
    private readonly reader: AssetReader,
    private readonly repository: GlossaryRepository,
  ) {}

  /** @throws Forbidden, Invalid naming the field, Conflict when the actor sees a term of that name. */
  async create(actor: Actor, term: NewTerm): Promise<AssetRow> {
    const key = termKey(term);
    const words = [
      { attribute: 'description', value: textOf(term.definition, 'definition', 20_000) },
      { attribute: 'subtype', value: term.kind ?? 'CONCEPT' },
      { attribute: 'synonyms', value: [...(term.synonyms ?? [])] },
      { attribute: 'owners', value: term.owners && term.owners.length > 0 ? [...term.owners] : null },
      { attribute: 'domain', value: term.domain ?? null },
    ];
    const made = await this.editor.create(actor, key, words);
    if (!made)
      throw new Conflict(`There is a term '${key.name}' in '${key.namespace}' already. Change that one.`, [
        'input',
        'name',
      ]);
    return made;
  }

  /** `undefined` leaves, null takes the people's word back. */
  async change(actor: Actor, { ref, kind, synonyms }: TermChange): Promise<AssetRow> {
    return this.editor.say(actor, { ref, kind: 'TERM' }, [
      ...(kind === undefined ? [] : [{ attribute: 'subtype', value: kind }]),
      ...(synonyms === undefined ? [] : [{ attribute: 'synonyms', value: synonyms && [...synonyms] }]),
    ]);
  }

  /** Per word the terms that go by it, as far as the actor may see them. */
  async termsOf(actor: Actor, words: readonly string[]): Promise<Map<string, AssetRow[]>> {
    const named = await this.repository.listByWords(words);
    const visible = await this.reader.listByIds(actor, [...new Set(named.map(({ termId }) => termId))]);
    const byId = new Map(visible.map((row) => [row.id, row]));
    return new Map(
      words.map((word) => [
        word,
        named.filter((one) => one.word === word).flatMap(({ termId }) => byId.get(termId) ?? []),
      ]),
    );
  }
}
