import { editDistance } from '../../src/features/search/search-spelling.js';
import { meilisearchFilter, normalizedFacet } from '../../src/platform/access/meilisearch-filter.testing.js';

/** An error as the server tells it. */
export class FakeError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

type Document = Readonly<Record<string, unknown>>;

interface Rule {
  readonly attributePatterns: readonly string[];
  readonly features: { readonly facetSearch: boolean; readonly filter: { equality: boolean; comparison: boolean } };
}

interface FakeSettings {
  searchableAttributes: readonly string[];
  filterableAttributes: readonly Rule[];
  sortableAttributes: readonly string[];
  rankingRules: readonly string[];
  typoTolerance: { enabled: boolean; minWordSizeForTypos: { oneTypo: number; twoTypos: number } };
  faceting: { maxValuesPerFacet: number; sortFacetValuesBy: Readonly<Record<string, string>> };
  pagination: { maxTotalHits: number };
  prefixSearch: string;
  searchCutoffMs: number | null;
}

interface Query {
  readonly filter?: string;
  readonly limit?: number;
  readonly offset?: number;
  readonly sort?: readonly string[];
  readonly facets?: readonly string[];
  readonly attributesToRetrieve?: readonly string[];
}

const QUERY_PARAMETERS = ['filter', 'limit', 'offset', 'sort', 'facets', 'attributesToRetrieve'];
const FACET_PARAMETERS = ['facetName', 'facetQuery', 'filter'];
const RANKING_RULES = ['words', 'typo', 'proximity', 'attribute', 'sort', 'exactness'];

let clock = Date.parse('2026-01-01T00:00:00Z');

/** One index of the fake: documents and the settings that decide what may be asked of them. */
export class FakeIndex {
  private readonly documents = new Map<string, Document>();
  private readonly createdAt = new Date((clock += 1000)).toISOString();
  settings: FakeSettings = {
    searchableAttributes: ['*'],
    filterableAttributes: [],
    sortableAttributes: [],
    rankingRules: RANKING_RULES,
    typoTolerance: { enabled: true, minWordSizeForTypos: { oneTypo: 5, twoTypos: 9 } },
    faceting: { maxValuesPerFacet: 100, sortFacetValuesBy: { '*': 'alpha' } },
    pagination: { maxTotalHits: 1000 },
    prefixSearch: 'indexingTime',
    searchCutoffMs: null,
  };

  constructor(private primaryKey: string | null) {}

  info(): object {
    return { primaryKey: this.primaryKey, createdAt: this.createdAt, updatedAt: this.createdAt };
  }

  stats(): object {
    return {
      numberOfDocuments: this.documents.size,
      rawDocumentDbSize: JSON.stringify([...this.documents.values()]).length,
      isIndexing: false,
      fieldDistribution: {},
    };
  }

  configure(body: unknown): void {
    requireKnown(body, Object.keys(this.settings), 'bad_request');
    this.settings = { ...this.settings, ...(body as Partial<FakeSettings>) };
  }

  add(body: unknown): void {
    const documents = body as Document[];
    this.primaryKey ??= 'id';
    for (const document of documents) {
      const id = document[this.primaryKey];
      if (typeof id !== 'string' || !/^[\w-]{1,511}$/.test(id)) {
        throw new FakeError(400, 'invalid_document_id', `Document identifier ${JSON.stringify(id)} is invalid.`);
      }
      this.documents.set(id, document);
    }
  }

  deleteBy(body: unknown): void {
    requireKnown(body, ['filter'], 'bad_request');
    const finds = this.filter((body as { filter: string }).filter, 'invalid_document_filter');
    for (const [id, document] of this.documents) if (finds(document)) this.documents.delete(id);
  }

  clear(): void {
    this.documents.clear();
  }

  search(query: Query): object {
    requireKnown(query, QUERY_PARAMETERS, 'bad_request');
    const { filter, limit = 20, offset = 0, sort = [], facets = [], attributesToRetrieve = ['*'] } = query;
    const found = this.found(filter);
    const most = this.settings.pagination.maxTotalHits;
    const page = this.sorted(found, sort).slice(offset, Math.min(offset + limit, most));
    return {
      hits: page.map((document) => retrieved(document, attributesToRetrieve)),
      query: '',
      processingTimeMs: 0,
      limit,
      offset,
      estimatedTotalHits: Math.min(found.length, most),
      ...(facets.length === 0 ? {} : { facetDistribution: this.distribution(found, facets), facetStats: {} }),
    };
  }

  facetSearch(body: unknown): object {
    requireKnown(body, FACET_PARAMETERS, 'bad_request');
    const { facetName, facetQuery, filter } = body as { facetName: string; facetQuery: string; filter?: string };
    if (this.ruleOf(facetName)?.features.facetSearch !== true) {
      throw new FakeError(400, 'invalid_facet_search_facet_name', `\`${facetName}\` is not facet-searchable.`);
    }
    const { oneTypo, twoTypos } = this.settings.typoTolerance.minWordSizeForTypos;
    const query = normalizedFacet(facetQuery);
    const length = Buffer.byteLength(query);
    const lessThanTwo = length < oneTypo ? 0 : 1;
    const typos = length < twoTypos ? lessThanTwo : 2;
    const counted = countsOf(this.found(filter), facetName).filter(({ value }) => beginsLike(value, query, typos));
    return { facetHits: this.ordered(counted, facetName), facetQuery, processingTimeMs: 0 };
  }

