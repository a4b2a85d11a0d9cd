import { Module } from '@nestjs/common';
import { AssetsModule } from '../assets/index.js';
import { GlossaryRepository } from './glossary.repository.js';
import { GlossaryResolver, TermsOfAssetResolver, TermsOfColumnResolver } from './glossary.resolver.js';
import { GlossaryService } from './glossary.service.js';

@Module({
  imports: [AssetsModule],
  providers: [GlossaryRepository, GlossaryResolver, GlossaryService, TermsOfAssetResolver, TermsOfColumnResolver],
})
export class GlossaryModule {}
