import { Ability, type MatchConditions, type RawRuleOf } from '@casl/ability';
import {
  ACTION_TYPES,
  preconditionsOf,
  readAttribute,
  type Action,
  type Resource,
  type ResourceType,
} from './attributes.js';
import type { CompiledPolicies } from './compile.js';
import { evaluate, type Composite } from './condition.js';

type CatalogAbility = Ability<[Action, Resource | ResourceType], Composite>;

/**
 * The reading in memory. CASL picks the rule, our own two-valued conditions are its matcher: none of the meanings its
 * Mongo matcher gives to null, missing and unknown operators can apply.
 */
export class CaslReading {
  private readonly ability: CatalogAbility;

  constructor(compiled: CompiledPolicies) {
    this.ability = new Ability<[Action, Resource | ResourceType], Composite>(rulesOf(compiled), {
      conditionsMatcher,
      detectSubjectType: (resource) => resource.type,
    });
  }

  can(action: Action, resource: Resource): boolean {
    if (ACTION_TYPES[action] !== resource.type) return false;
    if (!preconditionsOf(action, resource).every(([needed, on]) => this.can(needed, on))) return false;
    return this.ability.can(action, resource);
  }
}

function conditionsMatcher(condition: Composite): MatchConditions {
  // CASL hands over what `can` was given, and `can` takes nothing but resources.
  return (resource: object) => evaluate(condition, (attribute) => readAttribute(resource as Resource, attribute));
}

/** In CASL the last matching rule wins, so the strongest comes last. */
function rulesOf(compiled: CompiledPolicies): RawRuleOf<CatalogAbility>[] {
  const actions = Object.entries(compiled.actions) as [Action, CompiledPolicies['actions'][Action]][];
  return actions.flatMap(([action, { type, rules }]) =>
    rules.toReversed().map(({ policy, residual }) => ({
      action,
      subject: type,
      inverted: policy.effect === 'deny',
      ...(typeof residual === 'boolean' ? {} : { conditions: residual }),
    })),
  );
}
