import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable } from '@nestjs/common';
import pg from 'pg';
import { DataSource, type QueryRunner } from 'typeorm';
import { Invalid } from '../../core/errors.js';

interface AmbientTransaction {
  readonly runner: QueryRunner;
  readonly beforeCommit: (() => Promise<void>)[];
  readonly afterRollback: (() => Promise<void>)[];
  readonly keys: Map<symbol, unknown>;
}

/** SQL of the lock that `exclusively` holds, for those who ask whether somebody does. */
export function lockOf(nameSql: string): string {
  return `hashtextextended(${nameSql}, 7201004)`;
}

/**
 * Every query made inside `transaction` joins it, however deep in the call: the connection is ambient
 * (AsyncLocalStorage), so no signature carries a manager.
 */
@Injectable()
export class Database {
  private readonly ambient = new AsyncLocalStorage<AmbientTransaction | null>();
  /** Statements sent since the start. Tests assert its difference, so that an N+1 fails. */
  statementCount = 0;

  constructor(private readonly dataSource: DataSource) {}

  /** Rows of one parameterised statement, `$1` style. */
  async query<Row extends object>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    this.statementCount += 1;
    const runner = this.ambient.getStore()?.runner ?? this.dataSource.createQueryRunner();
    try {
      const result = await runner.query(sql, [...parameters], true);
      return (result.records ?? []) as Row[];
    } catch (error) {
      throw isUnstorableText(error) ? new Invalid(UNSTORABLE_TEXT) : error;
    } finally {
      if (!this.isInTransaction) await runner.release();
    }
  }

  /** One row, or null. */
  async queryOne<Row extends object>(sql: string, parameters: readonly unknown[] = []): Promise<Row | null> {
    const rows = await this.query<Row>(sql, parameters);
    return rows[0] ?? null;
  }

  get isInTransaction(): boolean {
    return Boolean(this.ambient.getStore());
  }

  /** Whole or absent. A call inside another joins it. */
  async transaction<T>(work: () => Promise<T>): Promise<T> {
    return this.isInTransaction ? work() : this.inTransaction(undefined, work);
  }

  /** Several reads of one moment. A call inside a transaction joins it, and is as consistent as that is. */
  async snapshot<T>(work: () => Promise<T>): Promise<T> {
    return this.isInTransaction ? work() : this.inTransaction('REPEATABLE READ', work);
  }

  private async inTransaction<T>(isolation: 'REPEATABLE READ' | undefined, work: () => Promise<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    await runner.connect();
    await runner.startTransaction(isolation);
    const ambient: AmbientTransaction = { runner, beforeCommit: [], afterRollback: [], keys: new Map() };
    let isUndone = false;
    try {
      return await this.ambient.run(ambient, async () => {
        const result = await work();
        for (const hook of ambient.beforeCommit) await hook();
        await runner.commitTransaction();
        return result;
      });
    } catch (error) {
      // A connection that broke cannot roll back; the server does it, and the first error is the one to see.
      await runner.rollbackTransaction().catch(() => undefined);
      isUndone = true;
      throw error;
    } finally {
      await runner.release();
      // With its own connection given back: many at once could otherwise wait for each other's.
      if (isUndone) for (const work of ambient.afterRollback) await work();
    }
  }

  /** What has to be done although, and because, the ambient transaction is undone. */
  afterRollback(work: () => Promise<void>): void {
    this.required('What has to outlive a transaction was asked for outside one.').afterRollback.push(work);
  }

  /** Outside the ambient transaction: on a connection that sees only what is committed, and commits by itself. */
  async separately<T>(work: () => Promise<T>): Promise<T> {
    return this.ambient.run(null, work);
  }

  /**
   * Work that one process does at a time and that is too long for a transaction: it holds a session lock on a connection of
   * its own, which the server frees as soon as the work ends or the process dies.
   * @returns false when somebody else is at it.
   */
  async exclusively(name: string, work: () => Promise<void>): Promise<boolean> {
    const { url, applicationName } = this.dataSource.options as { url?: string; applicationName?: string };
    const client = new pg.Client({ connectionString: url, application_name: applicationName, keepAlive: true });
    // Whoever loses the lock finds out by what is written meanwhile.
    client.on('error', () => undefined);
    await client.connect();
    try {
      const { rows } = await client.query<{ held: boolean }>(`SELECT pg_try_advisory_lock(${lockOf('$1')}) AS held`, [
        name,
      ]);
      if (!rows[0]?.held) return false;
      await work();
      return true;
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  /** Work that must be undone alone when it fails, inside a transaction that goes on. */
  async savepoint<T>(work: () => Promise<T>): Promise<T> {
    const restore = this.collected();
    await this.query('SAVEPOINT attempt');
    try {
      const result = await work();
      await this.query('RELEASE SAVEPOINT attempt');
      return result;
    } catch (error) {
      await this.query('ROLLBACK TO SAVEPOINT attempt');
      restore();
      throw error;
    }
  }

  /** Remembers how much is collected; the answer takes back what comes later. */
  private collected(): () => void {
    const keys = this.ambient.getStore()?.keys;
    const lengths = new Map([...(keys ?? [])].map(([key, items]) => [key, (items as unknown[]).length]));
    return () => {
      for (const [key, items] of keys ?? []) (items as unknown[]).length = lengths.get(key) ?? 0;
    };
  }

  /**
   * A list that lives as long as the ambient transaction and is worked off just before its commit.
   * @throws outside a transaction: what it holds would be lost.
   */
  collector<T>(key: symbol, flush: (items: readonly T[]) => Promise<void>): T[] {
    const ambient = this.required('A change was recorded outside a transaction.');
    const known = ambient.keys.get(key);
    if (known) return known as T[];
    const items: T[] = [];
    ambient.keys.set(key, items);
    ambient.beforeCommit.push(() => flush(items.splice(0)));
    return items;
  }

  private required(otherwise: string): AmbientTransaction {
    const ambient = this.ambient.getStore();
    if (!ambient) throw new Error(otherwise);
    return ambient;
  }
}

const UNSTORABLE_TEXT = 'A text holds the character U+0000, which cannot be stored. Leave it out.';

/** PostgreSQL keeps every character but one, in whatever argument it comes (SQLSTATE 22021, 22P05). */
function isUnstorableText(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return code === '22021' || code === '22P05';
}
