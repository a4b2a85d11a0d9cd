import { Injectable } from '@nestjs/common';
import { validate as isUuid } from 'uuid';
import type { Actor } from '../../../core/actor.js';
import { Conflict, NotFound } from '../../../core/errors.js';
import { Database } from '../../../platform/database/database.js';
import type { AccountRow } from '../account.js';
import { handleFrom, handleWithMark } from '../handle.js';
import { IdentityService } from '../identity.service.js';
import { listed, narrowedBy, type Listed, type ScimPage } from './scim-list.js';
import { filterOf, incoming, outgoing, patched } from './scim-resources.js';
import { accountChange, userOf, userView, type ScimUser, type ScimUserRow } from './scim-user.js';
import { ScimRepository } from './scim.repository.js';

/** People whom an identity provider provisions. Only those that it made itself, or named by their external id, are seen. */
@Injectable()
export class ScimUsers {
  constructor(
    private readonly database: Database,
    private readonly repository: ScimRepository,
    private readonly identity: IdentityService,
  ) {}

  async list(filterText: string | null, page: ScimPage): Promise<Listed<ScimUserRow>> {
    const filter = filterText === null ? null : filterOf(filterText);
    const narrowed = narrowedBy(filter);
    const isNarrowed = Object.keys(narrowed).length > 0;
    return listed(
      (after, count) => this.repository.listUsers(after, count, narrowed),
      (rows) => (filter === null || isNarrowed ? rows : matching(rows, filter)),
      page,
    );
  }

  /** @throws NotFound */
  async get(id: string): Promise<ScimUserRow> {
    const row = isUuid(id) ? await this.repository.findUser(id) : null;
    if (!row) throw new NotFound(`There is no user '${id.slice(0, 100)}'.`);
    return row;
  }

  /** An account that is called by the same external id is taken over. @throws Invalid, Conflict */
  async create(by: Actor, body: unknown): Promise<ScimUserRow> {
    const user = userOf(incoming('User', body));
    return this.database.transaction(async () => {
      const account = await this.accountFor(by, user);
      if (!(await this.repository.insertUser(account.id, user.record))) throw taken('userName', user.record.userName);
      if (!user.isActive) await this.repository.revokeTokens(account.id);
      return this.get(account.id);
    });
  }

  /** @throws NotFound, Invalid, Conflict */
  async replace(by: Actor, id: string, body: unknown): Promise<ScimUserRow> {
    const user = userOf(incoming('User', body));
    return this.database.transaction(async () => this.write(by, await this.get(id), user));
  }

  /** @throws as `replace` */
  async patch(by: Actor, id: string, message: unknown): Promise<ScimUserRow> {
    return this.database.transaction(async () => {
      const before = await this.get(id);
      return this.write(by, before, userOf(incoming('User', await patched('User', userView(before), message))));
    });
  }

  /** The account stays, disabled, as what it did is on record; SCIM knows it no more. @throws NotFound */
  async remove(by: Actor, id: string): Promise<void> {
    await this.database.transaction(async () => {
      const { handle } = await this.get(id);
      await this.identity.update(by, handle, { disabled: true });
      await this.repository.revokeTokens(id);
      await this.repository.deleteUser(id);
    });
  }

  private async write(by: Actor, before: ScimUserRow, user: ScimUser): Promise<ScimUserRow> {
    const { id, handle } = before;
    if (await this.repository.isUserNameTaken(user.record.userName, id)) throw taken('userName', user.record.userName);
    const account = await this.identity.get(handle);
    const { externalId } = userOf(userView(before)).record;
    const change = accountChange(user, account, externalId);
    await this.identity.update(by, handle, { ...change, disabled: !user.isActive });
    if (!user.isActive) await this.repository.revokeTokens(id);
    await this.repository.updateUser(id, user.record);
    return this.get(id);
  }

  private async accountFor(by: Actor, user: ScimUser): Promise<AccountRow> {
    const { externalId, userName } = user.record;
    const known = externalId === undefined ? null : await this.repository.findCalled(externalId);
    if (known?.isProvisioned) throw taken('externalId', externalId ?? '');
    if (known) {
      const before = await this.identity.get(known.handle);
      const change = accountChange(user, before, externalId);
      return this.identity.update(by, known.handle, { ...change, disabled: !user.isActive });
    }
    const account = { kind: 'PERSON' as const, ...accountChange(user, { attributes: {}, externalIds: [] }, undefined) };
    const wanted = handleFrom(userName);
    const isFree = (await this.identity.listCalled([wanted])).size === 0;
    const handle = isFree ? wanted : handleWithMark(wanted, userName.toLowerCase());
    const made = await this.identity.create(by, { ...account, handle });
    return user.isActive ? made : this.identity.update(by, handle, { disabled: true });
  }
}

function matching(rows: readonly ScimUserRow[], filter: ReturnType<typeof filterOf>): readonly ScimUserRow[] {
  const kept = new Set(filter.match(rows.map((row) => plain(outgoing('User', userView(row))))).map(idOf));
  return rows.filter(({ id }) => kept.has(id));
}

function plain(resource: object): object {
  return JSON.parse(JSON.stringify(resource)) as object;
}

function idOf(resource: object): unknown {
  return 'id' in resource ? resource.id : undefined;
}

function taken(what: string, value: string): Conflict {
  return new Conflict(`Another user has the ${what} '${value}'.`, [what]);
}
