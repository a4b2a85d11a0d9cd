import { Module } from '@nestjs/common';
import { Jobs } from '../../platform/jobs/jobs.js';
import { IdentityRepository } from './identity.repository.js';
import { IdentityResolver } from './identity.resolver.js';
import { IdentityService } from './identity.service.js';

const DAY_SECONDS = 86_400;

@Module({ providers: [IdentityRepository, IdentityResolver, IdentityService], exports: [IdentityService] })
export class IdentityModule {
  constructor(jobs: Jobs, identity: IdentityService) {
    jobs.add({
      kind: 'identity.deleteEndedTokens',
      everySeconds: DAY_SECONDS,
      run: () => identity.deleteEndedTokens(),
    });
  }
}
