import { Module } from '@nestjs/common';
import { AssetsModule } from '../assets/index.js';
import {
  DatasetRunsResolver,
  DatasetStatisticsResolver,
  QualityResultResolver,
  RunDatasetResolver,
} from './dataset-runs.resolver.js';
import {
  JobPunctualityResolver,
  NodeRunResolver,
  PipelineResolver,
  PunctualityResolver,
} from './orchestration.resolver.js';
import { PipelineReader } from './pipeline-reader.js';
import { PunctualityReader } from './punctuality-reader.js';
import { PunctualityRepository } from './punctuality.repository.js';
import { RunReader } from './run-reader.js';
import { RunRepository } from './run.repository.js';
import { JobDependenciesResolver, RunResolver } from './run.resolver.js';

@Module({
  imports: [AssetsModule],
  providers: [
    DatasetRunsResolver,
    DatasetStatisticsResolver,
    JobDependenciesResolver,
    JobPunctualityResolver,
    NodeRunResolver,
    PipelineReader,
    PipelineResolver,
    PunctualityReader,
    PunctualityRepository,
    PunctualityResolver,
    QualityResultResolver,
    RunDatasetResolver,
    RunReader,
    RunRepository,
    RunResolver,
  ],
  exports: [RunReader],
})
export class RunsModule {}
