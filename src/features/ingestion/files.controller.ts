import { Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Invalid } from '../../core/errors.js';
import { actorOf } from '../../platform/auth/authentication.middleware.js';
import { isAsked } from './answers.js';
import { CsvExport, EXPORTED_TABLES } from './csv-export.js';
import { DryRun } from './dry-run.js';
import { IngestionService, type TakenMessage } from './ingestion.service.js';
import { readBody } from './request-body.js';
import type { IntakeTask } from './take-in.js';

/** What people and tools keep in files: CSV tables, data contracts (ODCS 3), catalogs (DCAT 3). `?dryRun=true` as everywhere. */
@Controller()
export class FilesController {
  constructor(
    private readonly ingestion: IngestionService,
    private readonly csvExport: CsvExport,
    private readonly dryRun: DryRun,
  ) {}

  /** What the caller sees, one table of it; made to be edited in a spreadsheet and posted again. */
  @Get('api/v1/csv')
  async download(@Req() request: Request, @Res() response: Response, @Query('table') table = 'assets'): Promise<void> {
    const wanted = EXPORTED_TABLES.find((one) => one === table);
    if (!wanted)
      throw new Invalid(`'table' is '${table.slice(0, 50)}'. Give ${EXPORTED_TABLES.join(', ')}.`, ['table']);
    response.setHeader('Content-Type', 'text/csv; charset=utf-8');
    await pipeline(Readable.from(this.csvExport.parts(actorOf(request), wanted)), response);
  }

  /** The report names every refused row; `?preview=true` says of every row what it would do, and does nothing. */
  @Post('api/v1/csv')
  @HttpCode(201)
  async csv(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Query() query: Readonly<Record<string, string | undefined>>,
  ): Promise<object | string> {
    const actor = actorOf(request);
    const isPreview = isAsked('preview', query['preview']);
    const isDryRun = isAsked('dryRun', query['dryRun']);
    const taken = await this.takeIn(request, { kind: 'CSV', rows: isPreview ? 'ALL' : 'REFUSED' });
    const { text = '{}', isNothingTaken = false } = taken.answer ?? {};
    if (isDryRun || isPreview || isNothingTaken) response.status(200);
    if (isDryRun) return this.dryRun.ofMessage(actor, taken);
    if (isPreview) return withReport(response, { preview: true }, text);
    if (isNothingTaken) return withReport(response, { accepted: 0, duplicates: 0 }, text);
    const { accepted, duplicates } = await this.ingestion.keep(actor, taken);
    return withReport(response, { accepted, duplicates, sync: taken.sync }, text);
  }

  /** A contract as it is, or an object with `contract`, `datasetNamespace`, `at` and `removals`. */
  @Post('api/v1/odcs')
  @HttpCode(201)
  async odcs(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Query('dryRun') dryRun?: string,
  ): Promise<object> {
    return this.take({ request, response }, 'ODCS', dryRun);
  }

  /** A JSON-LD document as it is, or an object with `document`, `source`, `language`, `at` and `removals`. */
  @Post('api/v1/dcat')
  @HttpCode(201)
  async dcat(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Query('dryRun') dryRun?: string,
  ): Promise<object> {
    return this.take({ request, response }, 'DCAT', dryRun);
  }

  /** 200 for a dry run, for nothing was made. */
  private async take({ request, response }: Exchange, kind: 'ODCS' | 'DCAT', dryRun?: string): Promise<object> {
    const isDryRun = isAsked('dryRun', dryRun);
    const actor = actorOf(request);
    const taken = await this.takeIn(request, { kind });
    if (isDryRun) {
      response.status(200);
      return this.dryRun.ofMessage(actor, taken);
    }
    const { accepted, duplicates } = await this.ingestion.keep(actor, taken);
    return { accepted, duplicates, sync: taken.sync };
  }

  private async takeIn(request: Request, task: Omit<IntakeTask, 'at'>): Promise<TakenMessage> {
    const body = await readBody(request, this.ingestion.options);
    return this.ingestion.takeIn(actorOf(request), { ...task, at: new Date().toISOString() }, body);
  }
}

/** The report is JSON already, and may be large. */
function withReport(response: Response, head: object, report: string): string {
  response.type('application/json');
  return `${JSON.stringify(head).slice(0, -1)},${report.slice(1)}`;
}

interface Exchange {
  readonly request: Request;
  readonly response: Response;
}
