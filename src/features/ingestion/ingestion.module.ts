import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { AssetsModule } from '../assets/index.js';
import { CsvExport } from './csv-export.js';
import { CsvLookup } from './csv-intake.js';
import { CatalogDump } from './catalog-dump.js';
import { DataHubController } from './datahub.controller.js';
import { DataHubReports } from './datahub-reports.js';
import { DataHubRepository } from './datahub.repository.js';
import { DryRun } from './dry-run.js';
import { DryRunRepository } from './dry-run.repository.js';
import { FilesController } from './files.controller.js';
import { HttpErrorsFilter } from './http-errors.filter.js';
import { IngestionController } from './ingestion.controller.js';
import { IngestionRepository } from './ingestion.repository.js';
import { IngestionResolver } from './ingestion.resolver.js';
import { INGESTION_OPTIONS, IngestionService, type IngestionOptions } from './ingestion.service.js';
import { LargeMessages } from './large-messages.js';
import { LineageFollower } from './lineage.follower.js';
import { EdgeStore } from './edge-store.js';
import { FlowSetStore } from './flow-set-store.js';
import { LineageStore } from './lineage-store.js';
import { ManualEdgeRepository } from './manual-edge.repository.js';
import { ManualLineage } from './manual-lineage.js';
import { ManualLineageResolver } from './manual-lineage.resolver.js';
import { PreciseReader } from './precise-reader.js';
import { SqlLineage } from './sql/sql-lineage.js';
import { Projection } from './projection.js';
import { Projector } from './projector.js';
import { Rebuild } from './rebuild.js';
import { RecentReadings } from './recent-readings.js';
import { Purge } from './purge.js';
import { RunStore } from './run-store.js';
import { SyncsResolver } from './syncs.resolver.js';
import { SyncsService } from './syncs.service.js';
import { Withdrawal } from './withdrawal.js';

const LINEAGE_STORES = [EdgeStore, FlowSetStore, LineageStore];

@Module({})
export class IngestionModule {
  static with(options: IngestionOptions): DynamicModule {
    return {
      module: IngestionModule,
      imports: [AssetsModule],
      controllers: [DataHubController, FilesController, IngestionController],
      providers: [
        CatalogDump,
        CsvExport,
        CsvLookup,
        DataHubReports,
        DataHubRepository,
        DryRun,
        DryRunRepository,
        IngestionRepository,
        IngestionResolver,
        IngestionService,
        LargeMessages,
        LineageFollower,
        ...LINEAGE_STORES,
        ManualEdgeRepository,
        ManualLineage,
        ManualLineageResolver,
        PreciseReader,
        Projection,
        Projector,
        Purge,
        Rebuild,
        RecentReadings,
        RunStore,
        SqlLineage,
        SyncsResolver,
        SyncsService,
        Withdrawal,
        { provide: INGESTION_OPTIONS, useValue: options },
        { provide: APP_FILTER, useClass: HttpErrorsFilter },
      ],
      exports: [DryRun, IngestionService, IngestionRepository, Projector, Withdrawal],
    };
  }
}
