import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestAccount, type TestApp } from '../support/app.js';
import { applyTypes, aRule, ask } from '../support/authzen.js';

const SAMPLES = join(import.meta.dirname, '../../../shared/samples/authzen-interop');

interface Case {
  readonly request: { readonly subject: { readonly id?: string }; readonly evaluations?: readonly object[] };
  readonly expected: unknown;
}

function casesOf(file: string, key: 'evaluation' | 'evaluations' = 'evaluation'): readonly Case[] {
  return (JSON.parse(readFileSync(join(SAMPLES, file), 'utf8')) as Record<typeof key, readonly Case[]>)[key];
}

const hasRole = (...roles: string[]): object => ({ attribute: 'roles', operator: 'hasAny', value: roles });
const isOwner = (attribute: string, subject: string): object => ({ attribute, operator: 'eq', subject });

const TODO = [
  {
    type: 'user',
    actions: ['can_read_user'],
    policies: [aRule('users', ['can_read_user'], { subjects: hasRole('viewer', 'editor', 'admin') })],
  },
  {
    type: 'todo',
    actions: ['can_read_todos', 'can_create_todo', 'can_update_todo', 'can_delete_todo'],
    attributes: { ownerID: { type: 'string' } },
    policies: [
      aRule('read-todos', ['can_read_todos'], { subjects: hasRole('viewer', 'editor', 'admin') }),
      aRule('create-todo', ['can_create_todo'], { subjects: hasRole('editor', 'admin') }),
      aRule('own-todo', ['can_update_todo', 'can_delete_todo'], {
        subjects: hasRole('editor'),
        where: isOwner('ownerID', 'email'),
      }),
      aRule('any-todo', ['can_delete_todo'], { subjects: hasRole('admin') }),
      aRule('evil', ['can_update_todo'], { subjects: hasRole('evil_genius') }),
    ],
  },
];

const route = (id: string, actions: readonly string[], path: string, ...roles: string[]): object =>
  aRule(id, actions, { subjects: hasRole(...roles), where: { attribute: 'id', operator: 'eq', value: path } });
const GATEWAY = [
  {
    type: 'route',
    actions: ['GET', 'POST', 'PUT', 'DELETE'],
    policies: [
      route('get-users', ['GET'], '/users/{userId}', 'viewer', 'editor', 'admin'),
      route('get-todos', ['GET'], '/todos', 'viewer', 'editor', 'admin'),
      route('post-todo', ['POST'], '/todos', 'editor', 'admin'),
      route('change-todo', ['PUT', 'DELETE'], '/todos/{todoId}', 'editor', 'admin'),
    ],
  },
];

const RECORDS = [
  {
    type: 'record',
    actions: ['view', 'edit', 'delete'],
    attributes: { department: { type: 'string' }, owner: { type: 'string' }, title: { type: 'string' } },
    policies: [
      aRule('own', ['view', 'edit', 'delete'], { where: isOwner('owner', 'handle') }),
      aRule('own-department', ['view'], { where: isOwner('department', 'department') }),
      aRule('managers-view', ['view'], { subjects: hasRole('manager') }),
      aRule('managers-edit', ['edit'], { subjects: hasRole('manager'), where: isOwner('department', 'department') }),
    ],
  },
];

/** In the order in which the cases first name them. */
const PEOPLE = [
  { handle: 'rick', email: 'rick@the-citadel.com', roles: ['admin', 'evil_genius'] },
  { handle: 'morty', email: 'morty@the-citadel.com', roles: ['editor'] },
  { handle: 'summer', email: 'summer@the-smiths.com', roles: ['editor'] },
  { handle: 'beth', email: 'beth@the-smiths.com', roles: ['viewer'] },
  { handle: 'jerry', email: 'jerry@the-smiths.com', roles: ['viewer'] },
];

function people(): TestAccount[] {
  const ids = [...new Set(casesOf('todo/decisions.json').map(({ request }) => request.subject.id ?? ''))];
  return PEOPLE.map((person, at) => ({ ...person, externalIds: [ids[at] ?? ''] }));
}

function users(): TestAccount[] {
  const stored = JSON.parse(readFileSync(join(SAMPLES, 'search/users.json'), 'utf8')) as {
    id: string;
    role: string;
    department: string;
  }[];
  return stored.map(({ id, role, department }) => ({ handle: id, roles: [role], attributes: { department } }));
}

const sorted = (results: readonly unknown[]): string[] => results.map((one) => JSON.stringify(one)).sort();

describe.skipIf(!existsSync(SAMPLES))('the interop cases of AuthZEN (skipped where they are absent)', () => {
  let test: TestApp;
  beforeAll(async () => {
    const pep = { handle: 'pep', roles: ['pep'], trustsAttributes: true };
    test = await startTestApp({ accounts: [pep, ...people(), ...users()] });
    await applyTypes(test, [...TODO, ...GATEWAY, ...RECORDS]);
    const records = JSON.parse(readFileSync(join(SAMPLES, 'search/records.json'), 'utf8')) as { id: number }[];
    const resources = records.map(({ id, ...properties }) => ({ id: String(id), properties }));
    await test
      .as('admin')
      .graphql('mutation($r: JSON!) { outsideResourcesPut(type: "record", resources: $r) { count } }', {
        r: resources,
      });
  });
  afterAll(() => test.close());

  it.each([
    ['todo/decisions.json', 40],
    ['gateway/decisions.json', 25],
  ])('%s: all %i evaluations', async (file, count) => {
    const cases = casesOf(file);
    expect(cases).toHaveLength(count);
    for (const { request, expected } of cases) {
      const { decision } = await ask(test, 'evaluation', request);
      expect({ request, decision }).toEqual({ request, decision: expected });
    }
  });

  it('todo/decisions.json: all 3 batches', async () => {
    const cases = casesOf('todo/decisions.json', 'evaluations');
    expect(cases).toHaveLength(3);
    for (const { request, expected } of cases) {
      const { evaluations } = await ask<{ evaluations: { decision: boolean }[] }>(test, 'evaluations', request);
      expect(evaluations.map(({ decision }) => ({ decision }))).toEqual(expected);
    }
  });

  it.each([
    ['subject', 60],
    ['resource', 18],
  ])('search/%s.json: all %i searches, on one page and on many', async (what, count) => {
    const cases = casesOf(`search/${what}.json`);
    expect(cases).toHaveLength(count);
    for (const { request, expected } of cases) {
      const { results } = expected as { results: unknown[] };
      expect({ request, results: sorted(await searched(what, request)) }).toEqual({
        request,
        results: sorted(results),
      });
      expect(sorted(await searched(what, request, 3))).toEqual(sorted(results));
    }
  });

  async function searched(what: string, request: object, limit?: number): Promise<unknown[]> {
    const found: unknown[] = [];
    for (let token: string | undefined; token !== '';) {
      const answer = await ask<{ results: unknown[]; page: { next_token: string } }>(test, `search/${what}`, {
        ...request,
        page: { limit, token },
      });
      found.push(...answer.results);
      token = answer.page.next_token;
    }
    return found;
  }
});
