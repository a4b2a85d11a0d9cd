import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';

export interface NamedTerm {
  /** The word as it was asked for. */
  readonly word: string;
  readonly termId: string;
}

@Injectable()
export class GlossaryRepository {
  constructor(private readonly database: Database) {}

  /** Terms that go by one of the words: their name, shown name or a synonym, in any case. */
  async listByWords(words: readonly string[]): Promise<NamedTerm[]> {
    return this.database.query<NamedTerm>(
      `SELECT w.word, a.id AS "termId" FROM unnest($1::text[]) AS w(word)
       JOIN asset a ON a.kind = 'TERM' AND a.merged_into IS NULL AND NOT a.is_placeholder AND a.presence <> 'REMOVED'
         AND (lower(a.name) = lower(w.word) OR lower(a.display_name) = lower(w.word)
           OR EXISTS (SELECT 1 FROM unnest(a.synonyms) AS s(word) WHERE lower(s.word) = lower(w.word)))
       ORDER BY w.word, a.namespace, a.name`,
      [words],
    );
  }
}
