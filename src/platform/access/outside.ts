import { z } from 'zod';
import type { Actor } from '../../core/actor.js';
import { pathValue, intValue, textValue, type AttributeDefinition, type Value } from './attributes.js';
import { byStrength, compileRules, isInForce, type CompiledRule } from './compile.js';
import { askerOf, type Asker } from './environment.js';
import { explainRules, type Explanation } from './explain.js';
import { networkValue } from './network.js';
import type { PolicySet } from './policy-document.js';
import { ACTION_PREFIX, asRule, attributesOf, type OutsideType } from './resource-type.js';

/** A thing of another system. What is missing from the properties, or of another type than declared, is missing. */
export interface OutsideResource {
  readonly id: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** What is to be done, and how. */
export interface OutsideAction {
  readonly name: string;
  readonly properties?: Readonly<Record<string, unknown>> | null | undefined;
}

/** Decisions of one actor on one action over resources of one outside type. */
export class OutsideAccess {
  private readonly asker: Asker;
  private readonly definitions: ReadonlyMap<string, AttributeDefinition>;
  private readonly rules: readonly CompiledRule[];

  constructor(
    type: OutsideType,
    private readonly action: OutsideAction,
    actor: Actor,
    now: Date,
  ) {
    this.asker = askerOf(actor);
    this.definitions = attributesOf(type);
    const inForce = type.policies
      .filter((rule) => rule.actions.includes(action.name))
      .map(asRule)
      .filter((rule) => isInForce(rule, now))
      .toSorted(byStrength);
    this.rules = compileRules(inForce, this.definitions, this.asker);
  }

  explain(resource: OutsideResource): Omit<Explanation, 'policyVersion'> {
    const read = (attribute: string): Value =>
      outsideValue(this.definitions, { ...resource, action: this.action }, attribute);
    return explainRules(this.rules, { asker: this.asker, definitions: this.definitions, read });
  }
}

/** One attribute; missing when it was not declared, is not there, or is of another type. */
export function outsideValue(
  definitions: ReadonlyMap<string, AttributeDefinition>,
  { id, properties, action }: OutsideResource & { readonly action: OutsideAction },
  attribute: string,
): Value {
  if (attribute === 'id') return id;
  const isOfAction = attribute.startsWith(ACTION_PREFIX);
  const said = isOfAction ? (action.properties ?? {}) : properties;
  const name = isOfAction ? attribute.slice(ACTION_PREFIX.length) : attribute;
  const definition = definitions.get(attribute);
  return definition && Object.hasOwn(said, name) ? valueOf(definition, said[name]) : missingOf(definition);
}

function missingOf(definition: AttributeDefinition | undefined): Value {
  return definition?.cardinality === 'many' ? [] : null;
}

export function outsideTypeOf(set: PolicySet, type: string): OutsideType | null {
  return set.resourceTypes?.find((one) => one.type === type) ?? null;
}

const SCHEMAS = {
  string: textValue,
  enum: textValue,
  int: intValue,
  path: pathValue,
  ip: networkValue,
  bool: z.boolean(),
} as const;

function valueOf({ type, cardinality }: AttributeDefinition, given: unknown): Value {
  const schema = SCHEMAS[type];
  if (cardinality === 'one') return schema.safeParse(given).data ?? null;
  const list = schema.array().safeParse(given).data ?? [];
  return list.map(String);
}
