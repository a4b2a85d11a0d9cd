import type { AttributeValue } from '../../../core/actor.js';
import { at, type JsonObject } from '../../../core/json.js';
import { storedSubjectAttributes, SUBJECT_ATTRIBUTES, textValue } from '../../../platform/access/attributes.js';
import { canonicalJson } from '../../../platform/canonical-json.js';
import { isHandle, unique } from '../account.js';
import { handleFrom } from '../handle.js';
import type { ClaimMapping } from './oidc-options.js';

/** What a provider says about somebody, in our words. */
export interface ClaimedAccount {
  /** As the provider spells it: compared byte by byte, never folded, so that no look-alike is somebody else. */
  readonly subject: string;
  /** What the handle is made from when the account is made; never a handle that stands for somebody else. */
  readonly wantedHandle: string;
  readonly name: string;
  readonly email: string | null;
  /** Null: not the provider's word. */
  readonly teams: readonly string[] | null;
  readonly roles: readonly string[] | null;
  /** Attributes that are the provider's word; null: he does not say. */
  readonly attributes: Readonly<Record<string, AttributeValue | null>>;
}

/** The part of an account that a provider may speak about. */
interface Claimable {
  readonly name: string;
  readonly email: string | null;
  readonly teams: readonly string[];
  readonly roles: readonly string[];
  readonly attributes: Readonly<Record<string, AttributeValue>>;
}

const MOST_VALUES = 1000;

/** Null without a subject that can be kept. What is mapped and not said is taken away: nobody keeps a team by silence. */
export function accountOf(claims: JsonObject, mapping: ClaimMapping): ClaimedAccount | null {
  const subject = textOf(at(claims, ...mapping.subject));
  if (subject === null || subject.trim() === '' || subject.length > 500) return null;
  const spoken = textOf(at(claims, ...mapping.handle)) ?? textOf(at(claims, ...mapping.email)) ?? 'user';
  const name = textOf(at(claims, ...mapping.name)) ?? spoken;
  return {
    subject,
    wantedHandle: handleFrom(spoken),
    name: name.trim().slice(0, 200) || subject.slice(0, 200),
    email: claims['email_verified'] === false ? null : textOf(at(claims, ...mapping.email)),
    teams: mapping.teams ? wordsOf(claims, mapping.teams).filter(isHandle) : null,
    roles: mapping.roles ? wordsOf(claims, mapping.roles) : null,
    attributes: attributesOf(claims, mapping.attributes),
  };
}

/** The account with the provider's word over it; what he does not speak about stays. */
export function withClaims<Account extends Claimable>(account: Account, claimed: ClaimedAccount): Account {
  const said = Object.entries(claimed.attributes);
  const kept = Object.entries(account.attributes).filter(([name]) => !Object.hasOwn(claimed.attributes, name));
  const given = said.flatMap(([name, value]): [string, AttributeValue][] => (value === null ? [] : [[name, value]]));
  return {
    ...account,
    name: claimed.name,
    email: claimed.email,
    teams: claimed.teams ?? account.teams,
    roles: claimed.roles ?? account.roles,
    attributes: Object.fromEntries([...kept, ...given]),
  };
}

/** Whether writing the one over the other would change nothing. */
export function isSame(account: Claimable, other: Claimable): boolean {
  const parts = ({ name, email, teams, roles, attributes }: Claimable): string =>
    canonicalJson([name, email, [...teams].sort(), [...roles].sort(), attributes]);
  return parts(account) === parts(other);
}

function wordsOf(claims: JsonObject, { claim, values }: NonNullable<ClaimMapping['teams']>): string[] {
  const said = textsOf(at(claims, ...claim));
  if (values === undefined) return unique(said);
  const known = new Map(Object.entries(values));
  return unique(said.flatMap((word) => known.get(word) ?? []));
}

function attributesOf(claims: JsonObject, mapping: ClaimMapping['attributes']): ClaimedAccount['attributes'] {
  return Object.fromEntries(
    Object.entries(mapping).flatMap(([name, claim]) =>
      Array.isArray(claim) ? [[name, attributeOf(name, at(claims, ...claim))]] : [],
    ),
  );
}

/** Null for what it cannot be: a missing attribute opens nothing. */
function attributeOf(name: string, said: unknown): AttributeValue | null {
  const definition = SUBJECT_ATTRIBUTES.get(name);
  const value = definition?.cardinality === 'many' ? textsOf(said) : scalarOf(said, definition?.type === 'int');
  const parsed = storedSubjectAttributes.safeParse({ [name]: value });
  return parsed.success
    ? (new Map<string, AttributeValue | undefined>(Object.entries(parsed.data)).get(name) ?? null)
    : null;
}

/** Providers that know texts only write numbers so. */
function scalarOf(said: unknown, isNumber: boolean): unknown {
  return isNumber && typeof said === 'string' && /^\d{1,9}$/.test(said) ? Number(said) : said;
}

function textsOf(said: unknown): string[] {
  const values = Array.isArray(said) ? said : [said];
  return values.slice(0, MOST_VALUES).flatMap((value) => textOf(value) ?? []);
}

function textOf(said: unknown): string | null {
  const parsed = textValue.safeParse(said);
  return parsed.success && parsed.data !== '' ? parsed.data : null;
}
