import { Module } from '@nestjs/common';
import { Erasures } from '../../platform/audit/erasures.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { AssetsModule } from '../assets/index.js';
import { UsageRepository } from './usage.repository.js';
import { RecentlyViewedResolver, UsageOfAssetResolver } from './usage.resolver.js';
import { UsageService } from './usage.service.js';
import { ViewBuffer } from './view-buffer.js';
import { ViewRepository } from './view.repository.js';

const COUNT_SECONDS = 300;

@Module({
  imports: [AssetsModule],
  providers: [RecentlyViewedResolver, UsageOfAssetResolver, UsageRepository, UsageService, ViewBuffer, ViewRepository],
})
export class UsageModule {
  constructor(jobs: Jobs, erasures: Erasures, usage: UsageService) {
    jobs.add({ kind: 'usage.count', everySeconds: COUNT_SECONDS, run: () => usage.count() });
    erasures.add((accountId) => usage.forget(accountId));
  }
}
