import { SYSTEM_ACTOR, type Actor } from '../../src/core/actor.js';
import type { SearchCondition } from '../../src/features/search/search-fields.js';
import type {
  Facet,
  IndexHit,
  SearchIndex,
  SearchRequest,
  SearchResult,
} from '../../src/features/search/search-index.js';
import { parseQuery, type ParsedQuery } from '../../src/features/search/search-text.js';
import { NOW } from '../../src/platform/access/access-arbitraries.testing.js';
import { Access } from '../../src/platform/access/access.js';
import { parsePolicySet } from '../../src/platform/access/policy-document.js';
import { assetDocuments, assetIdOf, type GivenAsset } from './search-documents.js';

/** What a suite is given of an engine; made once for a file. */
export interface SearchIndexUnderTest {
  readonly index: SearchIndex;
  /** Takes away every document. */
  empty(): Promise<void>;
  close(): Promise<void>;
}

const ANN: Actor = { ...SYSTEM_ACTOR, id: assetIdOf(999), kind: 'PERSON', handle: 'ann', policyVersion: 1 };
const said = { title: 't', why: 'w' };
const hidden = { attribute: 'tags', operator: 'hasAny', value: ['hidden'] };
export const allow = (action: string, type: string): object => ({
  ...said,
  id: `allow-${type}`,
  effect: 'allow',
  actions: [action],
  resources: { types: [type] },
});
const deny = (action: string, type: string, where: object): object => ({
  ...said,
  id: `deny-${type}`,
  effect: 'deny',
  actions: [action],
  resources: { types: [type], where },
});
export const EVERYTHING = [allow('discover', 'asset'), allow('read_column', 'column')];
export const NOT_HIDDEN = [...EVERYTHING, deny('discover', 'asset', hidden), deny('read_column', 'column', hidden)];

export interface Asking {
  readonly policies?: readonly object[];
  readonly handle?: string;
  readonly conditions?: readonly SearchCondition[];
  readonly facets?: SearchRequest['facets'];
  readonly sort?: SearchRequest['sort'];
  readonly first?: number;
  readonly after?: string | null;
}

export async function requestOf(query: string | ParsedQuery, options: Asking = {}): Promise<SearchRequest> {
  const set = parsePolicySet(options.policies ?? EVERYTHING);
  const access = new Access({ load: async () => set, now: () => NOW });
  return {
    access: await access.forActor({ ...ANN, handle: options.handle ?? ANN.handle }),
    handle: options.handle ?? ANN.handle,
    query: typeof query === 'string' ? parseQuery(query) : query,
    conditions: options.conditions ?? [],
    facets: options.facets ?? [],
    sort: options.sort ?? 'RELEVANCE',
    page: { first: options.first ?? 20, after: options.after ?? null },
    now: NOW,
  };
}

export function is(field: SearchCondition['field'], ...anyOf: string[]): SearchCondition {
  return { field, anyOf, isExcluded: false };
}

export function not(field: SearchCondition['field'], ...anyOf: string[]): SearchCondition {
  return { field, anyOf, isExcluded: true };
}

/** '' counts what has no value. */
export function countsOf(facets: readonly Facet[]): Record<string, Record<string, number>> {
  return Object.fromEntries(
    facets.map(({ field, values, without }) => [
      field,
      {
        ...Object.fromEntries(values.map(({ value, count }) => [value, count])),
        ...(without > 0 ? { '': without } : {}),
      },
    ]),
  );
}

/** A catalog of few assets in one engine, and what is found in it. */
export class SearchedCatalog {
  private given: readonly GivenAsset[] = [];

  constructor(readonly tested: SearchIndexUnderTest) {}

  async fill(...assets: readonly GivenAsset[]): Promise<void> {
    await this.tested.empty();
    this.given = assets;
    const documents = assets.flatMap((asset, at) => assetDocuments(asset, at + 1));
    await this.tested.index.put(documents, [...new Set(documents.map(({ group }) => group))]);
  }

  async ask(query: string | ParsedQuery, options: Asking = {}): Promise<SearchResult> {
    return this.tested.index.search(await requestOf(query, options));
  }

  /** `TIER name`, `TIER name:column` or `TIER handle`. */
  shown(hits: readonly IndexHit[]): string[] {
    return hits.map(({ tier, assetId, columnPath, handle }) => {
      const asset = this.given.find((_, at) => assetIdOf(at + 1) === assetId);
      return `${tier} ${asset?.name ?? handle ?? '?'}${columnPath && `:${columnPath}`}`;
    });
  }

  /** Everything at once. @throws when the total is not the number of hits. */
  async found(query: string | ParsedQuery, options: Asking = {}): Promise<string[]> {
    const { hits, totalCount } = await this.ask(query, { first: 100, ...options });
    if (totalCount !== hits.length) throw new Error(`The total is ${totalCount}, and there are ${hits.length} hits.`);
    return this.shown(hits);
  }
}
