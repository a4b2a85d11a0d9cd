import { z } from 'zod';
import type { Actor } from '../../core/actor.js';
import { GRANTS_SQL, parseGrants } from '../access/grants.js';

/** Who the account in alias `a` is at this moment, as `actorFromRow` takes it. */
export const ACTOR_SQL = `a.id, a.kind, a.handle, a.name, a.email, a.roles, a.attributes,
  ARRAY(SELECT team.handle FROM team_member m JOIN team ON team.id = m.team_id
        WHERE m.account_id = a.id ORDER BY team.handle) AS teams,
  ${GRANTS_SQL} AS grants,
  coalesce((SELECT version FROM policy_activation), 0) AS "policyVersion"`;

export interface ActorRow {
  readonly id: string;
  readonly kind: 'PERSON' | 'SERVICE';
  readonly handle: string;
  readonly name: string;
  readonly email: string | null;
  readonly roles: readonly string[];
  readonly attributes: unknown;
  readonly teams: readonly string[];
  readonly policyVersion: number;
  readonly grants: unknown;
}

const storedAttributes = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]));

export function actorFromRow(row: ActorRow, token: Actor['token']): Actor {
  const attributes = storedAttributes.parse(row.attributes);
  return {
    id: row.id,
    kind: row.kind,
    handle: row.handle,
    name: row.name,
    roles: row.roles,
    teamIds: row.teams,
    attributes: row.email === null ? attributes : { ...attributes, email: row.email },
    grants: parseGrants(row.grants),
    policyVersion: row.policyVersion,
    token,
  };
}
