import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { at, textAt, timeAt } from '../../core/json.js';
import { CurrentScope } from '../../platform/graphql/current-actor.js';
import { pageRequest } from '../../platform/graphql/page-arguments.js';
import type { RequestScope } from '../../platform/graphql/request-scope.js';
import type { RunChildrenArgs } from '../../platform/graphql/schema.types.js';
import { FacetReader, newestFacet, sourceTagsIn, type AssetRow, type RunRow } from '../assets/index.js';
import * as read from './run-facets.js';
import { RunReader, type NamedFacet, type RunDataset, type RunReference } from './run-reader.js';
import { isLost } from './lost-run.js';

@Resolver('Run')
export class RunResolver {
  constructor(
    private readonly runs: RunReader,
    private readonly facetReader: FacetReader,
  ) {}

  @ResolveField()
  async job(@CurrentScope() scope: RequestScope, @Parent() run: RunRow): Promise<AssetRow | null> {
    return this.runs.asset(scope, run.jobId);
  }

  @ResolveField()
  async isLost(@CurrentScope() scope: RequestScope, @Parent() run: RunRow): Promise<boolean> {
    const jobType = newestFacet(await this.facetReader.ofJob(scope, run.jobId), 'jobType');
    return isLost(run, textAt(jobType?.value, 'processingType'), new Date());
  }

  @ResolveField()
  async errorMessage(@CurrentScope() scope: RequestScope, @Parent() run: RunRow): Promise<string | null> {
    return (await this.error(scope, run))?.message ?? null;
  }

  @ResolveField()
  async error(@CurrentScope() scope: RequestScope, @Parent() run: RunRow): Promise<read.RunError | null> {
    const facet = await this.runs.facet(scope, run, 'errorMessage');
    return read.errorIn(facet, await this.runs.facet(scope, run, 'spark.exception'));
  }

  @ResolveField()
  async children(
    @CurrentScope() scope: RequestScope,
    @Parent() run: RunRow,
    @Args() { first, after }: RunChildrenArgs,
  ): Promise<object> {
    const { nodes, ...pageInfo } = await this.runs.children(scope, run.id, pageRequest(first, after));
    return { nodes, pageInfo };
  }

  @ResolveField()
  async nominalStartAt(@CurrentScope() scope: RequestScope, @Parent() run: RunRow): Promise<Date | null> {
    return timeAt(await this.runs.facet(scope, run, 'nominalTime'), 'nominalStartTime');
  }

  @ResolveField()
  async nominalEndAt(@CurrentScope() scope: RequestScope, @Parent() run: RunRow): Promise<Date | null> {
    return timeAt(await this.runs.facet(scope, run, 'nominalTime'), 'nominalEndTime');
  }

  @ResolveField()
  async engine(@CurrentScope() scope: RequestScope, @Parent() run: RunRow): Promise<object | null> {
    const facet = await this.runs.facet(scope, run, 'processing_engine');
    return facet === null ? null : read.engineIn(facet);
  }

  @ResolveField()
  async externalQuery(@CurrentScope() scope: RequestScope, @Parent() run: RunRow): Promise<object | null> {
    const facet = await this.runs.facet(scope, run, 'externalQuery');
    return facet === null ? null : { id: textAt(facet, 'externalQueryId'), source: textAt(facet, 'source') };
  }

  @ResolveField()
  async extractionErrors(@CurrentScope() scope: RequestScope, @Parent() run: RunRow): Promise<object | null> {
    const facet = await this.runs.facet(scope, run, 'extractionError');
    return facet === null ? null : read.extractionErrorsIn(facet);
  }

  @ResolveField()
  async environment(@CurrentScope() scope: RequestScope, @Parent() run: RunRow): Promise<object[]> {
    return read.environmentIn(await this.runs.facet(scope, run, 'environmentVariables'));
  }

  @ResolveField()
  async parameters(@CurrentScope() scope: RequestScope, @Parent() run: RunRow): Promise<object[]> {
    return read.parametersIn(await this.runs.facet(scope, run, 'executionParameters'));
  }

  @ResolveField()
  async tags(@CurrentScope() scope: RequestScope, @Parent() run: RunRow): Promise<object[]> {
    return sourceTagsIn(await this.runs.facet(scope, run, 'tags'));
  }

  @ResolveField()
  async tests(@CurrentScope() scope: RequestScope, @Parent() run: RunRow): Promise<object[]> {
    return read.testsIn(await this.runs.facet(scope, run, 'test'));
  }

  @ResolveField()
  async facets(@CurrentScope() scope: RequestScope, @Parent() run: RunRow): Promise<NamedFacet[]> {
    return this.runs.facets(scope, run);
  }

  /** From the facet itself, not from what is left of it: parent and root are hidden each by its own job. */
  @ResolveField()
  async parent(@CurrentScope() scope: RequestScope, @Parent() run: RunRow): Promise<RunReference | null> {
    const named = read.namedRun(facetOf(run, 'parent'));
    return named && this.runs.named(scope, named);
  }

  @ResolveField()
  async root(@CurrentScope() scope: RequestScope, @Parent() run: RunRow): Promise<RunReference | null> {
    const named = read.namedRun(at(facetOf(run, 'parent'), 'root'));
    return named && this.runs.named(scope, named);
  }

  @ResolveField()
  async dependencies(@CurrentScope() scope: RequestScope, @Parent() run: RunRow): Promise<object[]> {
    return dependenciesOf(this.runs, scope, run);
  }

  @ResolveField()
  triggerRule(@Parent() run: RunRow): string | null {
    return textAt(facetOf(run, 'jobDependencies'), 'trigger_rule');
  }

  @ResolveField()
  async inputs(@CurrentScope() scope: RequestScope, @Parent() run: RunRow): Promise<RunDataset[]> {
    return (await this.runs.datasets(scope, run.id)).filter(({ direction }) => direction === 'INPUT');
  }

  @ResolveField()
  async outputs(@CurrentScope() scope: RequestScope, @Parent() run: RunRow): Promise<RunDataset[]> {
    return (await this.runs.datasets(scope, run.id)).filter(({ direction }) => direction === 'OUTPUT');
  }
}

@Resolver('Job')
export class JobDependenciesResolver {
  constructor(private readonly runs: RunReader) {}

  @ResolveField()
  async dependencies(@CurrentScope() scope: RequestScope, @Parent() job: AssetRow): Promise<object[]> {
    const run = await this.runs.newestWithDependencies(scope, job.id);
    return run ? dependenciesOf(this.runs, scope, run) : [];
  }
}

async function dependenciesOf(runs: RunReader, scope: RequestScope, run: RunRow): Promise<object[]> {
  const named = read.dependenciesIn(facetOf(run, 'jobDependencies'));
  const references = await Promise.all(
    named.map(async (dependency) => {
      const reference = await runs.named(scope, dependency);
      return reference ? [{ ...dependency, ...reference }] : [];
    }),
  );
  return references.flat();
}

function facetOf(run: RunRow, name: string): unknown {
  return run.body.facets?.[name]?.value;
}
