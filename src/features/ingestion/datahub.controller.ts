import { Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Invalid } from '../../core/errors.js';
import { actorOf } from '../../platform/auth/authentication.middleware.js';
import { isAsked } from './answers.js';
import { DataHubReports, type SyncReport } from './datahub-reports.js';
import { DryRun } from './dry-run.js';
import { IngestionService } from './ingestion.service.js';
import { readBody } from './request-body.js';

/** Exports of DataHub: docs/datahub.md. */
@Controller()
export class DataHubController {
  constructor(
    private readonly ingestion: IngestionService,
    private readonly dryRun: DryRun,
    private readonly reports: DataHubReports,
  ) {}

  /** One message of an export; answers with what it carries over and what not. `?dryRun=true` as everywhere. */
  @Post('api/v1/datahub')
  @HttpCode(201)
  async ingest(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Query('dryRun') dryRun?: string,
  ): Promise<object> {
    const isDryRun = isAsked('dryRun', dryRun);
    const actor = actorOf(request);
    const body = await readBody(request, this.ingestion.options);
    const taken = await this.ingestion.takeIn(actor, { kind: 'DATAHUB', at: new Date().toISOString() }, body);
    if (isDryRun) {
      response.status(200);
      return this.dryRun.ofMessage(actor, taken);
    }
    const { accepted, duplicates } = await this.ingestion.keep(actor, taken);
    return { accepted, duplicates, sync: taken.sync, ...(JSON.parse(taken.answer?.text ?? '{}') as object) };
  }

  /** What the last sync of a DataHub, or the named one, carried over and what not. */
  @Get('api/v1/datahub/report')
  async report(
    @Req() request: Request,
    @Query('name') name?: string,
    @Query('sync') sync?: string,
  ): Promise<SyncReport> {
    if (typeof name !== 'string' || name === '')
      throw new Invalid('Give the name of a DataHub: /api/v1/datahub/report?name=main.', ['name']);
    return this.reports.read(actorOf(request), name, typeof sync === 'string' ? sync : undefined);
  }
}
