import { Injectable } from '@nestjs/common';
import { validate as isUuid } from 'uuid';
import type { Actor } from '../../../core/actor.js';
import { Conflict, Invalid, NotFound } from '../../../core/errors.js';
import { Database } from '../../../platform/database/database.js';
import { Events } from '../../../platform/events/events.js';
import { handleFrom } from '../handle.js';
import { IdentityRepository } from '../identity.repository.js';
import { listed, narrowedBy, type Listed, type ScimPage } from './scim-list.js';
import { groupOf, groupView, type GroupRecord, type ScimGroupRow } from './scim-group.js';
import { filterOf, incoming, outgoing, patched } from './scim-resources.js';
import { ScimRepository } from './scim.repository.js';

/** Groups that an identity provider provisions are teams: policies and owners name them by their handle, which stays. */
@Injectable()
export class ScimGroups {
  constructor(
    private readonly database: Database,
    private readonly repository: ScimRepository,
    private readonly accounts: IdentityRepository,
    private readonly events: Events,
  ) {}

  async list(filterText: string | null, page: ScimPage): Promise<Listed<ScimGroupRow>> {
    const filter = filterText === null ? null : filterOf(filterText);
    const narrowed = narrowedBy(filter);
    const isNarrowed = Object.keys(narrowed).length > 0;
    return listed(
      (after, count) => this.repository.listGroups(after, count, narrowed),
      (rows) => (filter === null || isNarrowed ? rows : matching(rows, filter)),
      page,
    );
  }

  /** @throws NotFound */
  async get(id: string): Promise<ScimGroupRow> {
    const row = isUuid(id) ? await this.repository.findGroup(id) : null;
    if (!row) throw new NotFound(`There is no group '${id.slice(0, 100)}'.`);
    return row;
  }

  /** @throws Invalid, Conflict when its handle is that of another team or of an account */
  async create(by: Actor, body: unknown): Promise<ScimGroupRow> {
    const group = groupOf(incoming('Group', body));
    return this.database.transaction(async () => {
      const handle = handleFrom(group.displayName);
      const team = await this.accounts.ensureTeam(handle, group.displayName);
      // A team that is there becomes the group only when it is called exactly so: `Sales!` is not `sales`.
      if (!team.isNew && group.displayName !== handle)
        throw new Conflict(`The team '${handle}' is there already. Name the group exactly so, or otherwise.`, [
          'displayName',
        ]);
      if (!(await this.repository.insertGroup(team.id, group.displayName, group.externalId ?? null)))
        throw taken(group.displayName);
      await this.setMembers(team.id, group);
      this.record(by, 'team.provisioned', team.id, { handle, members: group.members.length });
      return this.get(team.id);
    });
  }

  /** @throws NotFound, Invalid, Conflict */
  async replace(by: Actor, id: string, body: unknown): Promise<ScimGroupRow> {
    const group = groupOf(incoming('Group', body));
    return this.database.transaction(async () => this.write(by, await this.get(id), group));
  }

  /** @throws as `replace` */
  async patch(by: Actor, id: string, message: unknown): Promise<ScimGroupRow> {
    return this.database.transaction(async () => {
      const before = await this.get(id);
      return this.write(by, before, groupOf(incoming('Group', await patched('Group', groupView(before), message))));
    });
  }

  /** The team stays for what names it, without the people that SCIM put into it. @throws NotFound */
  async remove(by: Actor, id: string): Promise<void> {
    await this.database.transaction(async () => {
      const { handle } = await this.get(id);
      await this.repository.setMembers(id, []);
      await this.repository.deleteGroup(id);
      this.record(by, 'team.removed', id, { handle });
    });
  }

  private async write(by: Actor, before: ScimGroupRow, group: GroupRecord): Promise<ScimGroupRow> {
    const { id, handle, members } = before;
    if (await this.repository.isGroupNameTaken(group.displayName, id)) throw taken(group.displayName);
    await this.repository.updateGroup(id, group.displayName, group.externalId ?? null);
    await this.setMembers(id, group);
    const after = new Set(group.members.map(({ value }) => value));
    const had = new Set(members.map(({ value }) => value));
    this.record(by, 'team.changed', id, {
      handle,
      added: [...after].filter((member) => !had.has(member)),
      removed: [...had].filter((member) => !after.has(member)),
    });
    return this.get(id);
  }

  private async setMembers(id: string, { members }: GroupRecord): Promise<void> {
    const unknown = await this.repository.setMembers(id, [...new Set(members.map(({ value }) => value))]);
    if (unknown.length > 0) throw new Invalid(`There is no user '${unknown[0]}'.`, ['members']);
  }

  private record(by: Actor, type: string, id: string, detail: Readonly<Record<string, unknown>>): void {
    this.events.record(by, { type, subject: { kind: 'team', id }, detail });
  }
}

function matching(rows: readonly ScimGroupRow[], filter: ReturnType<typeof filterOf>): readonly ScimGroupRow[] {
  const shown = rows.map((row) => JSON.parse(JSON.stringify(outgoing('Group', groupView(row)))) as object);
  const kept = new Set(filter.match(shown).map((resource) => ('id' in resource ? resource.id : undefined)));
  return rows.filter(({ id }) => kept.has(id));
}

function taken(name: string): Conflict {
  return new Conflict(`Another group is called '${name}'.`, ['displayName']);
}
