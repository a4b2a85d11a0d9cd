import { z } from 'zod';
import type { Actor, AttributeValue } from '../../core/actor.js';
import { Invalid } from '../../core/errors.js';

/** Closed: a policy that names anything else does not load. */
export type AttributeType = 'string' | 'path' | 'int';

export interface AttributeDefinition {
  readonly type: AttributeType;
  readonly cardinality: 'one' | 'many';
  readonly isNullable: boolean;
}

const one = (type: AttributeType, isNullable = false): AttributeDefinition => ({ type, cardinality: 'one', isNullable });
const many = (type: AttributeType): AttributeDefinition => ({ type, cardinality: 'many', isNullable: false });

const ASSET_ATTRIBUTES = {
  id: one('string'),
  kind: one('string'),
  namespace: one('string'),
  name: one('string'),
  platform: one('string', true),
  domain: one('path', true),
  sensitivity: one('int', true),
  lifecycle: one('string'),
  tags: many('string'),
  terms: many('string'),
  owners: many('string'),
} as const;

export type ResourceType = 'asset' | 'column' | 'system';

/** What a policy may read of a resource. A column also has its dataset's attributes, as `asset.<attribute>`. */
export const RESOURCE_ATTRIBUTES: Readonly<Record<ResourceType, ReadonlyMap<string, AttributeDefinition>>> = {
  asset: new Map(Object.entries(ASSET_ATTRIBUTES)),
  column: new Map<string, AttributeDefinition>([
    ['path', one('string')],
    ['sensitivity', one('int', true)],
    ['tags', many('string')],
    ['terms', many('string')],
    ...Object.entries(ASSET_ATTRIBUTES).map(([name, definition]) => [`asset.${name}`, definition] as const),
  ]),
  system: new Map(),
};

/** What a policy may read of an actor. All of it comes from our own store, never from the request. */
export const SUBJECT_ATTRIBUTES: ReadonlyMap<string, AttributeDefinition> = new Map([
  ['id', one('string')],
  ['handle', one('string')],
  ['kind', one('string')],
  ['roles', many('string')],
  ['teams', many('string')],
  ['department', one('string', true)],
  ['domains', many('path')],
  ['clearance', one('int', true)],
  ['country', one('string', true)],
  ['purposes', many('string')],
]);

/** The attributes an account can be given; the others come from the account itself. */
const storedAttributes = z.strictObject({
  department: z.string().min(1).optional(),
  domains: z.array(z.string().min(1)).optional(),
  clearance: z.number().int().min(0).max(3).optional(),
  country: z.string().min(1).optional(),
  purposes: z.array(z.string().min(1)).optional(),
});

/** @throws Invalid that lists every problem. */
export function parseSubjectAttributes(json: unknown): Record<string, AttributeValue> {
  const parsed = storedAttributes.safeParse(json);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${['attributes', ...issue.path].join('.')}: ${issue.message}`);
    throw new Invalid(problems.join('; '), ['attributes']);
  }
  return Object.fromEntries(Object.entries(parsed.data).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

export interface AssetResource {
  readonly type: 'asset';
  readonly id: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly platform: string | null;
  readonly domain: string | null;
  readonly sensitivity: number | null;
  readonly lifecycle: string;
  readonly tags: readonly string[];
  readonly terms: readonly string[];
  readonly owners: readonly string[];
}

export interface ColumnResource {
  readonly type: 'column';
  readonly asset: AssetResource;
  readonly path: string;
  readonly sensitivity: number | null;
  readonly tags: readonly string[];
  readonly terms: readonly string[];
}

export interface SystemResource {
  readonly type: 'system';
}

export type Resource = AssetResource | ColumnResource | SystemResource;

export type ResourceValue = AttributeValue | null | undefined;

/** The value of one attribute; undefined and null both mean missing. */
export function resourceValue(resource: Resource, attribute: string): ResourceValue {
  if (resource.type === 'column' && attribute.startsWith('asset.')) {
    return resourceValue(resource.asset, attribute.slice('asset.'.length));
  }
  if (!RESOURCE_ATTRIBUTES[resource.type].has(attribute)) return undefined;
  return new Map<string, ResourceValue>(Object.entries(resource)).get(attribute);
}

export function actorAttributes(actor: Actor): ReadonlyMap<string, AttributeValue> {
  const given = Object.entries(actor.attributes).filter(([name]) => SUBJECT_ATTRIBUTES.has(name));
  return new Map<string, AttributeValue>([
    ['domains', []],
    ['purposes', []],
    ...given,
    ['id', actor.id],
    ['handle', actor.handle],
    ['kind', actor.kind],
    ['roles', actor.roles],
    ['teams', actor.teamIds],
  ]);
}
