import { Injectable } from '@nestjs/common';
import { Invalid } from '../../core/errors.js';
import type { Page, PageRequest } from '../../core/page.js';
import { Access } from '../../platform/access/access.js';
import { decodeCursor, encodeCursor } from '../../platform/graphql/page-arguments.js';
import type { RequestScope } from '../../platform/graphql/request-scope.js';
import { isAssetId } from '../assets/index.js';
import { PunctualityRepository, type Punctuality } from './punctuality.repository.js';

/** Asked when it is read, so that nothing is written and a run that comes sets it right. */
@Injectable()
export class PunctualityReader {
  constructor(
    private readonly punctualities: PunctualityRepository,
    private readonly access: Access,
  ) {}

  /** Null for a job without a rhythm. */
  async ofJob(scope: RequestScope, jobId: string): Promise<Punctuality | null> {
    const loader = scope.loader<string, Punctuality | null>('punctuality', async (ids) => {
      const byJob = new Map((await this.punctualities.listOfJobs(ids, new Date())).map((row) => [row.jobId, row]));
      return ids.map((id) => byJob.get(id) ?? null);
    });
    return loader.load(jobId);
  }

  async listLate(scope: RequestScope, { first, after }: PageRequest): Promise<Page<Punctuality>> {
    const access = await this.access.forActor(scope.actor);
    const page = { first, after: after === null ? null : cursorOf(after) };
    const rows = await this.punctualities.listLate(access, new Date(), page);
    const nodes = rows.slice(0, first);
    const last = nodes.at(-1);
    return {
      nodes,
      hasNextPage: rows.length > first,
      endCursor: last ? encodeCursor([last.orderedAt, last.jobId]) : null,
    };
  }
}

/** @throws Invalid */
function cursorOf(cursor: string): readonly string[] {
  const [time = '', id = ''] = decodeCursor(cursor, 2);
  if (Number.isNaN(Date.parse(time)) || !isAssetId(id))
    throw new Invalid('after is not the endCursor of a page of this list.', ['after']);
  return [time, id];
}
