import type { TestApp } from './app.js';
import { ADMINISTRATORS, applyPolicies } from './policies.js';

/** Administrators may do everything; the role `pep` may ask about everybody. */
const BASE = [
  ADMINISTRATORS,
  {
    id: 'enforcement-points',
    title: 'Enforcement points ask about everybody',
    why: 'test',
    effect: 'allow',
    actions: ['explain'],
    subjects: { attribute: 'roles', operator: 'hasAny', value: ['pep'] },
    resources: { types: ['system'] },
  },
];

export const aRule = (id: string, actions: readonly string[], rest: object = {}): object => ({
  id,
  title: id,
  why: 'test',
  effect: 'allow',
  actions,
  ...rest,
});

/** Puts the resource types in force, with further rules over the catalog. */
export async function applyTypes(
  test: TestApp,
  resourceTypes: readonly object[],
  policies: readonly object[] = [],
): Promise<void> {
  await applyPolicies(test, { policies: [...BASE, ...policies], resourceTypes });
}

/** What an enforcement point is answered. */
export async function ask<Answer = { decision: boolean; context?: Record<string, unknown> }>(
  test: TestApp,
  path: string,
  body: unknown,
  handle = 'pep',
): Promise<Answer> {
  const response = await test.as(handle).post(`/access/v1/${path}`, body);
  if (response.status !== 200) throw new Error(`${path} answered ${response.status}: ${JSON.stringify(response.body)}`);
  return response.body as Answer;
}

/** Tickets of a help desk: rules of every kind. */
export const TICKETS = {
  type: 'ticket',
  actions: ['read', 'close', 'assign'],
  attributes: {
    team: { type: 'string' },
    level: { type: 'int' },
    labels: { type: 'string', many: true },
    area: { type: 'path' },
  },
  policies: [
    aRule('own-team', ['read', 'close'], { where: { attribute: 'team', operator: 'eq', subject: 'department' } }),
    aRule('low', ['read'], { where: { attribute: 'level', operator: 'lte', value: 1 } }),
    aRule('no-secrets', ['read', 'close'], {
      effect: 'deny',
      band: 'platform',
      where: { attribute: 'labels', operator: 'hasAny', value: ['secret'] },
    }),
    aRule('no-high', ['close'], { effect: 'deny', where: { attribute: 'level', operator: 'gte', value: 3 } }),
    aRule('area', ['assign'], {
      where: { attribute: 'area', operator: 'under', value: 'shop' },
      advice: { mask: 'null', rowFilter: 'x = 1' },
    }),
    aRule('closed-since-long', ['assign'], { validity: { to: '2020-01-01T00:00:00Z' } }),
  ],
};

export const question = (
  subject: string,
  action: string,
  id: string,
  type = 'ticket',
  properties?: object,
): object => ({
  subject: { type: 'user', id: subject },
  action: { name: action },
  resource: { type, id, ...(properties && { properties }) },
});
