import { z } from 'zod';
import { readSection, type ConfigFile } from '../../../config/config-file.js';
import { secretReference } from '../../../config/secret.js';
import { storedSubjectAttributes } from '../../../platform/access/attributes.js';

/** Asymmetric only: with HS256 who knows the provider's public key could sign, and `none` is no signature. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'] as const;

const text = z.string().trim().min(1, 'must not be empty').max(500);

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** What goes over the network in the clear can be changed on its way. */
const secureUrl = text
  .refine((url) => URL.canParse(url), 'must be an address such as https://login.example.com')
  .refine((url) => !URL.canParse(url) || isSecure(new URL(url)), 'must begin with https (http only on this machine)');

/** The name of a claim, or the way to one inside others: [realm_access, roles]. */
const claim = z.union([text.transform((name) => [name]), z.array(text).min(1).max(5)]);

/** Words of the provider for words of ours. */
const words = z.strictObject({
  claim,
  /** Left out: the provider's words as they are, where they can be. */
  values: z.record(text, text).optional(),
});

const attributes = z.strictObject(
  Object.fromEntries(Object.keys(storedSubjectAttributes.shape).map((name) => [name, claim.optional()])),
);

const claims = z.strictObject({
  /** What names the account for ever. */
  subject: claim.default(['sub']),
  handle: claim.default(['preferred_username']),
  name: claim.default(['name']),
  email: claim.default(['email']),
  teams: words.optional(),
  roles: words.optional(),
  attributes: attributes.default({}),
});

const login = z.strictObject({
  clientId: text,
  /** Left out: a public client, which PKCE protects. */
  clientSecret: secretReference.optional(),
  /** Where browsers reach this service; the provider sends them back there. */
  publicUrl: secureUrl.transform((url) => new URL(url).origin),
  scopes: z.array(text).min(1).max(20).default(['openid', 'profile', 'email']),
  sessionHours: z.number().min(0.1).max(24).default(12),
});

const oidc = z.strictObject({
  /** Exactly as the provider spells it in its tokens. */
  issuer: secureUrl,
  /** Whom its tokens must be for: any of these. */
  audience: z.union([text.transform((one) => [one]), z.array(text).min(1).max(10)]),
  algorithms: z.array(z.enum(ALGORITHMS)).min(1).default(['RS256', 'PS256', 'ES256', 'EdDSA']),
  /** How far clocks may differ. */
  clockSkewSeconds: z.int().min(0).max(60).default(30),
  /** A token that was issued longer ago is refused, whatever it says itself. */
  tokenHours: z.number().min(0.1).max(24).default(24),
  /** Whether somebody whom nobody has made an account for gets one. */
  accounts: z.enum(['at-first-sight', 'known-only']).default('known-only'),
  claims: claims.default(() => claims.parse({})),
  /** For people with a browser. */
  login: login.optional(),
});

export type OidcOptions = z.infer<typeof oidc>;
export type ClaimMapping = OidcOptions['claims'];

export type LoginOptions = z.infer<typeof login>;

export const OIDC_OPTIONS = Symbol('OidcOptions');

/** Null where nothing is set up: then only tokens of our own count. @throws ConfigError */
export function readOidcOptions(file: ConfigFile): OidcOptions | null {
  return readSection(file, { name: 'oidc', docs: 'docs/identity.md', schema: oidc.optional() }) ?? null;
}

export function isSecure(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname));
}
