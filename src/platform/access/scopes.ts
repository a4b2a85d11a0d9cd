import type { Actor } from '../../core/actor.js';
import { ACTIONS, neededFor, perAction, type Action } from './attributes.js';
import type { CompiledAction, CompiledPolicies } from './compile.js';

/** Provisioning (RFC 7644) by its own paths, and nothing else. */
export const SCIM_SCOPE = 'scim';
export const TOKEN_SCOPES: readonly string[] = [...ACTIONS, SCIM_SCOPE];

/** What the policies allow the actor, cut down to what his token is for: before any reading, so that all of them agree. */
export function withinScopes(compiled: CompiledPolicies, { token }: Pick<Actor, 'token'>): CompiledPolicies {
  const scopes = token?.scopes ?? null;
  if (scopes === null) return compiled;
  const { actions } = compiled;
  const cut = (action: Action): CompiledAction =>
    isWithin(action, scopes) ? actions[action] : nothing(actions[action]);
  return {
    ...compiled,
    actions: perAction(cut),
  };
}

/** What an action takes besides, its token must be for too: a column is read through its asset. */
function isWithin(action: Action, scopes: readonly string[]): boolean {
  return scopes.includes(action) && neededFor(action).every((needed) => isWithin(needed, scopes));
}

function nothing({ type }: CompiledAction): CompiledAction {
  return { type, rules: [], considered: [], condition: false };
}
