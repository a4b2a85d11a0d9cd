import { Module } from '@nestjs/common';
import { AssetsModule } from '../assets/index.js';
import { SimilarRepository } from './similar.repository.js';
import { SimilarResolver } from './similar.resolver.js';
import { SimilarService } from './similar.service.js';

@Module({ imports: [AssetsModule], providers: [SimilarRepository, SimilarResolver, SimilarService] })
export class SimilarModule {}
