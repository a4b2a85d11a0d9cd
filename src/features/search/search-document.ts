import { cut, foldName, nameParts, splitWords, squeeze } from './search-text.js';

/** What of an asset is searched. */
export interface IndexedAsset {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly displayName: string | null;
  readonly description: string | null;
  readonly tags: readonly string[];
  readonly terms: readonly string[];
  readonly owners: readonly string[];
  readonly synonyms: readonly string[];
}

export interface IndexedColumn {
  readonly assetId: string;
  readonly path: string;
  readonly description: string | null;
  readonly tags: readonly string[];
  readonly terms: readonly string[];
}

/** A row of `search_document` before its texts are made into vectors. */
export interface SearchDocument {
  readonly assetId: string;
  /** '' for the asset itself, whose document never names a column. */
  readonly columnPath: string;
  readonly kind: string;
  readonly foldedName: string;
  readonly foldedPath: string;
  /** tsvector literal: keys (`=` name, `#` whole name, `~` its endings) and name words with weights A and B. */
  readonly lexemes: string;
  readonly name: string;
  readonly qualifiers: string;
  readonly description: string;
  readonly labels: string;
}

/** A btree entry holds 2,700 bytes, a tsvector 1 MB. */
const MAX_NAME = 500;
const MAX_PATH = 2000;
const MAX_DESCRIPTION = 20_000;

export function assetDocument(asset: IndexedAsset): SearchDocument {
  const names = [...(asset.displayName === null ? [] : [asset.displayName]), ...asset.synonyms];
  return documentOf({
    assetId: asset.id,
    columnPath: '',
    kind: asset.kind,
    parts: nameParts(asset.name),
    otherNames: names,
    description: asset.description,
    labels: [...asset.tags, ...asset.terms, ...asset.owners],
  });
}

export function columnDocument(asset: IndexedAsset, column: IndexedColumn): SearchDocument {
  return documentOf({
    assetId: asset.id,
    columnPath: column.path,
    kind: 'COLUMN',
    parts: [...nameParts(asset.name), ...nameParts(column.path)],
    otherNames: [column.path],
    description: column.description,
    labels: [...column.tags, ...column.terms],
  });
}

interface Described {
  readonly assetId: string;
  readonly columnPath: string;
  readonly kind: string;
  /** Of the qualified name, outermost first. */
  readonly parts: readonly string[];
  readonly otherNames: readonly string[];
  readonly description: string | null;
  readonly labels: readonly string[];
}

function documentOf({ parts, otherNames, description, labels, ...identity }: Described): SearchDocument {
  const own = [parts.at(-1) ?? '', ...otherNames];
  const qualifiers = parts.slice(0, -1);
  return {
    ...identity,
    foldedName: cut(foldName(parts.at(-1) ?? ''), MAX_NAME),
    foldedPath: cut(parts.map(foldName).join(' '), MAX_PATH),
    lexemes: [...keysOf(parts, own).map((key) => `'${key}'`), ...nameLexemes(qualifiers, own)].join(' '),
    name: own.map(foldName).join(' '),
    qualifiers: qualifiers.map(foldName).join(' '),
    description: foldName(cut(description ?? '', MAX_DESCRIPTION)),
    labels: cut(labels.map(foldName).join(' '), MAX_DESCRIPTION),
  };
}

function keysOf(parts: readonly string[], own: readonly string[]): string[] {
  const words = parts.map(splitWords);
  const endings = words.slice(1, -1).map((_, index) => `~${squeeze(words.slice(index + 1).flat())}`);
  const names = own.map((name) => `=${squeeze(splitWords(name))}`);
  return [...new Set([...names, `#${squeeze(words.flat())}`, ...endings])].filter((key) => key.length > 1);
}

/** Positions count on from the qualifiers to the name, so that a phrase may span both. */
function nameLexemes(qualifiers: readonly string[], own: readonly string[]): string[] {
  let position = 0;
  const place = (name: string, weight: 'A' | 'B'): string[] => {
    const words = splitWords(cut(name, MAX_PATH));
    const start = position + 1;
    position += words.length;
    const lexemes = words.map((word, index) => `'${word}':${start + index}${weight}`);
    // The part unsplit as well: `custorderid` finds `cust_order_id` among other words.
    return words.length > 1 ? [...lexemes, `'${squeeze(words)}':${start}${weight}`] : lexemes;
  };
  return [...qualifiers.flatMap((part) => place(part, 'B')), ...own.flatMap((name) => place(name, 'A'))];
}
