import { Module, type DynamicModule } from '@nestjs/common';
import { Jobs } from '../../platform/jobs/jobs.js';
import { AssetsModule } from '../assets/index.js';
import { AuditController } from './audit.controller.js';
import { AuditErasure } from './audit-erasure.js';
import { AuditRepository } from './audit.repository.js';
import { AuditResolver } from './audit.resolver.js';
import { AuditService } from './audit.service.js';
import { Checkpoints } from './checkpoints.js';
import { SigningKey } from './signing-key.js';

const CHECKPOINT_SECONDS = 60;

@Module({})
export class AuditModule {
  constructor(jobs: Jobs, checkpoints: Checkpoints) {
    jobs.add({
      kind: 'audit.checkpoint',
      everySeconds: CHECKPOINT_SECONDS,
      run: async () => void (await checkpoints.make(new Date())),
    });
  }

  /** `keyFile`: where the key of the checkpoints is, or is to be made. */
  static with({ keyFile }: { readonly keyFile: string }): DynamicModule {
    return {
      module: AuditModule,
      imports: [AssetsModule],
      controllers: [AuditController],
      providers: [
        AuditErasure,
        AuditRepository,
        AuditResolver,
        AuditService,
        Checkpoints,
        { provide: SigningKey, useValue: new SigningKey(keyFile) },
      ],
    };
  }
}
