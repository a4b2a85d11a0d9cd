import { splitWords } from '../search/index.js';

/**
 * What is in common with what so many of the datasets that the caller may see have says nothing; with less of them it weighs
 * ln(COMMON / how many). Hidden ones are in no count, so that they change no answer.
 */
export const COMMON = 200;
/** Fixed, so that nothing has to be counted for them. */
const TERM_WEIGHT = 2;
const TAG_WEIGHT = 0.5;

export function weightOf(count: number): number {
  return Math.log(COMMON / Math.min(COMMON, Math.max(1, count)));
}

/** Columns that tables of anything have: in no search for something alike. */
const COLUMNS_OF_ANYTHING = new Set(
  `id uuid key name code type status state value date time timestamp description comment comments notes title created
   createdat createdby createddate createdon updated updatedat updatedby updateddate updatedon modified modifiedat modifiedby
   deleted deletedat isdeleted isactive active enabled version position sort sortorder label data metadata properties
   loadedat loadtime insertedat ingestedat etlloadedat fivetransynced fivetrandeleted airbyteemittedat batchid rowid rownum
   dt ds day month year hour source sourcesystem tenantid`.match(/\S+/g),
);
const MOST_COLUMNS = 20;
const MOST_WORDS = 4;

/** As the index asset_column_name_idx has it. */
function folded(path: string): string {
  return path.replaceAll(/[_\-. ]/g, '').toLowerCase();
}

/** The columns by which others are looked for: those with the most telling names. */
export function tellingColumns(paths: readonly string[]): string[] {
  const telling = paths.filter((path) => !COLUMNS_OF_ANYTHING.has(folded(path)));
  const words = (path: string): number => splitWords(path).length;
  const inOrder = telling.toSorted((a, b) => words(b) - words(a) || b.length - a.length || (a < b ? -1 : 1));
  return inOrder.slice(0, MOST_COLUMNS);
}

/** The words of a name by which others are looked for. */
export function tellingWords(name: string): string[] {
  const last = name.split(/[./]/).findLast((part) => splitWords(part).length > 0) ?? name;
  return [...new Set(splitWords(last))].filter((word) => word.length > 2 && !/^\d+$/.test(word)).slice(0, MOST_WORDS);
}

/** Something that datasets can have in common, and those that have it. */
export interface Trait {
  readonly name: string;
  readonly weight: number;
  readonly assetIds: ReadonlySet<string>;
}

export interface Described {
  readonly id: string;
  readonly name: string;
  readonly tags: readonly string[];
  readonly terms: readonly string[];
}

export interface Similarity {
  /** From 0 to 1: how much of what tells the dataset apart the other has too. */
  readonly score: number;
  readonly columns: readonly string[];
  readonly words: readonly string[];
  readonly terms: readonly string[];
  readonly tags: readonly string[];
}

/** By columns and words alone, the most alike first, at most `limit`. */
export function candidatesOf(traits: readonly Trait[], limit: number): string[] {
  const scores = new Map<string, number>();
  for (const { weight, assetIds } of traits) for (const id of assetIds) scores.set(id, (scores.get(id) ?? 0) + weight);
  const alike = [...scores].filter(([, score]) => score > 0);
  return alike
    .toSorted(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
    .slice(0, limit)
    .map(([id]) => id);
}

export function similarity(
  dataset: Described,
  other: Described,
  { columns, words }: { readonly columns: readonly Trait[]; readonly words: readonly Trait[] },
): Similarity {
  const terms = dataset.terms.filter((term) => other.terms.includes(term));
  const tags = dataset.tags.filter((tag) => other.tags.includes(tag));
  const shared = (traits: readonly Trait[]): Trait[] => traits.filter(({ assetIds }) => assetIds.has(other.id));
  const labels = TERM_WEIGHT * dataset.terms.length + TAG_WEIGHT * dataset.tags.length;
  const most = sum(columns) + sum(words) + labels;
  const has = sum(shared(columns)) + sum(shared(words)) + TERM_WEIGHT * terms.length + TAG_WEIGHT * tags.length;
  return {
    score: most === 0 ? 0 : Math.round((1000 * has) / most) / 1000,
    columns: namesOf(shared(columns)),
    words: namesOf(shared(words)),
    terms,
    tags,
  };
}

function sum(traits: readonly Trait[]): number {
  return traits.reduce((total, { weight }) => total + weight, 0);
}

/** The most telling first. */
function namesOf(traits: readonly Trait[]): string[] {
  return traits.toSorted((a, b) => b.weight - a.weight || (a.name < b.name ? -1 : 1)).map(({ name }) => name);
}
