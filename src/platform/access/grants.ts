import { z } from 'zod';
import type { Grant } from '../../core/actor.js';
import type { PolicyDocument } from './policy-document.js';

const storedGrants = z.array(
  z.object({
    id: z.string(),
    assetId: z.string(),
    columns: z.array(z.string()).nullable(),
    purpose: z.string(),
    grantedBy: z.string(),
    isEmergency: z.boolean().default(false),
    expiresAt: z.string(),
  }),
);

/** Grants of the account in alias `a`, as JSON; `inForce` is over `g`. */
export function grantsSql(inForce: string): string {
  return `(SELECT coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'assetId', coalesce(k.merged_into, k.id),
    'columns', g.columns, 'purpose', g.purpose, 'grantedBy', g.granted_by, 'isEmergency', g.is_emergency,
    'expiresAt', to_char(g.expires_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) ORDER BY g.id), '[]')
  FROM access_grant g JOIN asset k ON k.id = g.asset_id WHERE g.account_id = a.id AND ${inForce})`;
}

/** Those in force now: part of who somebody is, so read wherever an actor is made. */
export const GRANTS_SQL = grantsSql('g.revoked_at IS NULL AND g.expires_at > now()');

export function parseGrants(json: unknown): Grant[] {
  return storedGrants.parse(json);
}

/**
 * A grant is a rule of the weakest band: it fills what nobody decided, and every deny of a policy stands against it. Only in
 * an emergency it is one of the strongest: what the platform itself denies, and what is denied absolutely, still stands. It
 * ends by itself, like every rule with a validity.
 */
export function grantPolicies(grants: readonly Grant[]): PolicyDocument[] {
  return grants.flatMap(({ id, assetId, columns, purpose, grantedBy, expiresAt, isEmergency = false }) => {
    const common = {
      title: isEmergency ? `Granted in an emergency by ${grantedBy}` : `Granted by ${grantedBy}`,
      why: purpose,
      effect: 'allow' as const,
      band: isEmergency ? ('platform' as const) : ('asset' as const),
      validity: { to: expiresAt },
    };
    const ofAsset = { attribute: 'asset.id', operator: 'eq' as const, value: assetId };
    const ofColumns = { attribute: 'path', operator: 'in' as const, value: columns ?? [] };
    return [
      {
        ...common,
        id: `grant.${id}`,
        actions: ['discover' as const, 'preview' as const, 'query' as const],
        resources: { types: ['asset' as const], where: { ...ofAsset, attribute: 'id' } },
      },
      {
        ...common,
        id: `grant.${id}.columns`,
        actions: ['read_column' as const, 'preview_column' as const, 'query_column' as const],
        resources: { types: ['column' as const], where: columns === null ? ofAsset : { all: [ofAsset, ofColumns] } },
      },
    ];
  });
}
