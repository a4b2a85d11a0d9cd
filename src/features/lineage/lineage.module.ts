import { Module } from '@nestjs/common';
import { AssetsModule } from '../assets/index.js';
import { ColumnLineageRepository } from './column-lineage.repository.js';
import { LineageRepository } from './lineage.repository.js';
import { LineageResolver } from './lineage.resolver.js';
import { LineageService } from './lineage.service.js';

@Module({
  imports: [AssetsModule],
  providers: [ColumnLineageRepository, LineageRepository, LineageResolver, LineageService],
  exports: [LineageService],
})
export class LineageModule {}
