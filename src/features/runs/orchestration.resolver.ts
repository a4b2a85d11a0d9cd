import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentScope } from '../../platform/graphql/current-actor.js';
import { pageRequest } from '../../platform/graphql/page-arguments.js';
import type { RequestScope } from '../../platform/graphql/request-scope.js';
import type { QueryLateJobsArgs } from '../../platform/graphql/schema.types.js';
import type { AssetRow, RunRow } from '../assets/index.js';
import { PipelineReader } from './pipeline-reader.js';
import { PunctualityReader } from './punctuality-reader.js';
import type { Punctuality } from './punctuality.repository.js';
import { RunReader } from './run-reader.js';

@Resolver('Run')
export class PipelineResolver {
  constructor(private readonly pipelines: PipelineReader) {}

  @ResolveField()
  async pipeline(@CurrentScope() scope: RequestScope, @Parent() run: RunRow): Promise<object> {
    return this.pipelines.of(scope, run.id);
  }
}

@Resolver('Job')
export class JobPunctualityResolver {
  constructor(private readonly punctuality: PunctualityReader) {}

  @ResolveField('punctuality')
  async ofJob(@CurrentScope() scope: RequestScope, @Parent() job: AssetRow): Promise<Punctuality | null> {
    return this.punctuality.ofJob(scope, job.id);
  }

  @Query()
  async lateJobs(@CurrentScope() scope: RequestScope, @Args() { first, after }: QueryLateJobsArgs): Promise<object> {
    const { nodes, ...pageInfo } = await this.punctuality.listLate(scope, pageRequest(first, after));
    return { nodes, pageInfo };
  }
}

@Resolver('JobPunctuality')
export class PunctualityResolver {
  constructor(private readonly runs: RunReader) {}

  @ResolveField()
  async job(@CurrentScope() scope: RequestScope, @Parent() { jobId }: Punctuality): Promise<AssetRow | null> {
    return this.runs.asset(scope, jobId);
  }
}

/** A node of a lineage, with the moment that the lineage is of; null: now. */
interface NodeAsOf {
  readonly asset: AssetRow;
  readonly asOf: Date | null;
}

@Resolver('LineageNode')
export class NodeRunResolver {
  constructor(private readonly runs: RunReader) {}

  @ResolveField()
  async lastRun(@CurrentScope() scope: RequestScope, @Parent() { asset, asOf }: NodeAsOf): Promise<RunRow | null> {
    return this.runs.lastOf(scope, asset.id, asOf);
  }
}