  private found(filter: string | undefined): Document[] {
    const documents = [...this.documents.values()];
    return filter === undefined ? documents : documents.filter(this.filter(filter, 'invalid_search_filter'));
  }

  private filter(text: string, code: string): (document: Document) => boolean {
    const { finds, uses } = parsed(text, code);
    for (const { attribute, operator } of uses) {
      const features = this.ruleOf(attribute)?.features.filter;
      const isAllowed = /^[<>]/.test(operator) ? features?.comparison : features?.equality;
      if (isAllowed !== true) throw new FakeError(400, code, `\`${operator}\` is not allowed for \`${attribute}\`.`);
    }
    return finds;
  }

  private ruleOf(attribute: string): Rule | undefined {
    return this.settings.filterableAttributes.find(({ attributePatterns }) =>
      attributePatterns.some((pattern) =>
        pattern.endsWith('*') ? attribute.startsWith(pattern.slice(0, -1)) : pattern === attribute,
      ),
    );
  }

  private sorted(documents: readonly Document[], sort: readonly string[]): Document[] {
    const keys = sort.map((text) => {
      const [name = '', direction] = text.split(':');
      if (!this.settings.sortableAttributes.includes(name) || !this.settings.rankingRules.includes('sort')) {
        throw new FakeError(400, 'invalid_search_sort', `Attribute \`${name}\` is not sortable.`);
      }
      return { name, sign: direction === 'desc' ? -1 : 1 };
    });
    return documents.toSorted((a, b) => {
      for (const { name, sign } of keys) {
        const difference = compared(a[name], b[name], sign);
        if (difference !== 0) return difference;
      }
      return 0;
    });
  }

  private distribution(documents: readonly Document[], facets: readonly string[]): object {
    return Object.fromEntries(
      facets.map((name) => {
        if (!this.ruleOf(name)) throw new FakeError(400, 'invalid_search_facets', `\`${name}\` is not filterable.`);
        const counts = this.ordered(countsOf(documents, name), name);
        return [name, Object.fromEntries(counts.map(({ value, count }) => [value, count]))];
      }),
    );
  }

  private ordered(counts: readonly FacetCount[], facet: string): FacetCount[] {
    const { sortFacetValuesBy, maxValuesPerFacet } = this.settings.faceting;
    const isByCount = (sortFacetValuesBy[facet] ?? sortFacetValuesBy['*']) === 'count';
    const byText = (a: FacetCount, b: FacetCount): number => (a.value < b.value ? -1 : 1);
    const sorted = counts.toSorted(isByCount ? (a, b) => b.count - a.count : byText);
    return sorted.slice(0, maxValuesPerFacet);
  }
}

interface FacetCount {
  readonly value: string;
  readonly count: number;
}

/** By what is equal to the engine; told in the spelling of one of the documents. */
function countsOf(documents: readonly Document[], facet: string): FacetCount[] {
  const counts = new Map<string, FacetCount>();
  for (const document of documents) {
    const actual = document[facet];
    const values: unknown[] = Array.isArray(actual) ? actual : [actual];
    const texts = values.filter((value) => typeof value === 'string' && value !== '') as string[];
    for (const [normalized, value] of new Map(texts.map((text) => [normalizedFacet(text), text]))) {
      counts.set(normalized, { value, count: (counts.get(normalized)?.count ?? 0) + 1 });
    }
  }
  return [...counts.values()];
}

function beginsLike(value: string, query: string, typos: number): boolean {
  const text = normalizedFacet(value);
  const lengths = Array.from({ length: 2 * typos + 1 }, (_, index) => query.length - typos + index);
  return lengths.some((length) => editDistance(query, text.slice(0, length)) <= typos);
}

/** Numbers before texts, and what has none of them last, in both directions. */
function compared(a: unknown, b: unknown, sign: number): number {
  const ranks = [rankOf(a), rankOf(b)] as const;
  if (ranks[0] !== ranks[1]) return ranks[0] - ranks[1];
  if (typeof a === 'number' && typeof b === 'number') return sign * (a - b);
  if (typeof a !== 'string' || typeof b !== 'string') return 0;
  return sign * Buffer.compare(Buffer.from(normalizedFacet(a)), Buffer.from(normalizedFacet(b)));
}

function rankOf(value: unknown): number {
  if (typeof value === 'number') return 0;
  return typeof value === 'string' && value !== '' ? 1 : 2;
}

function parsed(text: string, code: string): ReturnType<typeof meilisearchFilter> {
  try {
    return meilisearchFilter(text);
  } catch (error) {
    throw new FakeError(400, code, String(error));
  }
}

function retrieved(document: Document, attributes: readonly string[]): Document {
  if (attributes.includes('*')) return document;
  return Object.fromEntries(Object.entries(document).filter(([name]) => attributes.includes(name)));
}

function requireKnown(body: unknown, known: readonly string[], code: string): void {
  const unknown = Object.keys(Object(body)).find((name) => !known.includes(name));
  if (unknown !== undefined) throw new FakeError(400, code, `Unknown field \`${unknown}\`.`);
}
