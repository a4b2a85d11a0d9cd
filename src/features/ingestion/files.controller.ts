import { Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Invalid } from '../../core/errors.js';
import { actorOf } from '../../platform/auth/authentication.middleware.js';
import { isAsked, throwRefusal } from './answers.js';
import { CsvExport, EXPORTED_TABLES } from './csv-export.js';
import { CsvIntake } from './csv-intake.js';
import { DryRun } from './dry-run.js';
import { IngestionService } from './ingestion.service.js';
import { checkMessages } from './message-check.js';
import { expandDcat } from './readers/dcat/expand-dcat.js';
import { stamped } from './readers/file-message.js';
import { isObject, type JsonObject } from './readers/json.js';
import type { RawKind } from './readers/statement.js';
import { readJsonBody } from './request-body.js';

/** What people and tools keep in files: CSV tables, data contracts (ODCS 3), catalogs (DCAT 3). `?dryRun=true` as everywhere. */
@Controller()
export class FilesController {
  constructor(
    private readonly ingestion: IngestionService,
    private readonly csvIntake: CsvIntake,
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
  ): Promise<object> {
    const actor = actorOf(request);
    const body = await readJsonBody(request, this.ingestion.options);
    const message = await this.csvIntake.prepare(actor, body, new Date());
    if (isAsked('dryRun', query['dryRun'])) return this.wouldDo({ request, response }, 'CSV', message);
    const isPreview = isAsked('preview', query['preview']);
    throwRefusal(checkMessages(actor, 'CSV', [message]));
    const report = await this.csvIntake.report(actor, message);
    const { summary, rows } = report;
    const isNothingTaken = summary.rows > 0 && summary.refused === summary.rows;
    if (isPreview || isNothingTaken) response.status(200);
    if (isPreview) return { preview: true, ...report };
    const refusedOnly = { ...report, rows: rows.filter(({ action }) => action === 'REFUSED') };
    if (isNothingTaken) return { accepted: 0, duplicates: 0, ...refusedOnly };
    const receipt = await this.ingestion.accept(actor, 'CSV', [message]);
    throwRefusal(receipt);
    return { accepted: receipt.accepted, duplicates: receipt.duplicates, ...refusedOnly };
  }

  /** A contract as it is, or an object with `contract`, `datasetNamespace`, `at` and `removals`. */
  @Post('api/v1/odcs')
  @HttpCode(201)
  async odcs(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Query('dryRun') dryRun?: string,
  ): Promise<object> {
    const body = await readJsonBody(request, this.ingestion.options);
    const message = stamped(isObject(body) && 'contract' in body ? body : { contract: body }, new Date());
    return this.take({ request, response }, 'ODCS', { message, isDryRun: isAsked('dryRun', dryRun) });
  }

  /** A JSON-LD document as it is, or an object with `document`, `source`, `language`, `at` and `removals`. */
  @Post('api/v1/dcat')
  @HttpCode(201)
  async dcat(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Query('dryRun') dryRun?: string,
  ): Promise<object> {
    const body = await readJsonBody(request, this.ingestion.options);
    await this.ingestion.requireIngest(actorOf(request));
    const given: JsonObject = isObject(body) && 'document' in body ? body : { document: body };
    const message = stamped({ ...given, graph: await expandDcat(given['document']) }, new Date());
    return this.take({ request, response }, 'DCAT', { message, isDryRun: isAsked('dryRun', dryRun) });
  }

  private async take(
    exchange: Exchange,
    kind: RawKind,
    { message, isDryRun }: { readonly message: unknown; readonly isDryRun: boolean },
  ): Promise<object> {
    if (isDryRun) return this.wouldDo(exchange, kind, message);
    const receipt = await this.ingestion.accept(actorOf(exchange.request), kind, [message]);
    throwRefusal(receipt);
    return { accepted: receipt.accepted, duplicates: receipt.duplicates };
  }

  /** 200, for nothing was made. */
  private async wouldDo({ request, response }: Exchange, kind: RawKind, message: unknown): Promise<object> {
    response.status(200);
    return this.dryRun.run(actorOf(request), kind, [message]);
  }
}

interface Exchange {
  readonly request: Request;
  readonly response: Response;
}
