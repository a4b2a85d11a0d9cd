import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { stringify } from 'csv-stringify/sync';
import type { Request, Response } from 'express';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Invalid } from '../../core/errors.js';
import { actorOf } from '../../platform/auth/authentication.middleware.js';
import { questionOf } from './audit-question.js';
import type { ExportedEntry } from './audit.repository.js';
import { AuditService } from './audit.service.js';
import { Checkpoints } from './checkpoints.js';

const CSV_HEADER = ['seq', 'at', 'actor', 'action', 'decision', 'rule', 'subject kind', 'subject', 'request', 'detail'];

/** The audit log to take away: JSON lines with all that it takes to check the chain, or a table for people. */
@Controller('api/v1/audit')
export class AuditController {
  constructor(
    private readonly audit: AuditService,
    private readonly checkpoints: Checkpoints,
  ) {}

  @Get()
  async download(
    @Req() request: Request,
    @Res() response: Response,
    @Query() query: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    const format = formatOf(query['format']);
    const parts = await this.audit.export(actorOf(request), questionOf(query));
    response.setHeader(
      'Content-Type',
      format === 'csv' ? 'text/csv; charset=utf-8' : 'application/jsonl; charset=utf-8',
    );
    await pipeline(Readable.from(format === 'csv' ? csvOf(parts) : linesOf(parts)), response);
  }

  /** Oldest first, one JSON line each. */
  @Get('checkpoints')
  async downloadCheckpoints(@Req() request: Request, @Res() response: Response): Promise<void> {
    const checkpoints = await this.checkpoints.list(actorOf(request));
    response.setHeader('Content-Type', 'application/jsonl; charset=utf-8');
    response.send(checkpoints.map((checkpoint) => `${JSON.stringify(checkpoint)}\n`).join(''));
  }
}

function formatOf(given: unknown): 'csv' | 'jsonl' {
  if (given === undefined || given === 'jsonl') return 'jsonl';
  if (given === 'csv') return 'csv';
  throw new Invalid(`'format' is csv or jsonl.`, ['format']);
}

async function* linesOf(parts: AsyncIterable<readonly ExportedEntry[]>): AsyncGenerator<string> {
  for await (const entries of parts) yield entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
}

async function* csvOf(parts: AsyncIterable<readonly ExportedEntry[]>): AsyncGenerator<string> {
  yield stringify([CSV_HEADER]);
  for await (const entries of parts) yield stringify(entries.map(cellsOf), { escape_formulas: true });
}

function cellsOf(entry: ExportedEntry): (string | number | null)[] {
  const { seq, at, actor, action, decision, policyId, subjectKind, subjectId, requestId, detail } = entry;
  const who = actor.handle ?? `erased:${actor.key.slice(0, 12)}`;
  return [seq, at, who, action, decision, policyId, subjectKind, subjectId, requestId, JSON.stringify(detail)];
}
