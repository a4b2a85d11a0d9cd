import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Actor, AttributeValue } from '../../core/actor.js';
import { Forbidden } from '../../core/errors.js';
import { Access } from '../../platform/access/access.js';
import { SUBJECT_ATTRIBUTES, storedSubjectAttributes, textValue } from '../../platform/access/attributes.js';
import { Database } from '../../platform/database/database.js';
import { together } from '../../platform/database/together.js';
import { actorOfAccount, IdentityService, type AccountRow } from '../identity/index.js';
import type { Entity } from './question.js';

/** How systems call those who have an account here; whoever is called otherwise has none. */
const SUBJECT_TYPES = ['user', 'identity', 'person', 'service', 'account'];

const names = z.array(textValue).max(1000);
const sentAttributes = z.object({
  ...storedSubjectAttributes.shape,
  email: textValue,
  roles: names,
  teams: names,
  // Many systems know one role of each person.
  role: textValue,
});

/** Whom questions are about. */
@Injectable()
export class Subjects {
  private readonly called: (names: readonly string[]) => Promise<readonly (AccountRow | null)[]>;

  constructor(
    private readonly identity: IdentityService,
    private readonly access: Access,
    database: Database,
  ) {
    this.called = together(database, async (names) => {
      const accounts = await identity.listCalled(names);
      return names.map((name) => accounts.get(name) ?? null);
    });
  }

  isKnownType(type: string): boolean {
    return SUBJECT_TYPES.includes(type);
  }

  /**
   * In the order of the entities, in one statement; null for whoever is unknown or disabled. What a question says of a
   * subject counts only from a token that is trusted with it.
   */
  async findAll(asker: Actor, entities: readonly Entity[]): Promise<(Actor | null)[]> {
    const names = [...new Set(entities.map(({ id }) => id))];
    const called = await this.called(names);
    const accounts = new Map(names.map((name, at) => [name, called[at]]));
    const isTrusted = asker.token?.trustsAttributes ?? false;
    return entities.map(({ type, id, properties }) => {
      if (!this.isKnownType(type)) return null;
      const account = accounts.get(id);
      if (account?.disabledAt) return null;
      const stored = account ? actorOfAccount(account, asker.policyVersion) : null;
      if (!isTrusted || !properties) return stored;
      return withSent(stored ?? stranger(id, asker.policyVersion), properties);
    });
  }

  /** One step through all who have an account that works, in handle order, at most `count` of them. */
  async step(asker: Actor, after: string | null, count: number): Promise<{ actors: Actor[]; last: string | null }> {
    const accounts = await this.identity.listAll(count, after);
    const working = accounts.filter(({ disabledAt }) => disabledAt === null);
    return {
      actors: working.map((account) => actorOfAccount(account, asker.policyVersion)),
      last: accounts.length < count ? null : (accounts.at(-1)?.handle ?? null),
    };
  }

  /** Everybody may ask about himself; about others it takes `explain`. @throws Forbidden */
  async requireMayAsk(asker: Actor, subjects: readonly (Actor | null)[]): Promise<void> {
    const isOwn = subjects.every((subject) => subject !== null && subject.id === asker.id);
    if (isOwn || (await this.mayAskAll(asker))) return;
    throw new Forbidden("You may ask about yourself only. Asking about others takes 'explain'.", ['subject']);
  }

  async mayAskAll(asker: Actor): Promise<boolean> {
    return (await this.access.forActor(asker)).can('explain', { type: 'system' });
  }
}

/** Somebody of whom only the question knows. */
function stranger(id: string, policyVersion: number): Actor {
  const nobody = { roles: [], teamIds: [], attributes: {}, grants: [], token: null };
  return { id, kind: 'PERSON', handle: id, name: id, policyVersion, ...nobody };
}

/** One name or several. */
function namesIn(value: AttributeValue | undefined): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? [...value] : [];
}

/** What does not fit its attribute does not count, like what is no attribute. */
function withSent(actor: Actor, properties: Readonly<Record<string, unknown>>): Actor {
  const sent = new Map<string, AttributeValue>();
  for (const [name, schema] of Object.entries(sentAttributes.shape)) {
    const value = Object.hasOwn(properties, name) ? schema.safeParse(properties[name]).data : undefined;
    if (value === undefined) continue;
    if (name === 'role') sent.set('roles', [...namesIn(sent.get('roles')), ...namesIn(value)]);
    else if (SUBJECT_ATTRIBUTES.has(name)) sent.set(name, value);
  }
  const roles = sent.get('roles');
  const teams = sent.get('teams');
  sent.delete('roles');
  sent.delete('teams');
  return {
    ...actor,
    roles: Array.isArray(roles) ? roles : actor.roles,
    teamIds: Array.isArray(teams) ? teams : actor.teamIds,
    attributes: { ...actor.attributes, ...Object.fromEntries(sent) },
  };
}
