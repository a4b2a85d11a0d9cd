import { Global, Module } from '@nestjs/common';
import { Events } from './events.js';
import { Followers } from './followers.js';
import { WakeUp } from './wake-up.js';

@Global()
@Module({ providers: [Events, Followers, WakeUp], exports: [Events, Followers, WakeUp] })
export class EventsModule {}
