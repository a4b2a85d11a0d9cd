import { Global, Module } from '@nestjs/common';
import { AuditTrail } from './audit-trail.js';
import { Erasures } from './erasures.js';

@Global()
@Module({ providers: [AuditTrail, Erasures], exports: [AuditTrail, Erasures] })
export class AuditTrailModule {}
