import { Controller, Get, Header, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Database } from '../database/database.js';
import { Followers } from '../events/followers.js';
import { Log } from './log.js';
import { Metrics } from './metrics.js';

/** Liveness, readiness and metrics. None of them tells anything about the catalog's content. */
@Controller()
export class HealthController {
  constructor(
    private readonly database: Database,
    private readonly metrics: Metrics,
    private readonly log: Log,
    followers: Followers,
  ) {
    metrics.onRead(async () => {
      for (const state of await followers.states()) metrics.followerLag.set({ follower: state.name }, state.lag);
    });
  }

  @Get('health/live')
  live(): { status: 'up' } {
    return { status: 'up' };
  }

  /** 503 while the database does not answer. */
  @Get('health/ready')
  async ready(@Res({ passthrough: true }) response: Response): Promise<{ status: 'up' | 'down' }> {
    try {
      await this.database.query('SELECT 1');
      return { status: 'up' };
    } catch (error) {
      this.log.warn('Not ready: the database does not answer.', { error });
      response.status(503);
      return { status: 'down' };
    }
  }

  @Get('metrics')
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  async read(): Promise<string> {
    return this.metrics.read();
  }
}
