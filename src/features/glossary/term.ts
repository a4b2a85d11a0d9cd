import { Invalid } from '../../core/errors.js';
import type { AssetKey } from '../assets/index.js';

/** The glossary of terms that name none. */
export const DEFAULT_GLOSSARY = 'glossary';

/** What kind of word a term is. */
export const TERM_KINDS = ['CONCEPT', 'METRIC', 'ACRONYM', 'DATA_ELEMENT'] as const;
export type TermKind = (typeof TERM_KINDS)[number];

export interface NewTerm {
  readonly name: string;
  readonly glossary?: string | null | undefined;
  readonly kind?: TermKind | null | undefined;
  readonly definition: string;
  readonly synonyms?: readonly string[] | null | undefined;
  readonly owners?: readonly string[] | null | undefined;
  readonly domain?: string | null | undefined;
}

/** @throws Invalid naming the field that is empty or too long. */
export function termKey({ name, glossary }: Pick<NewTerm, 'name' | 'glossary'>): AssetKey {
  return {
    kind: 'TERM',
    namespace: textOf(glossary ?? DEFAULT_GLOSSARY, 'glossary'),
    name: textOf(name, 'name'),
  };
}

export function textOf(text: string, field: string, longest = 200): string {
  const trimmed = text.trim();
  if (trimmed !== '' && trimmed.length <= longest) return trimmed;
  throw new Invalid(`'${field}' has ${trimmed.length} characters. Give 1 to ${longest}.`, ['input', field]);
}
