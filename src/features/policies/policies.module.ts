import { Module } from '@nestjs/common';
import { AssetsModule } from '../assets/index.js';
import { IdentityModule } from '../identity/index.js';
import { Explainer } from './explainer.js';
import { PoliciesRepository } from './policies.repository.js';
import { PoliciesResolver } from './policies.resolver.js';
import { PoliciesService } from './policies.service.js';

@Module({
  imports: [AssetsModule, IdentityModule],
  providers: [Explainer, PoliciesRepository, PoliciesResolver, PoliciesService],
  exports: [PoliciesService],
})
export class PoliciesModule {}
