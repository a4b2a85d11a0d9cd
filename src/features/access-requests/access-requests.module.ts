import { Module } from '@nestjs/common';
import { AssetsModule } from '../assets/index.js';
import { IdentityModule } from '../identity/index.js';
import { AccessEffects } from './access-effects.js';
import { AccessRequestsRepository } from './access-requests.repository.js';
import { AccessRequestsResolver } from './access-requests.resolver.js';
import { AccessRequestsService } from './access-requests.service.js';

@Module({
  imports: [AssetsModule, IdentityModule],
  providers: [AccessEffects, AccessRequestsRepository, AccessRequestsResolver, AccessRequestsService],
})
export class AccessRequestsModule {}
