import { Module, type DynamicModule } from '@nestjs/common';
import { CrawlDryRun } from './crawl-dry-run.js';
import { CrawlRun } from './crawl-run.js';
import { CRAWLERS } from './crawlers/crawler.js';
import { MysqlCrawler } from './crawlers/mysql-crawler.js';
import { PostgresCrawler } from './crawlers/postgres-crawler.js';
import { RunReader } from './run-reader.js';
import { RunRepository } from './run.repository.js';
import { SourceFieldsResolver, SourceRunResolver } from './source-fields.resolver.js';
import { SourceRepository } from './source.repository.js';
import { SourceScheduler } from './source-scheduler.js';
import { SourceTest } from './source-test.js';
import { SourceWorker } from './source-worker.js';
import { SOURCES_OPTIONS, type SourcesOptions } from './sources-options.js';
import { SourcesResolver } from './sources.resolver.js';
import { SourcesService } from './sources.service.js';
import { TableRepository } from './table.repository.js';

@Module({})
export class SourcesModule {
  /** `ingestion`: the module that takes in what is crawled, as the service has set it up. */
  static with({ ingestion, ...options }: SourcesOptions & { readonly ingestion: DynamicModule }): DynamicModule {
    return {
      module: SourcesModule,
      imports: [ingestion],
      providers: [
        CrawlDryRun,
        CrawlRun,
        RunReader,
        RunRepository,
        SourceFieldsResolver,
        SourceRepository,
        SourceRunResolver,
        SourceScheduler,
        SourceTest,
        SourceWorker,
        SourcesResolver,
        SourcesService,
        TableRepository,
        { provide: CRAWLERS, useValue: [new PostgresCrawler(), new MysqlCrawler()] },
        { provide: SOURCES_OPTIONS, useValue: options },
      ],
    };
  }
}
