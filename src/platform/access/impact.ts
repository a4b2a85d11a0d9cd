import type { Actor } from '../../core/actor.js';
import type { Action, Value } from './attributes.js';
import { compilePolicies } from './compile.js';
import { evaluate, type Residual } from './condition.js';
import type { PolicySet } from './policy-document.js';

/** Actors for whom both sets mean the same condition: what changes for one changes for all. */
export interface ActorClass {
  readonly handles: readonly string[];
  readonly before: Residual;
  readonly after: Residual;
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
  readonly examples: readonly {
    readonly change: 'GAINED' | 'LOST';
    readonly account: string;
    readonly resource: string;
  }[];
}

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
      const before = compiled.before.actions[action].condition;
      const after = compiled.after.actions[action].condition;
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
  return [...new Set(classes.flatMap(({ before, after }) => [...namesIn(before), ...namesIn(after)]))].toSorted();
}

/** Exact: every account against every resource, each kind of resource looked at once. */
export function impactOf(action: Action, classes: readonly ActorClass[], shapes: readonly Shape[]): Impact {
  const changes = classes.flatMap((one) => shapes.flatMap((shape) => changeOf(one, shape) ?? []));
  const total = (wanted: 'GAINED' | 'LOST'): number =>
    changes.reduce((sum, { change, pairs }) => (change === wanted ? sum + pairs : sum), 0);
  const examples = changes.slice(0, MOST_EXAMPLES).flatMap((one) => one.examples);
  return { action, gained: total('GAINED'), lost: total('LOST'), examples: examples.slice(0, MOST_EXAMPLES) };
}

interface Change {
  readonly change: 'GAINED' | 'LOST';
  readonly pairs: number;
  readonly examples: Impact['examples'];
}

/** Null where both sets decide alike. */
function changeOf({ handles, before, after }: ActorClass, shape: Shape): Change | null {
  const read = (attribute: string): Value => shape.attributes[attribute] ?? null;
  const [had, has] = [evaluate(before, read), evaluate(after, read)];
  if (had === has) return null;
  const change = has ? 'GAINED' : 'LOST';
  const examples = handles
    .slice(0, 3)
    .flatMap((account) => shape.examples.map((resource) => ({ change, account, resource }) as const));
  return { change, pairs: handles.length * shape.count, examples };
}

function namesIn(condition: Residual): string[] {
  if (typeof condition === 'boolean') return [];
  if ('all' in condition) return condition.all.flatMap(namesIn);
  if ('any' in condition) return condition.any.flatMap(namesIn);
  return 'not' in condition ? namesIn(condition.not) : [condition.attribute];
}
