import fc, { type Arbitrary } from 'fast-check';
import { CHANNELS, type Actor, type AttributeValue, type Environment } from '../../core/actor.js';
import {
  RESOURCE_KINDS,
  RESOURCE_ATTRIBUTES,
  SUBJECT_ATTRIBUTES,
  type AssetResource,
  type AttributeDefinition,
  type ColumnResource,
  type ResourceType,
} from './attributes.js';
import { ENVIRONMENT_ATTRIBUTES } from './environment.js';

export const NOW = new Date('2026-06-01T12:00:00Z');
const PAST = '2026-05-01T00:00:00Z';
const FUTURE = '2026-07-01T02:00:00+02:00';

/** Few words, so that rules hit; spellings that differ by case, and characters that a filter language must escape. */
const WORDS = ['pii', 'PII', 'finance', `o'c"\\x`, '%_$1', 'é', 'ann', 'team-a'];
const PATHS = ['a', 'A', 'a/b', 'a/b/c', 'ab', 'a/bc', '%/_', `q'/"\\`];
const ids = Array.from({ length: 6 }, (_, index) => `0000000${index}-0000-4000-8000-000000000000`);

const word = fc.constantFrom(...WORDS);
const path = fc.constantFrom(...PATHS);
const level = fc.integer({ min: -1, max: 4 });
const words = fc.uniqueArray(word, { maxLength: 3 });
const nullable = <T>(arbitrary: Arbitrary<T>): Arbitrary<T | null> => fc.option(arbitrary, { nil: null, freq: 2 });

const described = { sensitivity: nullable(level), tags: words, terms: words };

export const assets: Arbitrary<AssetResource> = fc.record({
  type: fc.constant('asset' as const),
  id: fc.constantFrom(...ids),
  kind: fc.constantFrom(...RESOURCE_KINDS),
  namespace: word,
  name: word,
  platform: nullable(word),
  domain: nullable(path),
  lifecycle: fc.constantFrom('ACTIVE', 'active', 'RETIRED'),
  owners: words,
  ...described,
});

export const columns: Arbitrary<ColumnResource> = fc.record({
  type: fc.constant('column' as const),
  asset: assets,
  path: word,
  ...described,
});

const storedAttributes = fc.record(
  {
    department: word,
    domains: fc.uniqueArray(path, { maxLength: 3 }),
    // Stored levels are 0–3; what policies compare with is wider.
    clearance: fc.integer({ min: 0, max: 3 }),
    country: word,
    purposes: words,
  },
  { requiredKeys: [] },
) as Arbitrary<Record<string, AttributeValue>>;

const addresses = ['10.1.2.3', '10.2.0.1', '192.0.2.7', '2001:db8::1', '2001:DB8:1::2', '::1'];
const networks = ['10.0.0.0/8', '10.1.0.0/16', '192.0.2.7', '0.0.0.0/0', '2001:db8::/32', '2001:db8:1::/48', '::/0'];

const environments: Arbitrary<Environment> = fc.record({
  ip: nullable(fc.constantFrom(...addresses)),
  purpose: nullable(word),
  channel: nullable(fc.constantFrom(...CHANNELS)),
});

export const actors: Arbitrary<Actor> = fc.record({
  id: fc.constantFrom(...ids),
  kind: fc.constantFrom('PERSON' as const, 'SERVICE' as const),
  handle: word,
  name: fc.constant('Somebody'),
  roles: words,
  teamIds: words,
  attributes: storedAttributes,
  environment: environments,
  policyVersion: fc.constant(7),
  token: fc.constant(null),
});

type Json = Record<string, unknown>;

function literals(definition: AttributeDefinition): Arbitrary<string | number> {
  if (definition.values) return fc.constantFrom(...definition.values);
  if (definition.type === 'int') return level;
  return definition.type === 'path' ? path : fc.oneof(word, fc.constantFrom(...ids, 'ACTIVE'));
}

