import { Ability, type RawRuleOf } from '@casl/ability';
import { resourceValue, type Resource, type ResourceType } from './attributes.js';
import type { CompiledPolicies, CompiledRule } from './compile.js';
import { holds, type Condition } from './condition.js';
import { BANDS, type Action } from './policy-document.js';

type CatalogAbility = Ability<[string, Resource | ResourceType], Condition>;

/**
 * The in-memory reading. CASL's last matching rule wins, so rules stand from the lowest band to the highest, deny after
 * allow, absolute denies last. Conditions are ours and closed: CASL 7 would take an operator it does not know for a
 * field name, and a deny that uses one would never fire.
 */
export function caslReading(compiled: CompiledPolicies): (action: Action, resource: Resource) => boolean {
  const abilities = new Map<string, CatalogAbility>();
  const abilityOf = (action: Action, type: ResourceType): CatalogAbility => {
    const key = `${action} ${type}`;
    const known = abilities.get(key) ?? makeAbility(action, type, compiled.rules(action, type));
    abilities.set(key, known);
    return known;
  };
  return (action, resource) => {
    if (resource.type === 'column' && !abilityOf('discover', 'asset').can('discover', resource.asset)) return false;
    return abilityOf(action, resource.type).can(action, resource);
  };
}

function makeAbility(action: Action, type: ResourceType, rules: readonly CompiledRule[]): CatalogAbility {
  const ordered = rules.filter((rule) => rule.subjectMatches).toSorted((a, b) => strength(a) - strength(b));
  return new Ability<[string, Resource | ResourceType], Condition>(
    ordered.map((rule) => ({
      action,
      subject: type,
      inverted: rule.policy.effect === 'deny',
      conditions: rule.where,
    })) as RawRuleOf<CatalogAbility>[],
    {
      conditionsMatcher: (condition) => (resource) => holds(condition, (name) => resourceValue(resource as unknown as Resource, name)),
      detectSubjectType: (resource) => (resource as Resource).type,
    },
  );
}

function strength({ policy }: CompiledRule): number {
  if (policy.absolute) return 100;
  return BANDS.indexOf(policy.band) * 2 + (policy.effect === 'deny' ? 1 : 0);
}
