import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { SYSTEM_ACTOR } from '../../core/actor.js';
import { Busy, IngestionService, type CrawlMessage } from '../ingestion/index.js';
import { deltaOf, type CrawlDelta } from './crawl-delta.js';
import { messageOf, NOTHING_MORE, saidOf, type CrawlSaid } from './crawl-messages.js';
import { filterOf } from './crawl-target.js';
import { CRAWLERS, type CrawlChunk, type Crawler, type CrawlTarget } from './crawlers/crawler.js';
import { RunRepository, type LineLevel, type RunCounts, type RunRow } from './run.repository.js';
import { factSourceKey, namespaceOf, type SourceDefinition } from './source.js';
import { TableRepository } from './table.repository.js';

/** Somebody asked for the end of the run. */
export class Cancelled extends Error {}
/** Another process holds this run for dead, and may have begun the next. */
export class Lost extends Error {}

const BUSY_WAIT_MS = 1000;

interface Begun {
  readonly source: SourceDefinition;
  readonly run: RunRow;
  readonly at: Date;
  readonly signal: AbortSignal;
  counts: RunCounts;
  /** Messages sent. */
  parts: number;
}

/** Sends what a crawler finds to ingestion, message by message; only the last one says that it was everything. */
@Injectable()
export class CrawlRun {
  constructor(
    private readonly ingestion: IngestionService,
    private readonly tables: TableRepository,
    private readonly runs: RunRepository,
    @Inject(CRAWLERS) private readonly crawlers: readonly Crawler[],
  ) {}

  /** @throws whatever ended it early; nothing is taken away then. */
  async execute(
    { source, run, at }: Pick<Begun, 'source' | 'run' | 'at'>,
    target: CrawlTarget,
    signal: AbortSignal,
  ): Promise<void> {
    const crawler = this.crawlers.find(({ type }) => type === source.type);
    if (!crawler) throw new Error(`No crawler for sources of type ${source.type}.`);
    const begun = { source, run, at, signal, counts: run, parts: 0 };
    for await (const chunk of crawler.crawl(target, filterOf(source), signal)) await this.take(begun, chunk);
    const { created, changed, unchanged, skipped, warnings } = begun.counts;
    const found = created + changed + unchanged;
    if (found === 0) await this.warn(begun, 'No table was found: check the filters and the rights of the user');
    await this.send(begun, NOTHING_MORE, begun.parts + 1);
    await this.tables.forgetUnseen(factSourceKey(source), run.id);
    const words = `${found} tables: ${created} created, ${changed} changed, ${unchanged} unchanged; ${skipped} skipped`;
    await this.runs.write(run.id, 'INFO', `Complete. ${words}, ${warnings} warnings.`);
  }

  private async take(begun: Begun, chunk: CrawlChunk): Promise<void> {
    const { source, run } = begun;
    for (const warning of chunk.warnings) await this.warn(begun, warning);
    const names = [...chunk.tables.map(({ name }) => name), ...chunk.unread];
    if (names.length > 0) {
      const known = await this.tables.list(factSourceKey(source), names);
      const delta = deltaOf(chunk, known, namespaceOf(source));
      for (const said of saidOf(delta)) await this.send(begun, said);
      await this.tables.remember(factSourceKey(source), run.id, delta.memory);
      begun.counts = {
        ...begun.counts,
        created: begun.counts.created + delta.created,
        changed: begun.counts.changed + delta.changed,
        unchanged: begun.counts.unchanged + delta.unchanged.length + delta.unread.length,
      };
      await this.runs.write(run.id, 'INFO', lineOf(chunk, delta));
    }
    begun.counts = { ...begun.counts, skipped: begun.counts.skipped + chunk.skipped };
    await this.goOn(begun);
  }

  /** `parts`: how many messages there were, in the last one. Waits while ingestion is behind. */
  private async send(begun: Begun, said: CrawlSaid, parts?: number): Promise<void> {
    const { source, run, at } = begun;
    const message = messageOf({ source, id: run.id, at, removals: run.removals }, said, parts);
    const { refused } = await this.accepted(begun, message);
    const [refusal] = refused;
    if (refusal) throw new Error(`Ingestion refused what was crawled: ${refusal.reason}`);
    begun.parts += 1;
  }

  private async accepted(begun: Begun, message: CrawlMessage): ReturnType<IngestionService['accept']> {
    for (let attempt = 1; ; attempt += 1) {
      begun.signal.throwIfAborted();
      try {
        return await this.ingestion.accept(SYSTEM_ACTOR, 'CRAWL', [message]);
      } catch (error) {
        if (!(error instanceof Busy)) throw error;
        if (attempt === 1) await this.runs.write(begun.run.id, 'INFO', 'Waiting until ingestion has caught up.');
        await sleep(BUSY_WAIT_MS, undefined, { signal: begun.signal });
        await this.goOn(begun);
      }
    }
  }

  private async goOn({ run, counts }: Begun): Promise<void> {
    const word = await this.runs.progress(run.id, counts);
    if (word === 'CANCEL') throw new Cancelled();
    if (word === 'LOST') throw new Lost();
  }

  private async warn(begun: Begun, message: string): Promise<void> {
    const level: LineLevel = 'WARNING';
    begun.counts = { ...begun.counts, warnings: begun.counts.warnings + 1 };
    await this.runs.write(begun.run.id, level, `${message}.`);
    await this.goOn(begun);
  }
}

function lineOf({ tables }: CrawlChunk, { created, changed, unchanged }: CrawlDelta): string {
  const span = `${tables[0]?.name ?? ''} – ${tables.at(-1)?.name ?? ''}`;
  return `${span}: ${created} created, ${changed} changed, ${unchanged.length} unchanged.`;
}
