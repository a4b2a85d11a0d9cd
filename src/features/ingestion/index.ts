export { IngestionModule } from './ingestion.module.js';
export { IngestionService } from './ingestion.service.js';
export { IngestionRepository } from './ingestion.repository.js';
export { Projector } from './projector.js';
export { readDbt } from './readers/dbt/read-dbt.js';
export { readOpenLineage } from './readers/openlineage/read-openlineage.js';
export { refText } from './readers/statement.js';
