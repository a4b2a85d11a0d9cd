import { z } from 'zod';
import { CHANNELS, type Actor, type AttributeValue, type Environment } from '../../core/actor.js';
import { Invalid } from '../../core/errors.js';
import { actorAttributes, textValue, type AttributeDefinition, type Value } from './attributes.js';
import type { Condition } from './condition.js';
import type { ConditionScope } from './condition-parser.js';
import { plainAddress } from './network.js';

const nullable = { cardinality: 'one', isNullable: true } as const;

/** Every circumstance of a request that a policy may name. Times are `validity`. */
export const ENVIRONMENT_ATTRIBUTES: ReadonlyMap<string, AttributeDefinition> = new Map<string, AttributeDefinition>([
  ['ip', { ...nullable, type: 'ip' }],
  ['purpose', { ...nullable, type: 'string' }],
  ['channel', { ...nullable, type: 'enum', values: CHANNELS }],
]);

export const ENVIRONMENT_SCOPE: ConditionScope = {
  define: (attribute) => ENVIRONMENT_ATTRIBUTES.get(attribute) ?? null,
  owner: 'a request (ip, purpose, channel)',
  mayUseSubject: true,
};

/** Who asks and under what circumstances, as policies see both. */
export interface Asker {
  readonly subject: Readonly<Record<string, AttributeValue>>;
  readonly environment: Readonly<Record<string, Value>>;
}

export function askerOf(actor: Actor): Asker {
  return { subject: actorAttributes(actor), environment: environmentOf(actor) };
}

export function environmentValue({ environment }: Asker, name: string): Value {
  return environment[name] ?? null;
}

/** Purposes that nobody approved for the account are no purposes: whoever asks could otherwise choose the rule that allows it. */
function environmentOf({ environment, attributes }: Actor): Record<string, Value> {
  if (!environment) return {};
  const { ip, purpose, channel } = environment;
  return { ip, channel, purpose: purpose !== null && isPurposeOf(attributes, purpose) ? purpose : null };
}

/** Whether an account with these attributes may declare the purpose. */
export function isPurposeOf({ purposes }: Actor['attributes'], purpose: string): boolean {
  return Array.isArray(purposes) && purposes.includes(purpose);
}

/** The same actor under other circumstances. */
export function under(actor: Actor, environment: Environment | undefined): Actor {
  if (actor.environment === environment) return actor;
  const { environment: _, ...rest } = actor;
  return environment ? { ...rest, environment } : rest;
}

/** Nobody said anything. */
export const NOT_KNOWN: Environment = { ip: null, purpose: null, channel: null };

const circumstances = z.object({
  ip: z.string().max(100).transform(plainAddress),
  purpose: textValue,
  channel: z.enum(CHANNELS),
});

/** What is said of circumstances, and nothing else; what does not fit is not known. */
export function readEnvironment(said: object): Partial<Environment> {
  const given = new Map<string, unknown>(Object.entries(said));
  const known = Object.entries(circumstances.shape).filter(([name]) => given.has(name));
  return Object.fromEntries(known.map(([name, schema]) => [name, schema.safeParse(given.get(name)).data ?? null]));
}

/** As `readEnvironment`, for people. @throws Invalid for what is no address. */
export function checkedEnvironment(said: { readonly ip?: string | null } | null | undefined): Environment | null {
  if (!said) return null;
  const environment = { ...NOT_KNOWN, ...readEnvironment(said) };
  if (typeof said.ip !== 'string' || environment.ip !== null) return environment;
  const message = `'${said.ip.slice(0, 100)}' is no address. Give one such as 10.1.2.3 or 2001:db8::1.`;
  throw new Invalid(message, ['environment', 'ip']);
}

/** The circumstances that rules ask for: for others a decision cannot differ. */
export function circumstancesAsked(conditions: readonly (Condition | undefined)[]): string[] {
  return [...new Set(conditions.flatMap(namesIn))].toSorted();
}

function namesIn(condition: Condition | undefined): string[] {
  if (condition === undefined) return [];
  if ('all' in condition) return condition.all.flatMap(namesIn);
  if ('any' in condition) return condition.any.flatMap(namesIn);
  return 'not' in condition ? namesIn(condition.not) : [condition.attribute];
}
