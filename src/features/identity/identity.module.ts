import { Module } from '@nestjs/common';
import { Jobs } from '../../platform/jobs/jobs.js';
import { IdentityRepository } from './identity.repository.js';
import { IdentityResolver } from './identity.resolver.js';
import { IdentityService } from './identity.service.js';
import { ScimDiscoveryController } from './scim/scim-discovery.controller.js';
import { ScimGroups } from './scim/scim-groups.service.js';
import { ScimUsers } from './scim/scim-users.service.js';
import { ScimController } from './scim/scim.controller.js';
import { ScimRepository } from './scim/scim.repository.js';

const DAY_SECONDS = 86_400;

@Module({
  controllers: [ScimController, ScimDiscoveryController],
  providers: [IdentityRepository, IdentityResolver, IdentityService, ScimGroups, ScimRepository, ScimUsers],
  exports: [IdentityService],
})
export class IdentityModule {
  constructor(jobs: Jobs, identity: IdentityService) {
    jobs.add({
      kind: 'identity.deleteEndedTokens',
      everySeconds: DAY_SECONDS,
      run: () => identity.deleteEndedTokens(),
    });
  }
}
