import { Args, Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '../../core/actor.js';
import { CurrentActor } from '../../platform/graphql/current-actor.js';
import type { QuerySimilarDatasetsArgs } from '../../platform/graphql/schema.types.js';
import { SimilarService, type SimilarDataset } from './similar.service.js';

@Resolver()
export class SimilarResolver {
  constructor(private readonly similar: SimilarService) {}

  @Query()
  async similarDatasets(
    @CurrentActor() actor: Actor,
    @Args() { ref, first }: QuerySimilarDatasetsArgs,
  ): Promise<SimilarDataset[]> {
    return this.similar.list(actor, ref, first ?? 10);
  }
}
