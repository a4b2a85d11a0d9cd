import { Module } from '@nestjs/common';
import { AssetsModule } from '../assets/index.js';
import { AccessRequestsRepository } from './access-requests.repository.js';
import { AccessRequestsResolver } from './access-requests.resolver.js';
import { AccessRequestsService } from './access-requests.service.js';

@Module({
  imports: [AssetsModule],
  providers: [AccessRequestsRepository, AccessRequestsResolver, AccessRequestsService],
})
export class AccessRequestsModule {}
