import { Module } from '@nestjs/common';
import { AssetsModule } from '../assets/index.js';
import { LineageRepository } from './lineage.repository.js';
import { LineageResolver } from './lineage.resolver.js';
import { LineageService } from './lineage.service.js';

@Module({ imports: [AssetsModule], providers: [LineageRepository, LineageResolver, LineageService] })
export class LineageModule {}
