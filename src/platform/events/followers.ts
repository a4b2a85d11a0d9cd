import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Database } from '../database/database.js';
import { Log } from '../observability/log.js';
import { CHANGE_LOG_CHANNEL } from './events.js';
import { advance, changeLogPosition, recordFailure, register, type Follower } from './follower.js';
import { WakeUp } from './wake-up.js';
import { WorkerLoop } from './worker-loop.js';

export interface FollowerState {
  readonly name: string;
  readonly position: string;
  readonly lag: number;
  readonly lastError: string | null;
}

/** Runs every follower that features have added, in every process; the row lock decides whose turn it is. */
@Injectable()
export class Followers implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly followers: Follower[] = [];
  private loops: WorkerLoop[] = [];

  constructor(
    private readonly database: Database,
    private readonly wakeUp: WakeUp,
    private readonly log: Log,
  ) {}

  /** To be called while modules are made (constructor or onModuleInit). */
  add(follower: Follower): void {
    this.followers.push(follower);
    this.wakeUp.on(CHANGE_LOG_CHANNEL, () => this.loops.forEach((loop) => loop.wake()));
  }

  async onApplicationBootstrap(): Promise<void> {
    for (const follower of this.followers) await register(this.database, follower);
    this.loops = this.followers.map(
      (follower) =>
        new WorkerLoop({
          name: follower.name,
          step: async () => (await advance(this.database, follower)) > 0,
          idleMs: 1000,
          onError: (error) => this.failed(follower, error),
        }),
    );
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.loops.map((loop) => loop.stop()));
  }

  /** Position and distance from the end of the log, by name. */
  async states(): Promise<FollowerState[]> {
    return this.database.query<FollowerState>(
      `SELECT f.name, f.position, f.last_error AS "lastError",
              (SELECT count(*)::int FROM change_log c WHERE c.position > f.position) AS lag
       FROM follower f ORDER BY f.name`,
    );
  }

  /** '0' for one that has not begun. */
  async positionOf(name: string): Promise<string> {
    const row = await this.database.queryOne<{ position: string }>('SELECT position FROM follower WHERE name = $1', [
      name,
    ]);
    return row?.position ?? '0';
  }

  async changeLogPosition(): Promise<string> {
    return changeLogPosition(this.database);
  }

  private async failed(follower: Follower, error: unknown): Promise<void> {
    this.log.error('A follower failed; it will try again.', { follower: follower.name, error });
    await recordFailure(this.database, follower, error).catch(() => undefined);
  }
}
