import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { ASSET_ROW_SQL, type AssetRow } from '../assets/index.js';

/** A word and others for it, folded. */
export interface SynonymRow {
  readonly word: string;
  readonly synonyms: readonly string[];
}

@Injectable()
export class SearchSynonymRepository {
  constructor(private readonly database: Database) {}

  /** Entries that have one of the phrases, on either side. */
  async listWith(phrases: readonly string[]): Promise<SynonymRow[]> {
    return this.database.query<SynonymRow>(
      'SELECT word, synonyms FROM search_synonym WHERE word = ANY($1::text[]) OR synonyms && $1::text[] ORDER BY word',
      [phrases],
    );
  }

  /** Terms of the glossary that have other words and are called one of the phrases. Without policy: the caller decides. */
  async listTerms(phrases: readonly string[]): Promise<AssetRow[]> {
    return this.database.query<AssetRow>(
      `SELECT ${ASSET_ROW_SQL} FROM asset a
       WHERE a.kind = 'TERM' AND a.synonyms <> '{}' AND NOT a.is_placeholder AND a.presence <> 'REMOVED'
         AND EXISTS (
           SELECT FROM unnest(a.synonyms || a.name || coalesce(a.display_name, a.name)) AS said(name)
           WHERE btrim(lower(regexp_replace(said.name, '[^[:alnum:]]+', ' ', 'g'))) = ANY($1::text[]))
       ORDER BY a.id LIMIT 100`,
      [phrases],
    );
  }

  async list(first: number, after: string | null): Promise<SynonymRow[]> {
    return this.database.query<SynonymRow>(
      `SELECT word, synonyms FROM search_synonym WHERE $1::text IS NULL OR word > $1 ORDER BY word LIMIT ${first + 1}`,
      [after],
    );
  }

  /** None takes the word out of the list. */
  async set({ word, synonyms }: SynonymRow): Promise<void> {
    if (synonyms.length === 0) {
      await this.database.query('DELETE FROM search_synonym WHERE word = $1', [word]);
      return;
    }
    await this.database.query(
      `INSERT INTO search_synonym VALUES ($1, $2::text[])
       ON CONFLICT ON CONSTRAINT search_synonym_pkey DO UPDATE SET synonyms = excluded.synonyms`,
      [word, synonyms],
    );
  }
}
