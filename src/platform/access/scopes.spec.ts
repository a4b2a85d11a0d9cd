import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Actor } from '../../core/actor.js';
import { Access } from './access.js';
import { ACTION_TYPES, ACTIONS, readAttribute, type Resource } from './attributes.js';
import { evaluate } from './condition.js';
import { parsePolicySet } from './policy-document.js';
import { TOKEN_SCOPES } from './scopes.js';

const EVERYTHING = {
  id: 'everything',
  title: 'Everything',
  why: 'test',
  effect: 'allow',
  actions: ACTIONS,
  resources: { types: ['asset', 'column', 'system'] },
};
const asset = {
  type: 'asset',
  id: 'a',
  kind: 'DATASET',
  namespace: 'db',
  name: 't',
  platform: null,
  domain: null,
  sensitivity: null,
  lifecycle: 'ACTIVE',
  tags: [],
  terms: [],
  owners: [],
} as const;
const RESOURCES: Readonly<Record<'asset' | 'column' | 'system', Resource>> = {
  asset,
  column: { type: 'column', asset, path: 'c', sensitivity: null, tags: [], terms: [] },
  system: { type: 'system' },
};

function actorWith(scopes: readonly string[] | null): Actor {
  const token = { id: 't', ingestNamespaces: null, scopes };
  return {
    id: 'ann',
    kind: 'PERSON',
    handle: 'ann',
    name: 'Ann',
    roles: [],
    teamIds: [],
    attributes: {},
    policyVersion: 1,
    token,
  };
}

/** What else each action takes, all of it. */
const TAKES: Readonly<Record<string, readonly string[]>> = {
  preview: ['discover'],
  query: ['discover'],
  read_column: ['discover'],
  preview_column: ['discover', 'preview', 'read_column'],
  query_column: ['discover', 'query', 'read_column'],
};

describe('a token with scopes', () => {
  const access = new Access({ load: async () => parsePolicySet([EVERYTHING]), now: () => new Date() });

  it('may what its account may and it is for, in memory, in SQL, in search, in the graph and in explanations', async () => {
    await fc.assert(
      fc.asyncProperty(fc.subarray([...TOKEN_SCOPES]), async (scopes) => {
        const scoped = await access.forActor(actorWith(scopes));
        for (const action of ACTIONS) {
          const type = ACTION_TYPES[action];
          const resource = RESOURCES[type];
          const isFor = [action, ...(TAKES[action] ?? [])].every((needed) => scopes.includes(needed));
          const node = evaluate(scoped.condition(action, type), (name) => readAttribute(resource, name));
          const { sql } = scoped.sql(action, type, { columns: new Map(), firstParameter: 1 });
          expect({ action, can: scoped.can(action, resource), node }).toEqual({ action, can: isFor, node: isFor });
          expect(sql).toBe(isFor ? 'TRUE' : 'FALSE');
          expect(scoped.explain(action, resource).decision).toBe(isFor ? 'ALLOW' : 'DENY');
        }
      }),
    );
  });

  it('is kept apart from the account itself', async () => {
    expect((await access.forActor(actorWith(['discover']))).can('edit', asset)).toBe(false);
    expect((await access.forActor(actorWith(null))).can('edit', asset)).toBe(true);
    expect((await access.forActor(actorWith([]))).can('discover', asset)).toBe(false);
  });

  it('gives nothing that the account may not', async () => {
    const none = new Access({ load: async () => ({ policies: [] }), now: () => new Date() });
    expect((await none.forActor(actorWith(['discover']))).can('discover', asset)).toBe(false);
  });
});
