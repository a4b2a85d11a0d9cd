import type { Actor } from '../../core/actor.js';
import { pageRequest } from '../../platform/graphql/page-arguments.js';
import type { QuerySearchArgs } from '../../platform/graphql/schema.types.js';
import { FIELD_NAMES } from './search-fields.js';
import type { SearchFilter } from './search-filter.js';
import type { Facet } from './search-index.js';
import type { SearchService } from './search.service.js';

type Asked = Omit<QuerySearchArgs, 'filter'> & { readonly filter?: SearchFilter | null };

/** The answer to a search as schema.graphql has it. */
export async function searchConnection(service: SearchService, actor: Actor, args: Asked): Promise<object> {
  const { hits, totalCount, facets, didYouMean, notices, position, ...pageInfo } = await service.search(actor, {
    query: args.query,
    filter: args.filter ?? {},
    facets: FIELD_NAMES.filter((name) => args.facets?.some((facet) => facet === name.toUpperCase())),
    sort: args.sort ?? 'RELEVANCE',
    page: pageRequest(args.first, args.after),
    minPosition: args.minPosition ?? null,
  });
  const inOrder = (args.facets ?? []).flatMap((name) => facets.filter(({ field }) => field.toUpperCase() === name));
  return {
    nodes: hits.map((hit) => (args.explain ? hit : { ...hit, score: null })),
    totalCount,
    facets: inOrder.map(facetShape),
    didYouMean,
    notices,
    position,
    pageInfo,
  };
}

function facetShape({ field, ...facet }: Facet): object {
  return { ...facet, field: field.toUpperCase() };
}
