export { DryRun, type DryRunReport } from './dry-run.js';
export { IngestionModule } from './ingestion.module.js';
export { Busy, IngestionService } from './ingestion.service.js';
export { IngestionRepository } from './ingestion.repository.js';
export { Projector } from './projector.js';
export {
  type CrawledColumn,
  type CrawledIndex,
  type CrawledStatistics,
  type CrawledTable,
  type CrawlMessage,
} from './readers/crawl/crawl-message.js';
export { readDbt } from './readers/dbt/read-dbt.js';
export { readOpenLineage } from './readers/openlineage/read-openlineage.js';
export { Withdrawal } from './withdrawal.js';
export { refText } from './readers/statement.js';
