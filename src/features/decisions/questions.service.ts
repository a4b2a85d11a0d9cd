import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { Invalid, NotFound } from '../../core/errors.js';
import type { Page, PageRequest } from '../../core/page.js';
import { ACTION_TYPES, ACTIONS, type Action } from '../../platform/access/attributes.js';
import { decodeCursor, encodeCursor } from '../../platform/graphql/page-arguments.js';
import { AssetReader, type AssetRow } from '../assets/index.js';
import { AllowedResources } from './allowed-resources.js';
import { underContext, type Context } from './circumstances.js';
import { asPage, type NamedEntity } from './found.js';
import { assetPart, columnPart, Resources } from './resources.js';
import { DecisionSearch, type Permitted } from './search.service.js';
import { Subjects } from './subjects.js';

export interface Allowed {
  readonly action: Action;
  readonly ref: string | null;
  readonly column: string | null;
  /** As far as the asker may see it. */
  readonly asset: AssetRow | null;
}

export interface WhoQuestion {
  readonly action: Action;
  readonly ref: string;
  readonly column: string | null;
  readonly environment: Context;
}

export interface WhatQuestion {
  /** Handle. */
  readonly account: string;
  /** Null: all. */
  readonly action: Action | null;
  readonly environment: Context;
}

/** Who may what: the questions of auditors and owners. */
@Injectable()
export class QuestionsService {
  constructor(
    private readonly subjects: Subjects,
    private readonly resources: Resources,
    private readonly search: DecisionSearch,
    private readonly allowed: AllowedResources,
    private readonly reader: AssetReader,
  ) {}

  /** @throws Forbidden, NotFound */
  async whoCan(
    asker: Actor,
    { action, ref, column, environment }: WhoQuestion,
    page: PageRequest,
  ): Promise<Page<Permitted>> {
    await this.subjects.requireMayAsk(asker, [null]);
    const type = ACTION_TYPES[action];
    if (type === 'system') throw new Invalid(`'${action}' is not about an asset.`, ['action']);
    const id = type === 'column' ? `${ref}#${encodeURIComponent(column ?? '')}` : ref;
    const [target = null] = await this.resources.findAll(asker, [{ type, id, properties: null }]);
    if (!target) throw new NotFound(`No ${type} '${id.slice(0, 500)}' was found.`, ['ref']);
    const after = page.after === null ? null : decodeCursor(page.after, 1);
    const question = { action: { name: action }, target, context: environment };
    return asPage(await this.search.subjectsFor(asker, question, { after, count: page.first }));
  }

  /** Action by action: all of one before the first of the next. @throws Forbidden, NotFound */
  async whatCan(asker: Actor, question: WhatQuestion, page: PageRequest): Promise<Page<Allowed>> {
    const { account: handle, action, environment } = question;
    const [account = null] = await this.subjects.findAll(asker, [{ type: 'account', id: handle, properties: null }]);
    // What he might do elsewhere is not for everybody to know, himself included.
    await this.subjects.requireMayAsk(asker, environment ? [null] : [account]);
    if (!account) throw new NotFound(`There is no account '${handle.slice(0, 100)}' that works.`, ['account']);
    const subject = underContext({ asker, mayAskAll: await this.subjects.mayAskAll(asker) }, account, environment);
    const actions = action === null ? ACTIONS : [action];
    const { place, key } = startOf(page.after, actions);
    const found: { action: Action; entity: NamedEntity }[] = [];
    for (let at = place, after = key; at < actions.length; at += 1, after = null) {
      const current = actions[at];
      if (current === undefined) break;
      const range = { after, count: page.first - found.length };
      const { results, next } = await this.allowed.list(subject, { name: current }, ACTION_TYPES[current], range);
      found.push(...results.map((entity) => ({ action: current, entity })));
      if (next) return this.pageOf(asker, found, encodeCursor([current, ...next]));
      if (found.length === page.first && at + 1 < actions.length)
        return this.pageOf(asker, found, encodeCursor([actions[at + 1] ?? current, '', '']));
    }
    return this.pageOf(asker, found, null);
  }

  private async pageOf(
    asker: Actor,
    found: readonly { action: Action; entity: NamedEntity }[],
    endCursor: string | null,
  ): Promise<Page<Allowed>> {
    const refs = found.map(({ entity }) => (entity.type === 'system' ? null : assetPart(entity.id)));
    const distinct = [...new Set(refs.flatMap((ref) => ref ?? []))];
    const visible = await this.reader.findAll(asker, distinct);
    const assets = new Map(distinct.map((ref, at) => [ref, visible[at] ?? null]));
    const nodes = found.map(({ action, entity }, at) => ({
      action,
      ref: refs[at] ?? null,
      column: entity.type === 'column' ? columnPart(entity.id) : null,
      asset: assets.get(refs[at] ?? '') ?? null,
    }));
    return { nodes, hasNextPage: endCursor !== null, endCursor };
  }
}

/** A cursor names the action to go on with, and the key of the last row; two empty texts: from its beginning. */
function startOf(after: string | null, actions: readonly Action[]): { place: number; key: readonly string[] | null } {
  if (after === null) return { place: 0, key: null };
  const [name, first = '', second = ''] = decodeCursor(after, 3);
  const place = actions.findIndex((action) => action === name);
  if (place < 0) throw new Invalid('after is not the endCursor of a page of this list.', ['after']);
  return { place, key: first === '' && second === '' ? null : [first, second] };
}
