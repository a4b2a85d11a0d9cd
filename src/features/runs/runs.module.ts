import { Module } from '@nestjs/common';
import { AssetsModule } from '../assets/index.js';
import {
  DatasetRunsResolver,
  DatasetStatisticsResolver,
  QualityResultResolver,
  RunDatasetResolver,
} from './dataset-runs.resolver.js';
import { RunReader } from './run-reader.js';
import { RunRepository } from './run.repository.js';
import { JobDependenciesResolver, RunResolver } from './run.resolver.js';

@Module({
  imports: [AssetsModule],
  providers: [
    DatasetRunsResolver,
    DatasetStatisticsResolver,
    JobDependenciesResolver,
    QualityResultResolver,
    RunDatasetResolver,
    RunReader,
    RunRepository,
    RunResolver,
  ],
  exports: [RunReader],
})
export class RunsModule {}
