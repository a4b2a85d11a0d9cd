import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { Conflict, Forbidden, Invalid, NotFound } from '../../core/errors.js';
import type { Page, PageRequest } from '../../core/page.js';
import { requireReachable, SecretError } from '../../config/secret.js';
import { Access } from '../../platform/access/access.js';
import { Database } from '../../platform/database/database.js';
import { Events } from '../../platform/events/events.js';
import { decodeCursor, encodeCursor } from '../../platform/graphql/page-arguments.js';
import { Withdrawal } from '../ingestion/index.js';
import { RunRepository, type RunRow } from './run.repository.js';
import { factSourceKey, nextRunAt, type SourceDefinition } from './source.js';
import { sourceSchema } from './source-schema.js';
import { SourceRepository, type SourceRow } from './source.repository.js';
import { SourceWorker } from './source-worker.js';
import { SOURCES_OPTIONS, type SourcesOptions } from './sources-options.js';
import { TableRepository } from './table.repository.js';

export interface Deleted {
  readonly key: string;
  /** Assets that it listed. */
  readonly assetsKept: number;
  readonly assetsWithdrawn: number;
}

/** Sources as people define, run and stop them. Everything needs `operate`. */
@Injectable()
export class SourcesService {
  // Nine, because a source is a definition, its runs, what they remember and what they listed.
  // oxlint-disable-next-line max-params
  constructor(
    private readonly database: Database,
    private readonly access: Access,
    private readonly events: Events,
    private readonly sources: SourceRepository,
    private readonly runs: RunRepository,
    private readonly tables: TableRepository,
    private readonly worker: SourceWorker,
    private readonly withdrawal: Withdrawal,
    @Inject(SOURCES_OPTIONS) private readonly options: SourcesOptions,
  ) {}

  async find(actor: Actor, key: string): Promise<SourceRow | null> {
    await this.requireOperator(actor);
    return this.sources.find(key);
  }

  async list(actor: Actor, page: PageRequest): Promise<Page<SourceRow>> {
    await this.requireOperator(actor);
    const after = page.after === null ? null : (decodeCursor(page.after, 1)[0] ?? null);
    const rows = await this.sources.list(page.first, after);
    const nodes = rows.slice(0, page.first);
    const last = nodes.at(-1);
    return { nodes, hasNextPage: rows.length > page.first, endCursor: last ? encodeCursor([last.key]) : null };
  }

  /** @throws Invalid naming the field, Conflict when the key is taken. */
  async create(actor: Actor, input: unknown): Promise<SourceRow> {
    await this.requireOperator(actor);
    const definition = this.checked(input);
    return this.database.transaction(async () => {
      if (!(await this.sources.create(definition, actor.handle, nextRunAt(definition, new Date())))) {
        throw new Conflict(`There is a source '${definition.key}' already.`, ['input', 'key']);
      }
      this.record(actor, 'source.created', definition.key);
      return this.get(definition.key);
    });
  }

  /** Replaces the whole definition. What it has listed so far stays; what a new filter leaves out is out of scope. */
  async update(actor: Actor, input: unknown): Promise<SourceRow> {
    await this.requireOperator(actor);
    const definition = this.checked(input);
    return this.database.transaction(async () => {
      const before = await this.getOwn(definition.key);
      if (before.definition.type !== definition.type) {
        throw new Invalid('A source keeps its type. Make another one.', ['input', 'type']);
      }
      await this.sources.update(definition, actor.handle, nextRunAt(definition, new Date()));
      this.record(actor, 'source.updated', definition.key);
      return this.get(definition.key);
    });
  }

  /** What it has listed stays in the catalog as it is, or is withdrawn. @throws Conflict while it runs. */
  async delete(actor: Actor, key: string, listed: 'KEEP' | 'WITHDRAW'): Promise<Deleted> {
    await this.requireOperator(actor);
    return this.database.transaction(async () => {
      const source = await this.getOwn(key);
      if (await this.runs.findOpen(key))
        throw new Conflict(`The source '${key}' is running. Cancel the run first.`, ['key']);
      await this.sources.delete(key);
      const factKey = factSourceKey(source.definition);
      await this.tables.forgetAll(factKey);
      this.record(actor, 'source.deleted', key);
      const assets = await this.withdrawal.countListed(factKey);
      if (listed === 'KEEP' || assets === 0) return { key, assetsKept: assets, assetsWithdrawn: 0 };
      await this.withdrawal.withdraw(actor, { source: factKey, reason: `The source '${key}' was deleted.` });
      return { key, assetsKept: 0, assetsWithdrawn: assets };
    });
  }

  /** Asking while one waits or runs answers with that one. */
  async run(actor: Actor, key: string, removals: 'GUARD' | 'APPLY'): Promise<RunRow> {
    await this.requireOperator(actor);
    const run = await this.database.transaction(async () => {
      const source = await this.get(key);
      const request = { sourceKey: key, factSourceKey: factSourceKey(source.definition) };
      await this.runs.request({ ...request, requestedBy: actor.handle, removals });
      this.record(actor, 'source.runRequested', key);
      return this.runs.findOpen(key);
    });
    this.worker.wake();
    if (!run) throw new Error('The run that was asked for is not there.');
    return run;
  }

  /** Takes a second or two. @throws NotFound when nothing runs. */
  async cancel(actor: Actor, key: string): Promise<RunRow> {
    await this.requireOperator(actor);
    return this.database.transaction(async () => {
      const run = await this.runs.findOpen(key);
      if (!run) throw new NotFound(`The source '${key}' is not running.`, ['key']);
      await this.runs.cancel(run.id, actor.handle);
      this.record(actor, 'source.cancelRequested', key);
      return (await this.runs.find(run.id)) ?? run;
    });
  }

  async get(key: string): Promise<SourceRow> {
    const source = await this.sources.find(key);
    if (!source) throw new NotFound(`There is no source '${key}'.`, ['key']);
    return source;
  }

  async requireOperator(actor: Actor): Promise<void> {
    (await this.access.forActor(actor)).require('operate', { type: 'system' });
  }

  private async getOwn(key: string): Promise<SourceRow> {
    const source = await this.get(key);
    if (source.origin === 'API') return source;
    throw new Forbidden(`The source '${key}' is defined in the configuration file. Change it there, and restart.`, [
      'key',
    ]);
  }

  private checked(input: unknown): SourceDefinition {
    const parsed = sourceSchema.safeParse(input);
    const [issue] = parsed.error?.issues ?? [];
    if (!parsed.success) {
      const field = (issue?.path ?? []).map(String);
      throw new Invalid(`${field.join('.') || 'input'} ${issue?.message ?? 'is no source'}.`, ['input', ...field]);
    }
    try {
      if (parsed.data.password) requireReachable(parsed.data.password, this.options.secretsDir);
      return parsed.data;
    } catch (error) {
      if (error instanceof SecretError) throw new Invalid(error.message, ['input', 'password']);
      throw error;
    }
  }

  private record(actor: Actor, type: string, key: string): void {
    this.events.record(actor, { type, subject: { kind: 'source', id: key } });
  }
}
