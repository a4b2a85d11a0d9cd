import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { NotFound } from '../../core/errors.js';
import { Access } from '../../platform/access/access.js';
import { DataHubRepository } from './datahub.repository.js';
import { reportDataHub } from './readers/datahub/read-datahub.js';
import { mergeReports, type CarryReport } from './readers/datahub/report.js';

export interface SyncReport extends CarryReport {
  readonly name: string;
  /** '' when the messages named no sync. */
  readonly syncId: string;
  readonly messages: number;
}

/** What became of an export of DataHub: read from its messages, which are kept, whenever somebody asks. */
@Injectable()
export class DataHubReports {
  constructor(
    private readonly repository: DataHubRepository,
    private readonly access: Access,
  ) {}

  /**
   * Of the given sync, or the last one. It names what was sent, seen by policy or not: operators read every report, others
   * that of what they sent.
   * @throws Forbidden without the right to ingest, NotFound.
   */
  async read(actor: Actor, name: string, sync: string | undefined): Promise<SyncReport> {
    const access = await this.access.forActor(actor);
    const isOperator = access.can('operate', { type: 'system' });
    if (!isOperator) access.require('ingest', { type: 'system' });
    const sentBy = isOperator ? null : actor.id;
    const syncId = sync ?? (await this.repository.findLastSync(name, sentBy));
    if (syncId === null) throw new NotFound(`No message of a DataHub '${name}' was found.`, ['name']);
    let messages = 0;
    let report = mergeReports([]);
    // One message in memory at a time.
    for (let next = await this.repository.findMessage({ name, syncId, sentBy }, '0'); next;) {
      report = mergeReports([report, reportDataHub(next.payload)]);
      messages += 1;
      next = await this.repository.findMessage({ name, syncId, sentBy }, next.id);
    }
    if (messages === 0) throw new NotFound(`No sync '${syncId}' of a DataHub '${name}' was found.`, ['sync']);
    return { name, syncId, messages, ...report };
  }
}
