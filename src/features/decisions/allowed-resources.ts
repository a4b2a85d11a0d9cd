import { Injectable } from '@nestjs/common';
import { validate as isUuid } from 'uuid';
import type { Actor } from '../../core/actor.js';
import { Invalid } from '../../core/errors.js';
import { Access } from '../../platform/access/access.js';
import { ACTION_TYPES, ACTIONS, type Action } from '../../platform/access/attributes.js';
import { OutsideAccess, outsideTypeOf, type OutsideAction } from '../../platform/access/outside.js';
import { PolicyStore } from '../../platform/access/policy-store.js';
import { ASSET_SQL_COLUMNS, COLUMN_SQL_COLUMNS } from '../../platform/access/sql-reading.js';
import { refOf } from '../assets/index.js';
import { AllowedRepository, type Key } from './allowed.repository.js';
import { pageOf, type Found, type NamedEntity, type Range } from './found.js';
import { OutsideResourcesRepository } from './outside-resources.repository.js';
import { columnId } from './resources.js';

/** How many candidates are looked at in one statement. */
const STEP = 500;

/** Everything of one type that somebody may do something to. Complete, and paged. */
@Injectable()
export class AllowedResources {
  constructor(
    private readonly access: Access,
    private readonly policies: PolicyStore,
    private readonly allowed: AllowedRepository,
    private readonly outside: OutsideResourcesRepository,
  ) {}

  /** By name; columns by asset and path; things outside by id. */
  async list(subject: Actor, action: OutsideAction, type: string, range: Range): Promise<Found<NamedEntity>> {
    const own = ACTIONS.find((name) => name === action.name && ACTION_TYPES[name] === type);
    if (own) return this.ownResources(subject, own, range);
    const declared = outsideTypeOf(await this.policies.load(subject.policyVersion), type);
    if (!declared) return { results: [], next: null };
    const access = new OutsideAccess(declared, action, subject, new Date());
    const results: NamedEntity[] = [];
    for (let after = range.after?.[0] ?? null, isMore = true; isMore;) {
      const candidates = await this.outside.list(type, after, STEP);
      const allowed = candidates.filter((resource) => access.explain(resource).decision === 'ALLOW');
      results.push(...allowed.map(({ id }) => ({ type, id })));
      if (results.length > range.count) return pageOf(results, range.count, ({ id }) => [id]);
      after = candidates.at(-1)?.id ?? null;
      isMore = candidates.length === STEP;
    }
    return { results, next: null };
  }

  private async ownResources(subject: Actor, action: Action, { after, count }: Range): Promise<Found<NamedEntity>> {
    const type = ACTION_TYPES[action];
    const access = await this.access.forActor(subject);
    if (type === 'system') {
      const isAllowed = access.can(action, { type: 'system' });
      return { results: isAllowed ? [{ type, id: 'cadastre' }] : [], next: null };
    }
    const columns = type === 'asset' ? ASSET_SQL_COLUMNS('a') : COLUMN_SQL_COLUMNS('c', 'a');
    const condition = (firstParameter: number) => access.sql(action, type, { columns, firstParameter });
    if (type === 'asset') {
      const rows = await this.allowed.listAssets(condition, keyOf(after, 1), count + 1);
      const { results, next } = pageOf(rows, count, ({ name, id }) => [name, id]);
      return { results: results.map((asset) => ({ type, id: refOf(asset) })), next };
    }
    const rows = await this.allowed.listColumns(condition, keyOf(after, 0), count + 1);
    const { results, next } = pageOf(rows, count, ({ id, path }) => [id, path]);
    return { results: results.map((row) => ({ type, id: columnId(row, row.path) })), next };
  }
}

/** A key that somebody wrote by hand is theirs to mend, not an error of the database. @throws Invalid */
function keyOf(after: readonly string[] | null, idAt: 0 | 1): Key {
  if (after === null) return null;
  const [first = '', second = ''] = after;
  if (!isUuid(idAt === 0 ? first : second)) throw new Invalid('This is no place in these results.', ['after']);
  return [first, second];
}
