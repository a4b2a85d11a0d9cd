import { Global, Module } from '@nestjs/common';
import { AuditTrail } from '../audit/audit-trail.js';
import { Events } from './events.js';
import { Followers } from './followers.js';
import { WakeUp } from './wake-up.js';

@Global()
@Module({ providers: [AuditTrail, Events, Followers, WakeUp], exports: [AuditTrail, Events, Followers, WakeUp] })
export class EventsModule {}
