import { Args, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../../core/actor.js';
import { CurrentActor, CurrentScope } from '../../platform/graphql/current-actor.js';
import type { RequestScope } from '../../platform/graphql/request-scope.js';
import type { MutationTermChangeArgs, MutationTermCreateArgs } from '../../platform/graphql/schema.types.js';
import { asPayload } from '../../platform/graphql/user-errors.js';
import type { AssetRow } from '../assets/index.js';
import { GlossaryService } from './glossary.service.js';

@Resolver()
export class GlossaryResolver {
  constructor(private readonly glossary: GlossaryService) {}

  @Mutation()
  async termCreate(@CurrentActor() actor: Actor, @Args() { input }: MutationTermCreateArgs): Promise<object> {
    return asPayload(async () => ({ asset: await this.glossary.create(actor, input) }));
  }

  @Mutation()
  async termChange(@CurrentActor() actor: Actor, @Args() args: MutationTermChangeArgs): Promise<object> {
    return asPayload(async () => ({ asset: await this.glossary.change(actor, args) }));
  }
}

interface Worded {
  readonly terms: readonly string[];
}

@Resolver('Asset')
export class TermsOfAssetResolver {
  constructor(private readonly glossary: GlossaryService) {}

  @ResolveField()
  async glossaryTerms(@CurrentScope() scope: RequestScope, @Parent() asset: Worded): Promise<AssetRow[]> {
    return termsOf(this.glossary, scope, asset);
  }
}

@Resolver('Column')
export class TermsOfColumnResolver {
  constructor(private readonly glossary: GlossaryService) {}

  @ResolveField()
  async glossaryTerms(@CurrentScope() scope: RequestScope, @Parent() column: Worded): Promise<AssetRow[]> {
    return termsOf(this.glossary, scope, column);
  }
}

async function termsOf(glossary: GlossaryService, scope: RequestScope, { terms }: Worded): Promise<AssetRow[]> {
  const loader = scope.loader<string, AssetRow[]>('glossaryTerms', async (words) => {
    const found = await glossary.termsOf(scope.actor, words);
    return words.map((word) => found.get(word) ?? []);
  });
  const found = await Promise.all(terms.map((word) => loader.load(word)));
  return [...new Map(found.flat().map((term) => [term.id, term])).values()];
}
