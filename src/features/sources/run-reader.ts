import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { Invalid } from '../../core/errors.js';
import type { Page, PageRequest } from '../../core/page.js';
import { Access } from '../../platform/access/access.js';
import { decodeCursor, encodeCursor } from '../../platform/graphql/page-arguments.js';
import { RunRepository, type LineRow, type RunRow } from './run.repository.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Runs of sources and their logs. Whoever was shown a source may see both. */
@Injectable()
export class RunReader {
  constructor(
    private readonly runs: RunRepository,
    private readonly access: Access,
  ) {}

  /** Null when there is none. @throws Forbidden without `operate`. */
  async find(actor: Actor, id: string): Promise<RunRow | null> {
    (await this.access.forActor(actor)).require('operate', { type: 'system' });
    return UUID.test(id) ? this.runs.find(id) : null;
  }

  /** Of each source one page, newest first, in the order of the sources. */
  async list(sourceKeys: readonly string[], page: PageRequest): Promise<Page<RunRow>[]> {
    const rows = await this.runs.list(sourceKeys, page.first, page.after === null ? null : runCursor(page.after));
    return sourceKeys.map((key) =>
      pageOf(
        rows.filter((row) => row.sourceKey === key),
        page.first,
        (row) => [row.orderedAt, row.id],
      ),
    );
  }

  /** Of each run one page of its log, oldest first. The cursor of the last line is given even when there is no more yet. */
  async listLines(runIds: readonly string[], page: PageRequest): Promise<Page<LineRow>[]> {
    const after = page.after === null ? null : (decodeCursor(page.after, 1)[0] ?? '');
    if (after !== null && !/^\d{1,18}$/.test(after)) throw notACursor();
    const rows = await this.runs.listLines(runIds, page.first, after);
    return runIds.map((id) => {
      const lines = pageOf(
        rows.filter((row) => row.runId === id),
        page.first,
        (row) => [row.seq],
      );
      return { ...lines, endCursor: lines.endCursor ?? page.after };
    });
  }
}

function pageOf<Row>(rows: readonly Row[], first: number, key: (row: Row) => readonly unknown[]): Page<Row> {
  const nodes = rows.slice(0, first);
  const last = nodes.at(-1);
  return { nodes, hasNextPage: rows.length > first, endCursor: last === undefined ? null : encodeCursor(key(last)) };
}

function runCursor(after: string): [string, string] {
  const [at = '', id = ''] = decodeCursor(after, 2);
  if (Number.isNaN(Date.parse(at)) || !UUID.test(id)) throw notACursor();
  return [at, id];
}

function notACursor(): Invalid {
  return new Invalid('after is not the endCursor of a page of this list.', ['after']);
}
