import { Global, Module } from '@nestjs/common';
import { AuditTrailModule } from '../audit/audit-trail.module.js';
import { Authenticator } from './authenticator.js';

@Global()
@Module({ imports: [AuditTrailModule], providers: [Authenticator], exports: [Authenticator] })
export class AuthModule {}
