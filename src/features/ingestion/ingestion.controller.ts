import { Controller, Get, Header, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Invalid } from '../../core/errors.js';
import { actorOf } from '../../platform/auth/authentication.middleware.js';
import { isAsked, throwRefusal } from './answers.js';
import { CatalogDump } from './catalog-dump.js';
import { DryRun } from './dry-run.js';
import { IngestionService } from './ingestion.service.js';
import type { RawKind } from './readers/statement.js';
import { readBody, readJsonBody } from './request-body.js';

/** Longest batch: an answer per event has to stay readable. */
const MAX_BATCH = 5000;

/**
 * OpenLineage's HTTP transport (spec 2-0-2), and dbt artifacts. `?dryRun=true` answers everywhere with what the message
 * would do, and does nothing.
 */
@Controller()
export class IngestionController {
  constructor(
    private readonly ingestion: IngestionService,
    private readonly dump: CatalogDump,
    private readonly dryRun: DryRun,
  ) {}

  /** 201 with `{}`: the Go client takes nothing but 200 and 201, the Java client wants a body. */
  @Post(['api/v1/lineage', '/'])
  @HttpCode(201)
  async lineage(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Query('dryRun') dryRun?: string,
  ): Promise<object> {
    const event = await readJsonBody(request, this.ingestion.options);
    if (isAsked('dryRun', dryRun)) return this.wouldDo({ request, response }, 'OPENLINEAGE', [event]);
    const receipt = await this.ingestion.accept(actorOf(request), 'OPENLINEAGE', [event]);
    throwRefusal(receipt);
    return {};
  }

  @Post('api/v1/lineage/batch')
  @HttpCode(200)
  async batch(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Query('dryRun') dryRun?: string,
  ): Promise<object> {
    const events = await readJsonBody(request, this.ingestion.options);
    if (!Array.isArray(events)) throw new Invalid('The body must be a JSON array of events.');
    if (events.length > MAX_BATCH)
      throw new Invalid(`The batch holds ${events.length} events; send at most ${MAX_BATCH}.`);
    if (isAsked('dryRun', dryRun)) return this.wouldDo({ request, response }, 'OPENLINEAGE', events);
    const receipt = await this.ingestion.accept(actorOf(request), 'OPENLINEAGE', events);
    return {
      status: receipt.refused.length === 0 ? 'success' : 'partial_success',
      summary: {
        received: receipt.received,
        successful: receipt.received - receipt.refused.length,
        failed: receipt.refused.length,
        retriable: 0,
        non_retriable: receipt.refused.length,
        duplicates: receipt.duplicates,
      },
      failed_events: receipt.refused.map((refusal) => ({ ...refusal, retriable: false })),
    };
  }

  @Post('api/v1/dbt')
  @HttpCode(201)
  async dbt(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Query('dryRun') dryRun?: string,
  ): Promise<object> {
    const actor = actorOf(request);
    const body = await readBody(request, this.ingestion.options);
    const taken = await this.ingestion.takeIn(actor, { kind: 'DBT', at: new Date().toISOString() }, body);
    if (isAsked('dryRun', dryRun)) {
      response.status(200);
      return this.dryRun.ofMessage(actor, taken);
    }
    const { accepted, duplicates, warnings } = await this.ingestion.keep(actor, taken);
    return { accepted, duplicates, sync: taken.sync, warnings };
  }

  /** How much is received and not yet projected, and how far search is behind that. */
  @Get('api/v1/ingest/status')
  async status(@Req() request: Request): Promise<object> {
    return this.ingestion.status(actorOf(request));
  }

  /** Where a sync stands whose message was answered with `sync`; 404 until that is projected. */
  @Get('api/v1/ingest/syncs')
  async sync(@Req() request: Request, @Query('source') source?: string, @Query('sync') id?: string): Promise<object> {
    if (typeof source !== 'string' || typeof id !== 'string')
      throw new Invalid('Give source and sync, as they were answered.', ['source']);
    return this.ingestion.syncState(actorOf(request), source, id);
  }

  /** The whole catalog in canonical form: equal catalogs give equal bytes. Needs `operate`. */
  @Get('api/v1/dump')
  @Header('Content-Type', 'application/json')
  async download(@Req() request: Request, @Res() response: Response): Promise<void> {
    response.send(await this.dump.make(actorOf(request)));
  }

  /** 200, for nothing was made. */
  private async wouldDo(
    { request, response }: { readonly request: Request; readonly response: Response },
    kind: RawKind,
    messages: readonly unknown[],
  ): Promise<object> {
    response.status(200);
    return this.dryRun.run(actorOf(request), kind, messages);
  }
}
