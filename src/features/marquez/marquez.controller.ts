import { Controller, Get, Param, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Invalid } from '../../core/errors.js';
import { actorOf } from '../../platform/auth/authentication.middleware.js';
import { MarquezService } from './marquez.service.js';
import type { Slice } from './marquez.repository.js';

type Parameters = Readonly<Record<string, unknown>>;

const MOST = 1000;

/** The reading half of Marquez 0.51's REST API. Lists page by `limit` and `offset`. */
@Controller('api/v1')
export class MarquezController {
  constructor(private readonly marquez: MarquezService) {}

  @Get('namespaces')
  async namespaces(@Req() request: Request, @Query() query: Parameters): Promise<object> {
    return this.marquez.namespaces(actorOf(request), sliceOf(query));
  }

  @Get('namespaces/:namespace')
  async namespace(@Req() request: Request, @Param('namespace') namespace: string): Promise<object> {
    return this.marquez.namespace(actorOf(request), namespace);
  }

  @Get('namespaces/:namespace/datasets')
  async datasets(
    @Req() request: Request,
    @Param('namespace') namespace: string,
    @Query() query: Parameters,
  ): Promise<object> {
    return this.marquez.datasets(actorOf(request), namespace, sliceOf(query));
  }

  @Get('namespaces/:namespace/datasets/:name')
  async dataset(
    @Req() request: Request,
    @Param() { namespace, name }: { namespace: string; name: string },
  ): Promise<object> {
    return this.marquez.dataset(actorOf(request), namespace, name);
  }

  @Get('namespaces/:namespace/jobs')
  async jobs(
    @Req() request: Request,
    @Param('namespace') namespace: string,
    @Query() query: Parameters,
  ): Promise<object> {
    return this.marquez.jobs(actorOf(request), namespace, sliceOf(query));
  }

  @Get('namespaces/:namespace/jobs/:name')
  async job(
    @Req() request: Request,
    @Param() { namespace, name }: { namespace: string; name: string },
  ): Promise<object> {
    return this.marquez.job(actorOf(request), namespace, name);
  }

  @Get('namespaces/:namespace/jobs/:name/runs')
  async runs(
    @Req() request: Request,
    @Param() job: { namespace: string; name: string },
    @Query() query: Parameters,
  ): Promise<object> {
    return this.marquez.runs(actorOf(request), job, sliceOf(query).limit);
  }

  @Get('lineage')
  async lineage(@Req() request: Request, @Query() query: Parameters): Promise<object> {
    return this.marquez.graph(actorOf(request), textOf(query, 'nodeId'), numberOf(query, 'depth', 20, 100));
  }

  @Get('column-lineage')
  async columnLineage(@Req() request: Request, @Query() query: Parameters): Promise<object> {
    const depth = numberOf(query, 'depth', 20, 100);
    const withDownstream = query['withDownstream'] === 'true';
    return this.marquez.columnGraph(actorOf(request), textOf(query, 'nodeId'), { depth, withDownstream });
  }

  @Get('events/lineage')
  async events(@Req() request: Request, @Query() query: Parameters): Promise<object> {
    for (const name of ['before', 'after']) {
      if (query[name] !== undefined)
        throw new Invalid(`'${name}' is not supported; page with limit and offset.`, [name]);
    }
    const order = query['sortDirection'] === 'asc' ? 'ASC' : 'DESC';
    return this.marquez.events(actorOf(request), sliceOf(query), order);
  }

  @Get('search')
  async search(@Req() request: Request, @Query() query: Parameters): Promise<object> {
    const filter = query['filter'];
    if (filter !== undefined && filter !== 'DATASET' && filter !== 'JOB')
      throw new Invalid("'filter' is DATASET or JOB.", ['filter']);
    const limit = numberOf(query, 'limit', 10, 100);
    return this.marquez.search(actorOf(request), textOf(query, 'q'), { kind: filter ?? null, limit });
  }
}

function sliceOf(query: Parameters): Slice {
  return { limit: numberOf(query, 'limit', 100, MOST), offset: numberOf(query, 'offset', 0, 1_000_000) };
}

function textOf(query: Parameters, name: string): string {
  const value = query[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new Invalid(`The parameter '${name}' is missing.`, [name]);
}

function numberOf(query: Parameters, name: string, otherwise: number, most: number): number {
  const value = query[name];
  if (value === undefined) return otherwise;
  const number = typeof value === 'string' && /^\d{1,7}$/.test(value) ? Number(value) : Number.NaN;
  if (number >= 0 && number <= most) return number;
  throw new Invalid(`'${name}' is a whole number up to ${most}.`, [name]);
}
