import { Injectable } from '@nestjs/common';
import { validate as isUuid } from 'uuid';
import type { Actor } from '../../core/actor.js';
import { Invalid } from '../../core/errors.js';
import type { Page, PageRequest } from '../../core/page.js';
import { Access } from '../../platform/access/access.js';
import { decodeCursor, encodeCursor } from '../../platform/graphql/page-arguments.js';
import { NoticeRepository, type NoticeQuestion, type NoticeRow } from './notice.repository.js';

export type NoticeFilter = 'ALL' | 'UNREAD';

/** What watched searches found; each is tested again when it is read. */
@Injectable()
export class NoticesService {
  constructor(
    private readonly notices: NoticeRepository,
    private readonly access: Access,
  ) {}

  async list(actor: Actor, filter: NoticeFilter, page: PageRequest): Promise<Page<NoticeRow>> {
    const before = page.after === null ? null : placeOf(page.after);
    const rows = await this.notices.list(await this.question(actor, filter), page.first, before);
    const nodes = rows.slice(0, page.first);
    const last = nodes.at(-1);
    const endCursor = last ? encodeCursor([last.atText, last.noticeId]) : null;
    return { nodes, hasNextPage: rows.length > page.first, endCursor };
  }

  async count(actor: Actor, filter: NoticeFilter): Promise<number> {
    return this.notices.count(await this.question(actor, filter));
  }

  /** Null: all of them. Of others nothing is read, and nothing told. @throws {Invalid} for what is no id. */
  async markRead(actor: Actor, ids: readonly string[] | null): Promise<void> {
    const strange = ids?.find((id) => !isUuid(id));
    if (strange !== undefined) throw new Invalid(`'${strange.slice(0, 100)}' is no id of a notice.`, ['ids']);
    await this.notices.markRead(actor.id, ids);
  }

  private async question(actor: Actor, filter: NoticeFilter): Promise<NoticeQuestion> {
    return { accountId: actor.id, access: await this.access.forActor(actor), isUnread: filter === 'UNREAD' };
  }
}

function placeOf(after: string): readonly [string, string] {
  const [at = '', id = ''] = decodeCursor(after, 2);
  if (Number.isNaN(Date.parse(at)) || !isUuid(id))
    throw new Invalid('after is not the endCursor of a page of this list.', ['after']);
  return [at, id];
}
