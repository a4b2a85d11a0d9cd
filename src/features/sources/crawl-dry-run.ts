import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { Conflict, Invalid } from '../../core/errors.js';
import { Database } from '../../platform/database/database.js';
import { DryRun, type CrawlMessage, type DryRunReport } from '../ingestion/index.js';
import { deltaOf } from './crawl-delta.js';
import { messageOf, NOTHING_MORE, saidOf } from './crawl-messages.js';
import { filterOf, targetOf } from './crawl-target.js';
import { CrawlFailure, withoutSecret } from './crawlers/crawl-failure.js';
import { CRAWLERS, type Crawler, type CrawlTarget } from './crawlers/crawler.js';
import { factSourceKey, namespaceOf, type SourceDefinition } from './source.js';
import type { SourceRow } from './source.repository.js';
import { SOURCES_OPTIONS, type SourcesOptions } from './sources-options.js';
import { TableRepository } from './table.repository.js';

/** Whoever asked waits for the answer; Node's own client gives up after five minutes. */
const LIMIT_MS = 240_000;
/** All that a crawl says is held in memory until it is compared; in characters of JSON. */
const MOST_SAID = 50_000_000;

/** Crawls as a run would, and says what that would change; no run, no message, no memory of tables comes of it. */
@Injectable()
export class CrawlDryRun implements BeforeApplicationShutdown {
  private readonly stopping = new AbortController();

  constructor(
    private readonly database: Database,
    private readonly tables: TableRepository,
    private readonly dryRun: DryRun,
    @Inject(CRAWLERS) private readonly crawlers: readonly Crawler[],
    @Inject(SOURCES_OPTIONS) private readonly options: SourcesOptions,
  ) {}

  beforeApplicationShutdown(): void {
    this.stopping.abort();
  }

  /** @throws Conflict while another dry run of the source goes on, Invalid with the reason when it cannot be crawled. */
  async run(actor: Actor, source: SourceRow, removals: 'GUARD' | 'APPLY'): Promise<DryRunReport> {
    let report: DryRunReport | null = null;
    const isFree = await this.database.exclusively(`dry run of ${source.key}`, async () => {
      const { messages, warnings } = await this.crawl(source, removals);
      const foreseen = await this.dryRun.foresee(actor, 'CRAWL', messages);
      report = { ...foreseen, warnings: [...warnings, ...foreseen.warnings] };
    });
    if (!isFree || !report) throw new Conflict(`A dry run of the source '${source.key}' is going on.`, ['key']);
    return report;
  }

  private async crawl(source: SourceRow, removals: 'GUARD' | 'APPLY'): Promise<Crawled> {
    const signal = AbortSignal.any([AbortSignal.timeout(LIMIT_MS), this.stopping.signal]);
    let secret: string | null = null;
    try {
      const target = targetOf(source, this.options.secretsDir);
      secret = target.password;
      return await this.collect({ source: source.definition, removals }, target, signal);
    } catch (error) {
      if (error instanceof Invalid) throw error;
      if (signal.aborted)
        throw new Invalid(`The crawl took longer than ${LIMIT_MS / 1000} s. Narrow the filters.`, ['key']);
      if (!(error instanceof CrawlFailure)) throw error;
      throw new Invalid(withoutSecret(error.message, secret), ['key']);
    }
  }

  private async collect(
    { source, removals }: { readonly source: SourceDefinition; readonly removals: 'GUARD' | 'APPLY' },
    target: CrawlTarget,
    signal: AbortSignal,
  ): Promise<Crawled> {
    const crawler = this.crawlers.find(({ type }) => type === source.type);
    if (!crawler) throw new CrawlFailure('OTHER', `There is no crawler for ${source.type}.`);
    const crawl = { source, id: randomUUID(), at: new Date(), removals };
    const messages: CrawlMessage[] = [];
    const warnings: string[] = [];
    let length = 0;
    for await (const chunk of crawler.crawl(target, filterOf(source), signal)) {
      warnings.push(...chunk.warnings);
      const names = [...chunk.tables.map(({ name }) => name), ...chunk.unread];
      const known = await this.tables.list(factSourceKey(source), names);
      const said = saidOf(deltaOf(chunk, known, namespaceOf(source))).map((one) => messageOf(crawl, one));
      length += JSON.stringify(said).length;
      if (length > MOST_SAID)
        throw new Invalid('There is too much to say for one dry run. Narrow the filters.', ['key']);
      messages.push(...said);
    }
    messages.push(messageOf(crawl, NOTHING_MORE, messages.length + 1));
    return { messages, warnings: warnings.map((message) => ({ path: 'source', message })) };
  }
}

interface Crawled {
  readonly messages: readonly CrawlMessage[];
  readonly warnings: DryRunReport['warnings'];
}
