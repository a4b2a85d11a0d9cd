/**
 * Who is asking. Always the first argument of a use case.
 *
 * `attributes` are the subject attributes a policy may read (AuthZEN 1.0 "subject properties"): they come from our own
 * store, never from the request.
 */
export interface Actor {
  readonly id: string;
  readonly kind: 'PERSON' | 'SERVICE' | 'SYSTEM';
  readonly handle: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly teamIds: readonly string[];
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  /** What was granted to the actor on request and is in force; none when left out. */
  readonly grants?: readonly Grant[];
  /** Under what circumstances; when left out nothing is known of them. */
  readonly environment?: Environment;
  /** Version of the policy set that was active when the request was authenticated. */
  readonly policyVersion: number;
  /** What the token may do at most; null means everything its account may do. */
  readonly token: ActorToken | null;
}

export interface ActorToken {
  readonly id: string;
  readonly ingestNamespaces: readonly string[] | null;
  /** Actions of policies, or `scim`; null or left out: everything its account may. */
  readonly scopes?: readonly string[] | null;
  /** Whether attributes that it sends with a question about somebody count. */
  readonly trustsAttributes?: boolean;
}

/** How a request came. */
export const CHANNELS = ['graphql', 'rest', 'authzen', 'cli'] as const;

/** Circumstances of a request; what is null is not known, and for policies missing. */
export interface Environment {
  /** Address of who asks: IPv4 or IPv6, never an IPv4 address written as IPv6. */
  readonly ip: string | null;
  /** What the data is wanted for, as declared; it counts where the account has this purpose. */
  readonly purpose: string | null;
  readonly channel: (typeof CHANNELS)[number] | null;
}

/** Access to one asset for some time, on request. */
export interface Grant {
  readonly id: string;
  readonly assetId: string;
  /** Null: all. */
  readonly columns: readonly string[] | null;
  readonly purpose: string;
  /** Handle. */
  readonly grantedBy: string;
  /** Stands above the rules of domains and assets; an ordinary grant below all of them. */
  readonly isEmergency?: boolean;
  /** RFC 3339 in UTC. */
  readonly expiresAt: string;
}

export type AttributeValue = string | number | boolean | readonly string[];

/** The service acting for itself: followers, jobs and the demo loader. It is never reachable by a token. */
export const SYSTEM_ACTOR: Actor = {
  id: '00000000-0000-0000-0000-000000000000',
  kind: 'SYSTEM',
  handle: 'system',
  name: 'Cadastre',
  roles: [],
  teamIds: [],
  attributes: {},
  policyVersion: 0,
  token: null,
};
