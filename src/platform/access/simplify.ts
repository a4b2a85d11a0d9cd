import { listOf, type LiteralAtom, type Literal, type Operator, type Residual } from './condition.js';

/**
 * An equal condition without inner constants, nested lists of one kind, double `not` and empty literals. Alternatives on
 * one attribute become one list, so that a thousand rules of one shape cost one parameter.
 */
export function simplify(condition: Residual): Residual {
  if (typeof condition === 'boolean') return condition;
  if ('all' in condition) return simplifyAll(condition.all.map(simplify));
  if ('any' in condition) return simplifyAny(condition.any.map(simplify));
  if ('not' in condition) return negate(simplify(condition.not));
  return simplifyAtom(condition);
}

function simplifyAll(simplified: readonly Residual[]): Residual {
  const parts = simplified.flatMap((part) => (isComposite(part) && 'all' in part ? part.all : [part]));
  if (parts.includes(false)) return false;
  const left = parts.filter((part) => part !== true);
  return left.length > 1 ? { all: left } : (left[0] ?? true);
}

function simplifyAny(simplified: readonly Residual[]): Residual {
  const parts = simplified.flatMap((part) => (isComposite(part) && 'any' in part ? part.any : [part]));
  if (parts.includes(true)) return true;
  const left = mergeAlternatives(parts.filter((part) => part !== false));
  return left.length > 1 ? { any: left } : (left[0] ?? false);
}

function negate(condition: Residual): Residual {
  if (typeof condition === 'boolean') return !condition;
  return 'not' in condition ? condition.not : { not: condition };
}

function simplifyAtom(atom: LiteralAtom): Residual {
  if (atom.value === undefined || listOf(atom.value).length > 0) return atom;
  switch (atom.operator) {
    case 'notIn':
      return { attribute: atom.attribute, operator: 'has' };
    case 'hasAll':
    case 'hasNone':
      return true;
    default:
      return false;
  }
}

/** The operator whose list is the union of the alternatives' lists; `missing` has no list, and twice is once. */
const UNION: Partial<Record<Operator, Operator>> = {
  eq: 'in',
  in: 'in',
  hasAny: 'hasAny',
  under: 'under',
  missing: 'missing',
};

function mergeAlternatives(parts: readonly Residual[]): Residual[] {
  const groups = new Map<string, [LiteralAtom, ...LiteralAtom[]]>();
  const others: Residual[] = [];
  for (const part of parts) {
    const operator = isComposite(part) && 'attribute' in part ? UNION[part.operator] : undefined;
    if (!isComposite(part) || !('attribute' in part) || !operator) {
      others.push(part);
      continue;
    }
    const key = `${operator} ${part.attribute}`;
    const group = groups.get(key);
    if (group) group.push(part);
    else groups.set(key, [part]);
  }
  return [...[...groups.values()].map(unite), ...others];
}

function unite(atoms: readonly [LiteralAtom, ...LiteralAtom[]]): LiteralAtom {
  const [first] = atoms;
  if (atoms.length === 1 || first.value === undefined) return first;
  const values = [...new Set(atoms.flatMap((atom) => listOf(atom.value)))];
  // The registry gives an attribute one type, so the united list is of that type too.
  return { attribute: first.attribute, operator: UNION[first.operator] ?? first.operator, value: values as Literal };
}

function isComposite(condition: Residual): condition is Exclude<Residual, boolean> {
  return typeof condition !== 'boolean';
}
