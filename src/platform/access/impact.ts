import type { Actor } from '../../core/actor.js';
import type { Action, Value } from './attributes.js';
import { compilePolicies, type CompiledAction } from './compile.js';
import { evaluate, type Residual } from './condition.js';
import { mergeAdvice } from './explain.js';
import type { PolicySet } from './policy-document.js';
import type { Mask } from './rule.js';

/** What one set means for an actor and an action. */
interface Meaning {
  readonly condition: Residual;
  /** What rules say of how to show it: of each allow that can match. */
  readonly advised: readonly {
    readonly residual: Residual;
    readonly mask: Mask | null;
    readonly rowFilter: string | null;
  }[];
}

/** Actors for whom both sets mean the same: what changes for one changes for all. */
export interface ActorClass {
  readonly handles: readonly string[];
  readonly before: Meaning;
  readonly after: Meaning;
}

/** Resources that are alike in every attribute that a condition asks for. */
export interface Shape {
  readonly attributes: Readonly<Record<string, Value>>;
  readonly count: number;
  /** A few of them, in words. */
  readonly examples: readonly string[];
}

export interface Impact {
  readonly action: Action;
  /** Pairs of account and resource that may afterwards and might not before. */
  readonly gained: number;
  readonly lost: number;
  /** Pairs that may before and afterwards, and are shown another mask or other rows. */
  readonly maskChanged: number;
  readonly examples: readonly {
    readonly change: AccessChange;
    readonly account: string;
    readonly resource: string;
  }[];
}

type AccessChange = 'GAINED' | 'LOST' | 'MASK_CHANGED';

const MOST_EXAMPLES = 50;

/** By action, those for whom the two sets differ on it. */
export function classesOf(
  sets: { readonly before: PolicySet; readonly after: PolicySet },
  actions: readonly Action[],
  actors: readonly Actor[],
  now: Date,
): Map<Action, ActorClass[]> {
  const classes = new Map(actions.map((action) => [action, new Map<string, ActorClass & { handles: string[] }>()]));
  for (const actor of actors) {
    const compiled = {
      before: compilePolicies(sets.before, actor, now),
      after: compilePolicies(sets.after, actor, now),
    };
    for (const [action, ofAction] of classes) {
      const before = meaningOf(compiled.before.actions[action]);
      const after = meaningOf(compiled.after.actions[action]);
      const [old, fresh] = [JSON.stringify(before), JSON.stringify(after)];
      if (old === fresh) continue;
      const known = ofAction.get(`${old} ${fresh}`);
      if (known) known.handles.push(actor.handle);
      else ofAction.set(`${old} ${fresh}`, { handles: [actor.handle], before, after });
    }
  }
  return new Map([...classes].map(([action, ofAction]) => [action, [...ofAction.values()]]));
}

/** Attributes that decide anything in these classes. */
export function attributesAsked(classes: readonly ActorClass[]): string[] {
  return [...new Set(classes.flatMap(({ before, after }) => [before, after].flatMap(asked)))].toSorted();
}

/** Exact: every account against every resource, each kind of resource looked at once. */
export function impactOf(action: Action, classes: readonly ActorClass[], shapes: readonly Shape[]): Impact {
  const changes = classes.flatMap((one) => shapes.flatMap((shape) => changeOf(one, shape) ?? []));
  const total = (wanted: AccessChange): number =>
    changes.reduce((sum, { change, pairs }) => (change === wanted ? sum + pairs : sum), 0);
  const examples = changes.slice(0, MOST_EXAMPLES).flatMap((one) => one.examples);
  const counts = { gained: total('GAINED'), lost: total('LOST'), maskChanged: total('MASK_CHANGED') };
  return { action, ...counts, examples: examples.slice(0, MOST_EXAMPLES) };
}

interface Change {
  readonly change: AccessChange;
  readonly pairs: number;
  readonly examples: Impact['examples'];
}

/** Null where both sets decide alike. */
function changeOf({ handles, before, after }: ActorClass, shape: Shape): Change | null {
  const read = (attribute: string): Value => shape.attributes[attribute] ?? null;
  const [had, has] = [evaluate(before.condition, read), evaluate(after.condition, read)];
  if (had === has && (!has || adviceOn(before, read) === adviceOn(after, read))) return null;
  const change = changeBetween(had, has);
  const examples = handles
    .slice(0, 3)
    .flatMap((account) => shape.examples.map((resource) => ({ change, account, resource }) as const));
  return { change, pairs: handles.length * shape.count, examples };
}

function changeBetween(had: boolean, has: boolean): AccessChange {
  if (had === has) return 'MASK_CHANGED';
  return has ? 'GAINED' : 'LOST';
}

function meaningOf({ condition, rules }: CompiledAction): Meaning {
  const advised = rules.flatMap(({ policy, residual }) => {
    const { mask = null, rowFilter = null } = (policy.effect === 'allow' && policy.advice) || {};
    return mask === null && rowFilter === null ? [] : [{ residual, mask, rowFilter }];
  });
  return { condition, advised };
}

function asked({ condition, advised }: Meaning): string[] {
  return [...namesIn(condition), ...advised.flatMap(({ residual }) => namesIn(residual))];
}

/** The strictest mask and all row filters, as one text. */
function adviceOn({ advised }: Meaning, read: (attribute: string) => Value): string {
  const matching = advised.filter(({ residual }) => evaluate(residual, read));
  return JSON.stringify(mergeAdvice(matching));
}

function namesIn(condition: Residual): string[] {
  if (typeof condition === 'boolean') return [];
  if ('all' in condition) return condition.all.flatMap(namesIn);
  if ('any' in condition) return condition.any.flatMap(namesIn);
  return 'not' in condition ? namesIn(condition.not) : [condition.attribute];
}
