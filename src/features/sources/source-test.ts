import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { Database } from '../../platform/database/database.js';
import { Events } from '../../platform/events/events.js';
import { filterOf, targetOf } from './crawl-target.js';
import { CrawlFailure, type CrawlFailureCode } from './crawlers/crawl-failure.js';
import { CRAWLERS, type Crawler } from './crawlers/crawler.js';
import { SOURCES_OPTIONS, type SourcesOptions } from './sources-options.js';
import { SourcesService } from './sources.service.js';

export interface SourceTestResult {
  readonly isOk: boolean;
  /** Null when it is. */
  readonly code: CrawlFailureCode | null;
  readonly message: string;
  readonly version: string | null;
  readonly tables: number | null;
  readonly skipped: number | null;
}

const LIMIT_MS = 30_000;

/** Tries a connection and says what the database says, with the real reason when it does not work. */
@Injectable()
export class SourceTest {
  constructor(
    private readonly sources: SourcesService,
    private readonly database: Database,
    private readonly events: Events,
    @Inject(CRAWLERS) private readonly crawlers: readonly Crawler[],
    @Inject(SOURCES_OPTIONS) private readonly options: SourcesOptions,
  ) {}

  /** @throws Forbidden without `operate`, NotFound. */
  async run(actor: Actor, key: string): Promise<SourceTestResult> {
    await this.sources.requireOperator(actor);
    const source = await this.sources.get(key);
    await this.database.transaction(async () =>
      this.events.record(actor, { type: 'source.tested', subject: { kind: 'source', id: key } }),
    );
    const crawler = this.crawlers.find(({ type }) => type === source.definition.type);
    const signal = AbortSignal.timeout(LIMIT_MS);
    try {
      if (!crawler) throw new CrawlFailure('OTHER', `There is no crawler for ${source.definition.type}.`);
      const target = targetOf(source, this.options.secretsDir);
      const found = await crawler.test(target, filterOf(source.definition), signal);
      const message = `Connected. ${found.tables} tables and views within the filters, ${found.skipped} outside.`;
      return { isOk: true, code: null, message, ...found };
    } catch (error) {
      const failure = signal.aborted ? new CrawlFailure('TIMEOUT', `No answer within ${LIMIT_MS / 1000} s.`) : error;
      if (!(failure instanceof CrawlFailure)) throw failure;
      return { isOk: false, code: failure.code, message: failure.message, version: null, tables: null, skipped: null };
    }
  }
}
