import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { numberAt, objectAt, textAt } from '../../core/json.js';
import { CurrentScope } from '../../platform/graphql/current-actor.js';
import { pageRequest } from '../../platform/graphql/page-arguments.js';
import type { RequestScope } from '../../platform/graphql/request-scope.js';
import type { DatasetRunsArgs } from '../../platform/graphql/schema.types.js';
import { FacetReader, type AssetRow, type RunRow } from '../assets/index.js';
import { assertionsIn, statisticsIn } from './run-facets.js';
import { RunReader, type NamedFacet, type RunDataset } from './run-reader.js';

/** Where a facet about quality comes from: a run, or a declaration without one. */
interface QualityFacet extends NamedFacet {
  readonly runId: string | null;
}

/** What runs, and declarations, say of a dataset's content. */
@Resolver('Dataset')
export class DatasetRunsResolver {
  constructor(
    private readonly runs: RunReader,
    private readonly facetReader: FacetReader,
  ) {}

  @ResolveField('runs')
  async listRuns(
    @CurrentScope() scope: RequestScope,
    @Parent() dataset: AssetRow,
    @Args() { direction, first, after }: DatasetRunsArgs,
  ): Promise<object> {
    const page = { ...pageRequest(first, after), direction: direction ?? null };
    const { nodes, ...pageInfo } = await this.runs.ofDataset(scope, dataset.id, page);
    return { nodes, pageInfo };
  }

  @ResolveField()
  async qualityResults(@CurrentScope() scope: RequestScope, @Parent() dataset: AssetRow): Promise<object[]> {
    const facets = await this.qualityFacets(scope, dataset, 'dataQualityAssertions');
    return facets.flatMap(({ value, at, runId }) => assertionsIn(value).map((result) => ({ ...result, at, runId })));
  }

  @ResolveField()
  async statistics(@CurrentScope() scope: RequestScope, @Parent() dataset: AssetRow): Promise<object | null> {
    const [newest] = await this.qualityFacets(scope, dataset, 'dataQualityMetrics');
    return newest ? { ...statisticsIn(newest.value), at: newest.at, runId: newest.runId } : null;
  }

  /** Newest first. */
  private async qualityFacets(scope: RequestScope, dataset: AssetRow, name: string): Promise<QualityFacet[]> {
    const declared = await this.facetReader.ofDataset(scope, dataset.id);
    const checked = await this.runs.checked(scope, dataset.id);
    const all = [
      ...declared.map((facet) => ({ ...facet, runId: null })),
      ...checked.flatMap(({ facets, runId }) => facets.map((facet) => ({ ...facet, runId }))),
    ];
    return all
      .filter((facet) => facet.name === name)
      .toSorted((a, b) => Number(b.at) - Number(a.at) || ((a.runId ?? '') < (b.runId ?? '') ? -1 : 1));
  }
}

@Resolver('QualityResult')
export class QualityResultResolver {
  constructor(private readonly runs: RunReader) {}

  @ResolveField()
  async run(@CurrentScope() scope: RequestScope, @Parent() { runId }: QualityFacet): Promise<RunRow | null> {
    return runId === null ? null : this.runs.run(scope, runId);
  }
}

@Resolver('DatasetStatistics')
export class DatasetStatisticsResolver {
  constructor(private readonly runs: RunReader) {}

  @ResolveField()
  async run(@CurrentScope() scope: RequestScope, @Parent() { runId }: QualityFacet): Promise<RunRow | null> {
    return runId === null ? null : this.runs.run(scope, runId);
  }
}

/** InputStatisticsInputDatasetFacet 1-0-0, OutputStatisticsOutputDatasetFacet 1-0-2, BaseSubsetDatasetFacet 1-0-0. */
@Resolver('RunDataset')
export class RunDatasetResolver {
  constructor(private readonly runs: RunReader) {}

  @ResolveField()
  async run(@CurrentScope() scope: RequestScope, @Parent() { runId }: RunDataset): Promise<RunRow | null> {
    return this.runs.run(scope, runId);
  }

  @ResolveField()
  async dataset(@CurrentScope() scope: RequestScope, @Parent() { datasetId }: RunDataset): Promise<AssetRow | null> {
    return this.runs.asset(scope, datasetId);
  }

  @ResolveField()
  version(@Parent() one: RunDataset): string | null {
    return textAt(facetOf(one, 'version'), 'datasetVersion');
  }

  @ResolveField()
  rowCount(@Parent() one: RunDataset): number | null {
    return numberAt(statisticsOf(one), 'rowCount');
  }

  @ResolveField()
  size(@Parent() one: RunDataset): number | null {
    return numberAt(statisticsOf(one), 'size');
  }

  @ResolveField()
  fileCount(@Parent() one: RunDataset): number | null {
    return numberAt(statisticsOf(one), 'fileCount');
  }

  @ResolveField()
  subset(@Parent() one: RunDataset): unknown {
    const facet = objectAt({ facet: facetOf(one, 'subset') }, 'facet');
    return facet['inputCondition'] ?? facet['outputCondition'] ?? null;
  }
}

function statisticsOf(one: RunDataset): unknown {
  return facetOf(one, one.direction === 'INPUT' ? 'inputStatistics' : 'outputStatistics');
}

function facetOf({ facets }: RunDataset, name: string): unknown {
  return facets.find((facet) => facet.name === name)?.value;
}