function atoms(name: string, definition: AttributeDefinition, mayUseSubject: boolean): Arbitrary<Json> {
  const one = literals(definition);
  const many = fc.array(one, { maxLength: 3 });
  const atom = (operator: string[], rest: Record<string, Arbitrary<unknown>>): Arbitrary<Json> =>
    fc.record({ attribute: fc.constant(name), operator: fc.constantFrom(...operator), ...rest });
  const subject = (...names: string[]): Record<string, Arbitrary<unknown>> => ({ subject: fc.constantFrom(...names) });
  if (definition.cardinality === 'many') {
    const operators = ['hasAny', 'hasAll', 'hasNone'];
    const fromActor = atom(operators, subject('roles', 'teams', 'purposes', 'domains', 'handle', 'department'));
    return fc.oneof(atom(operators, { value: many }), atom(['isEmpty'], {}), ...(mayUseSubject ? [fromActor] : []));
  }
  if (definition.type === 'ip') {
    const list = fc.uniqueArray(fc.constantFrom(...networks), { maxLength: 3 });
    return fc.oneof(atom(['inNetwork'], { value: list }), atom(['has', 'missing'], {}));
  }
  const order = ['lt', 'lte', 'gt', 'gte', 'eq', 'ne'];
  const choices = [atom(['in', 'notIn'], { value: many }), atom(['has', 'missing'], {})];
  if (definition.type === 'int') {
    choices.push(atom(order, { value: one }), ...(mayUseSubject ? [atom(order, subject('clearance'))] : []));
    return fc.oneof(...choices);
  }
  choices.push(atom(['eq', 'ne'], { value: one }));
  if (definition.type === 'path') choices.push(atom(['under'], { value: fc.oneof(one, many) }));
  if (!mayUseSubject) return fc.oneof(...choices);
  choices.push(atom(['eq', 'ne'], subject('handle', 'department', 'country', 'id')));
  choices.push(atom(['in', 'notIn'], subject('teams', 'roles', 'domains', 'purposes')));
  if (definition.type === 'path') choices.push(atom(['under'], subject('domains')));
  return fc.oneof(...choices);
}

function trees(attributes: ReadonlyMap<string, AttributeDefinition>, mayUseSubject: boolean): Arbitrary<unknown> {
  const atom = fc.oneof(...[...attributes].map(([name, definition]) => atoms(name, definition, mayUseSubject)));
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      { weight: 3, arbitrary: atom },
      { weight: 1, arbitrary: fc.record({ not: tie('tree') }) },
      { weight: 1, arbitrary: fc.record({ all: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }) },
      { weight: 1, arbitrary: fc.record({ any: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }) },
    ),
  }));
  return tree;
}

const optional = <T>(arbitrary: Arbitrary<T>): Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });

function policiesOn(
  types: readonly ResourceType[],
  actions: readonly string[],
  shared: ReadonlyMap<string, AttributeDefinition>,
) {
  return fc
    .record({
      effect: fc.constantFrom('allow', 'allow', 'deny'),
      band: fc.constantFrom('platform', 'domain', 'asset', undefined),
      absolute: fc.constantFrom(true, false, false, undefined, undefined),
      onMissing: fc.constantFrom('deny', 'ignore', undefined),
      actions: fc.constant(actions),
      subjects: optional(trees(SUBJECT_ATTRIBUTES, false)),
      env: fc.option(trees(ENVIRONMENT_ATTRIBUTES, true), { nil: undefined, freq: 1 }),
      where: optional(trees(shared, true)),
      advice: fc.constantFrom(undefined, { mask: 'hash' }, { mask: 'partial', rowFilter: 'a' }, { rowFilter: 'b' }),
      validity: fc.constantFrom(
        undefined,
        undefined,
        undefined,
        { from: PAST },
        { from: FUTURE },
        { to: PAST },
        { to: FUTURE },
      ),
    })
    .map(({ effect, absolute, onMissing, advice, where, ...policy }): Json => {
      const ofEffect = effect === 'deny' ? { absolute, onMissing } : { advice };
      return { title: 'A rule', why: 'A test', effect, ...ofEffect, ...policy, resources: { types, where } };
    });
}

const onAsset = policiesOn(['asset'], ['discover', 'edit', 'query'], RESOURCE_ATTRIBUTES.asset);
const onColumn = policiesOn(['column'], ['read_column', 'query_column'], RESOURCE_ATTRIBUTES.column);
const common = new Map(
  [...RESOURCE_ATTRIBUTES.asset].filter(([name]) => ['tags', 'terms', 'sensitivity'].includes(name)),
);
const onBoth = policiesOn(['asset', 'column'], ['discover', 'read_column'], common);
const onSystem = policiesOn(
  ['system'],
  ['ingest', 'operate'],
  new Map([['', { type: 'int', cardinality: 'one', isNullable: false }]]),
).map((policy): Json => ({ ...policy, resources: { types: ['system'] } }));

/** Documents as JSON, without the keys that are undefined. */
export const policySets: Arbitrary<unknown> = fc
  .array(fc.oneof({ weight: 4, arbitrary: onAsset }, { weight: 3, arbitrary: onColumn }, onBoth, onSystem), {
    maxLength: 8,
  })
  .map(
    (policies) =>
      JSON.parse(
        JSON.stringify({ policies: policies.map((policy, index) => ({ id: `p${index}`, ...policy })) }),
      ) as unknown,
  );
