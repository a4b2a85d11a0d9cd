import { Controller, Get, Header, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Database } from '../database/database.js';
import { Followers } from '../events/followers.js';
import { Health, type PartState } from './health.js';
import { Log } from './log.js';
import { Metrics } from './metrics.js';

/** Liveness, readiness and metrics. None of them tells anything about the catalog's content. */
@Controller()
export class HealthController {
  constructor(
    private readonly database: Database,
    private readonly metrics: Metrics,
    private readonly log: Log,
    private readonly health: Health,
    followers: Followers,
  ) {
    metrics.onRead(async () => {
      for (const state of await followers.states()) metrics.followerLag.set({ follower: state.name }, state.lag);
    });
    metrics.onRead(async () => {
      for (const [part, state] of Object.entries(await health.states()))
        metrics.partUp.set({ part }, state === 'up' ? 1 : 0);
    });
  }

  @Get('health/live')
  live(): { status: 'up' } {
    return { status: 'up' };
  }

  /** 503 while the database does not answer; what only a part needs is told beside it, by name. */
  @Get('health/ready')
  async ready(@Res({ passthrough: true }) response: Response): Promise<Record<string, PartState>> {
    try {
      await this.database.query('SELECT 1');
      return { ...(await this.health.states()), status: 'up' };
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
