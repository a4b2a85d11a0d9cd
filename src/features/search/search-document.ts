import { createHash } from 'node:crypto';
import type { AssetResource, ColumnResource } from '../../platform/access/attributes.js';
import type { SearchFields, SearchKind } from './search-fields.js';
import type { ScorePart } from './search-score.js';
import { cut, forms, nameParts, splitWords, squeeze } from './search-text.js';

/**
 * What is searched of one asset, column or person; the same for every engine. Words are folded (search-text.ts); where
 * both a word and its stem are found, both are in the list.
 *
 * With Q the words of a query without anything between them, T its terms without the optional ones, each met by a word of
 * its own, its stem or a synonym (whole), and `starts` a word of three characters or more that begins the indexed one:
 * - EXACT_NAME: Q is `wholeName`; or, but for columns, one of `names`
 * - QUALIFIED_NAME: Q is one of `endings`
 * - NAME_PREFIX, but for columns: one of `names` starts with Q
 * - NAME_WORDS, but for columns: every T is or starts in `pathWords`, one of them in `nameWords`
 * - COLUMN_NAME, columns only: as EXACT_NAME, NAME_PREFIX and NAME_WORDS, in this order inside the tier
 * - TEXT: every T is in `textWords` or starts in `pathWords`; for columns one of them in `ownWords`
 * - SIMILAR: as one of the above, for words that no visible document has and that are one letter (from 4 on) or two (from
 *   8 on) away from one that is found
 * - SOME_WORDS: as TEXT with at least half of the terms, those that have more and rarer ones first
 * A phrase is found where each of its neighbours is one of `pairs`. What holds an excluded term in `textWords` or `pairs`
 * is not found at all.
 */
export interface SearchDocument {
  /** Unique, `[a-z0-9-]{1,80}`. */
  readonly key: string;
  /** What is replaced together: an asset with its columns, or a person. */
  readonly group: string;
  readonly kind: SearchKind;
  readonly assetId: string | null;
  readonly columnPath: string;
  readonly handle: string | null;
  /** What policies decide on; null for a person. */
  readonly resource: AssetResource | ColumnResource | null;
  readonly fields: SearchFields;
  readonly names: readonly string[];
  readonly wholeName: string;
  readonly endings: readonly string[];
  readonly nameWords: readonly string[];
  readonly pathWords: readonly string[];
  readonly textWords: readonly string[];
  /** Of columns: what is not just their asset's name. Empty for others. */
  readonly ownWords: readonly string[];
  readonly pairs: readonly string[];
  /** The folded name, then its qualifiers: by it equals are in order. */
  readonly sortName: string;
  readonly usage: number;
  readonly updatedAt: Date;
  readonly score: readonly ScorePart[];
}

/** The texts that a document is made of, and what else it holds. */
export interface Described extends Pick<
  SearchDocument,
  'kind' | 'assetId' | 'columnPath' | 'handle' | 'resource' | 'fields' | 'usage' | 'updatedAt' | 'score'
> {
  /** Qualified name of the asset; the handle of a person. */
  readonly name: string;
  /** Display name and synonyms. */
  readonly otherNames: readonly string[];
  readonly description: string | null;
  /** Tags, terms, owners and the like. */
  readonly labels: readonly string[];
}

const MAX_DESCRIPTION = 20_000;
const MAX_NAME = 2000;
const MAX_SORT_NAME = 80;

export function documentOf({ name, otherNames, description, labels, ...rest }: Described): SearchDocument {
  const isColumn = rest.kind === 'COLUMN';
  const parts = isColumn ? [...nameParts(name), ...nameParts(rest.columnPath)] : nameParts(name);
  const own = [parts.at(-1) ?? name, ...(isColumn ? [rest.columnPath] : []), ...otherNames].map(wordsOf);
  const path = parts.map(wordsOf);
  const texts = [cut(description ?? '', MAX_DESCRIPTION), ...labels].map(splitWords);
  const nameWords = unique(own.flatMap(wordsAndWhole));
  const pathWords = unique([...path.flatMap(wordsAndWhole), ...nameWords]);
  const ownText = texts.flat().flatMap(forms);
  return {
    ...rest,
    key: keyOf(rest),
    group: groupOf(rest),
    names: unique(own.map(squeeze)),
    wholeName: squeeze(path.flat()),
    endings: unique(path.slice(1, -1).map((_, index) => squeeze(path.slice(index + 1).flat()))),
    nameWords,
    pathWords,
    textWords: unique([...pathWords, ...ownText]),
    ownWords: isColumn ? unique([...nameWords, ...ownText]) : [],
    pairs: unique([...(isColumn ? [] : [path.flat()]), ...own, ...texts].flatMap(pairsOf)),
    sortName: cut([...(path.at(-1) ?? []), ...path.slice(0, -1).flat()].join(' '), MAX_SORT_NAME),
  };
}

/** The group of an asset and its columns is the asset's id. */
export function personGroup(handle: string): string {
  return `person-${digest(handle)}`;
}

function groupOf({ assetId, handle }: Pick<SearchDocument, 'assetId' | 'handle'>): string {
  return assetId ?? personGroup(handle ?? '');
}

function keyOf(identity: Pick<SearchDocument, 'assetId' | 'columnPath' | 'handle'>): string {
  const group = groupOf(identity);
  return identity.columnPath === '' ? group : `${group}-${digest(identity.columnPath)}`;
}

function digest(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex').slice(0, 32);
}

function wordsOf(name: string): string[] {
  return splitWords(cut(name, MAX_NAME));
}

/** The name unsplit as well: `custorderid` finds `cust_order_id` among other words. */
function wordsAndWhole(words: readonly string[]): string[] {
  return [...words.flatMap(forms), ...(words.length > 1 ? [cut(squeeze(words), 200)] : [])];
}

/** Words that follow each other, as `first second`. */
export function pairsOf(words: readonly string[]): string[] {
  return words.slice(1).map((word, index) => `${words[index] ?? ''} ${word}`);
}

function unique(words: readonly string[]): string[] {
  return [...new Set(words)].filter((word) => word !== '');
}
