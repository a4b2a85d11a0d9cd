import { z } from 'zod';
import type { Actor, AttributeValue } from '../../core/actor.js';
import { Invalid } from '../../core/errors.js';

/** What a condition compares with; null is "missing". A many-valued attribute is never null, at most empty. */
export type Value = string | number | boolean | readonly string[] | null;

export interface AttributeDefinition {
  readonly type: 'string' | 'enum' | 'path' | 'int' | 'ip' | 'bool';
  readonly cardinality: 'one' | 'many';
  readonly isNullable: boolean;
  /** The words an enum allows. */
  readonly values?: readonly string[];
}

/** Kinds of asset that a policy may name. */
export const RESOURCE_KINDS = ['DATASET', 'JOB', 'DASHBOARD', 'TERM', 'DOMAIN', 'DATA_PRODUCT'] as const;

export interface AssetResource {
  readonly type: 'asset';
  readonly id: string;
  readonly kind: (typeof RESOURCE_KINDS)[number];
  readonly namespace: string;
  readonly name: string;
  readonly platform: string | null;
  /** Slash path: 'commerce/orders'. */
  readonly domain: string | null;
  /** 0 PUBLIC, 1 INTERNAL, 2 CONFIDENTIAL, 3 RESTRICTED. */
  readonly sensitivity: number | null;
  readonly lifecycle: string;
  readonly tags: readonly string[];
  readonly terms: readonly string[];
  /** Handles of accounts and teams. */
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
export const RESOURCE_TYPES = ['asset', 'column', 'system'] as const;
export type ResourceType = (typeof RESOURCE_TYPES)[number];

/** What can be decided, and on which type of resource. */
export const ACTION_TYPES = {
  discover: 'asset',
  edit: 'asset',
  preview: 'asset',
  query: 'asset',
  read_column: 'column',
  preview_column: 'column',
  query_column: 'column',
  ingest: 'system',
  manage_policies: 'system',
  manage_accounts: 'system',
  read_audit: 'system',
  explain: 'system',
  operate: 'system',
} as const satisfies Record<string, ResourceType>;
export type Action = keyof typeof ACTION_TYPES;

/** What else somebody must be allowed: of the same resource, or of the asset that a column belongs to. */
const PRECONDITIONS: Partial<Record<Action, readonly Action[]>> = {
  preview: ['discover'],
  query: ['discover'],
  read_column: ['discover'],
  preview_column: ['read_column', 'preview'],
  query_column: ['read_column', 'query'],
};

/** The decisions that come before one on a resource, in their order. */
export function preconditionsOf(action: Action, resource: Resource): readonly (readonly [Action, Resource])[] {
  return (PRECONDITIONS[action] ?? []).map((needed) => {
    const isOfParent = resource.type === 'column' && ACTION_TYPES[needed] === 'asset';
    return [needed, isOfParent ? resource.asset : resource];
  });
}

export function neededFor(action: Action): readonly Action[] {
  return PRECONDITIONS[action] ?? [];
}

export const ACTIONS = Object.keys(ACTION_TYPES) as readonly Action[];

/** Something of every action. */
export function perAction<T>(make: (action: Action) => T): Record<Action, T> {
  return {
    discover: make('discover'),
    edit: make('edit'),
    preview: make('preview'),
    query: make('query'),
    read_column: make('read_column'),
    preview_column: make('preview_column'),
    query_column: make('query_column'),
    ingest: make('ingest'),
    manage_policies: make('manage_policies'),
    manage_accounts: make('manage_accounts'),
    read_audit: make('read_audit'),
    explain: make('explain'),
    operate: make('operate'),
  };
}

const text: AttributeDefinition = { type: 'string', cardinality: 'one', isNullable: false };
const nullableText: AttributeDefinition = { ...text, isNullable: true };
const nullablePath: AttributeDefinition = { type: 'path', cardinality: 'one', isNullable: true };
const nullableInt: AttributeDefinition = { type: 'int', cardinality: 'one', isNullable: true };
const texts: AttributeDefinition = { type: 'string', cardinality: 'many', isNullable: false };
const paths: AttributeDefinition = { type: 'path', cardinality: 'many', isNullable: false };
const oneOf = (...values: string[]): AttributeDefinition => ({ ...text, type: 'enum', values });

interface Readable<R> {
  readonly definition: AttributeDefinition;
  readonly read: (resource: R) => Value;
}

function readable<R>(definition: AttributeDefinition, read: (resource: R) => Value): Readable<R> {
  return { definition, read };
}

const ASSET_ATTRIBUTES = new Map<string, Readable<AssetResource>>([
  ['id', readable(text, (asset) => asset.id)],
  ['kind', readable(oneOf(...RESOURCE_KINDS), (asset) => asset.kind)],
  ['namespace', readable(text, (asset) => asset.namespace)],
  ['name', readable(text, (asset) => asset.name)],
  ['platform', readable(nullableText, (asset) => asset.platform)],
  ['domain', readable(nullablePath, (asset) => asset.domain)],
  ['sensitivity', readable(nullableInt, (asset) => asset.sensitivity)],
  ['lifecycle', readable(text, (asset) => asset.lifecycle)],
  ['tags', readable(texts, (asset) => asset.tags)],
  ['terms', readable(texts, (asset) => asset.terms)],
  ['owners', readable(texts, (asset) => asset.owners)],
]);

/** How a column names the attributes of the asset it belongs to. */
export const PARENT_PREFIX = 'asset.';

const COLUMN_ATTRIBUTES = new Map<string, Readable<ColumnResource>>([
  ['path', readable(text, (column) => column.path)],
  ['sensitivity', readable(nullableInt, (column) => column.sensitivity)],
  ['tags', readable(texts, (column) => column.tags)],
  ['terms', readable(texts, (column) => column.terms)],
  ...[...ASSET_ATTRIBUTES].map(([name, { definition, read }]): [string, Readable<ColumnResource>] => [
    PARENT_PREFIX + name,
    readable(definition, (column) => read(column.asset)),
  ]),
]);

/** Every attribute of a resource that a policy may name. Nothing else can be named. */
export const RESOURCE_ATTRIBUTES: Readonly<Record<ResourceType, ReadonlyMap<string, AttributeDefinition>>> = {
  asset: definitionsOf(ASSET_ATTRIBUTES),
  column: definitionsOf(COLUMN_ATTRIBUTES),
  system: new Map(),
};

/** Every attribute of an actor that a policy may name. */
export const SUBJECT_ATTRIBUTES: ReadonlyMap<string, AttributeDefinition> = new Map([
  ['id', text],
  ['handle', text],
  ['kind', oneOf('PERSON', 'SERVICE', 'SYSTEM')],
  ['roles', texts],
  ['teams', texts],
  ['email', nullableText],
  ['department', nullableText],
  ['domains', paths],
  ['clearance', nullableInt],
  ['country', nullableText],
  ['purposes', texts],
]);

/** Reads one attribute of a resource; an attribute it does not have is missing. */
export function readAttribute(resource: Resource, attribute: string): Value {
  if (resource.type === 'asset') return ASSET_ATTRIBUTES.get(attribute)?.read(resource) ?? null;
  if (resource.type === 'column') return COLUMN_ATTRIBUTES.get(attribute)?.read(resource) ?? null;
  return null;
}

// PostgreSQL text holds neither U+0000 nor half a surrogate pair: what the database cannot hold cannot be compared with.
export const textValue = z
  .string()
  .max(1000)
  .refine((value) => !/[\0\p{Surrogate}]/u.test(value), 'must not hold U+0000 or a lone surrogate');
export const pathValue = textValue.regex(/^[^/]+(\/[^/]+)*$/, "must be a path such as 'commerce/orders'");
export const intValue = z.int32();

const STORED_SUBJECT_ATTRIBUTES = {
  department: textValue,
  domains: z.array(pathValue).max(1000),
  // As sensitivity: 0 PUBLIC to 3 RESTRICTED.
  clearance: intValue.min(0).max(3),
  country: textValue,
  purposes: z.array(textValue).max(1000),
};
/** The attributes that an account stores, each optional; no other key. */
export const storedSubjectAttributes = z.strictObject(STORED_SUBJECT_ATTRIBUTES).partial();

/** @throws Invalid naming every key that is unknown or holds the wrong type. */
export function parseSubjectAttributes(json: unknown): Record<string, AttributeValue> {
  const parsed = storedSubjectAttributes.safeParse(json);
  if (parsed.success) {
    return Object.fromEntries(
      Object.entries(parsed.data).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    );
  }
  const problems = parsed.error.issues.map((issue) => [...issue.path, issue.message].join(': '));
  throw new Invalid(`These attributes are not valid: ${problems.join('; ')}.`, ['attributes']);
}

/**
 * The actor as policies see him. What is stored with the wrong type counts as missing: that never widens what an allow
 * grants, and denies fail closed.
 */
export function actorAttributes(actor: Actor): Record<string, AttributeValue> {
  const attributes: Record<string, AttributeValue> = {
    id: actor.id,
    handle: actor.handle,
    kind: actor.kind,
    roles: actor.roles,
    teams: actor.teamIds,
  };
  for (const [name, schema] of Object.entries({ ...STORED_SUBJECT_ATTRIBUTES, email: textValue })) {
    if (!Object.hasOwn(actor.attributes, name)) continue;
    const stored = schema.safeParse(actor.attributes[name]);
    if (stored.success) attributes[name] = stored.data;
  }
  return attributes;
}

function definitionsOf<R>(attributes: ReadonlyMap<string, Readable<R>>): ReadonlyMap<string, AttributeDefinition> {
  return new Map([...attributes].map(([name, { definition }]) => [name, definition]));
}
