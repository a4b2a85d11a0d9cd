export { IngestionModule } from './ingestion.module.js';
export { IngestionService } from './ingestion.service.js';
export { IngestionRepository } from './ingestion.repository.js';
export { Projector } from './projector.js';
