import { Injectable, Inject, type OnApplicationBootstrap, type BeforeApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import pg from 'pg';
import { Log } from '../observability/log.js';
import { WorkerLoop } from './worker-loop.js';

/**
 * Listens on Postgres channels and calls whoever waits for them. Only a hint: every listener also polls, so a lost
 * notification costs time and never work.
 */
@Injectable()
export class WakeUp implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly listeners = new Map<string, Set<() => void>>();
  private loop: WorkerLoop | null = null;
  private client: pg.Client | null = null;

  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    private readonly log: Log,
  ) {}

  on(channel: string, listener: () => void): void {
    const known = this.listeners.get(channel) ?? new Set();
    known.add(listener);
    this.listeners.set(channel, known);
  }

  onApplicationBootstrap(): void {
    this.loop = new WorkerLoop({
      name: 'wake-up',
      step: () => this.connect(),
      idleMs: 2000,
      onError: (error) => this.log.warn('Notifications are down; polling goes on.', { error }),
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.loop?.stop();
    await this.client?.end().catch(() => undefined);
  }

  private async connect(): Promise<boolean> {
    if (this.client) return false;
    const options = this.dataSource.options as { url?: string; applicationName?: string };
    const client = new pg.Client({ connectionString: options.url, application_name: options.applicationName });
    client.on('error', () => this.forget(client));
    client.on('end', () => this.forget(client));
    client.on('notification', (message) => this.listeners.get(message.channel)?.forEach((listener) => listener()));
    await client.connect();
    for (const channel of this.listeners.keys()) await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
    this.client = client;
    return false;
  }

  private forget(client: pg.Client): void {
    if (this.client === client) this.client = null;
  }
}
