import { Inject, Injectable } from '@nestjs/common';
import { errors, jwtVerify, type JWTPayload } from 'jose';
import type { JsonObject } from '../../../core/json.js';
import { SignInRefused } from '../../../platform/auth/sign-in-refused.js';
import { OIDC_OPTIONS, type OidcOptions } from './oidc-options.js';
import { OidcProvider } from './oidc-provider.js';

/** Longer ones are not even read: Node takes headers of 16 KiB. */
const MOST_CHARACTERS = 8192;
/** Tokens for other uses (logout, security events) are signed by the same keys: RFC 8725, 3.11. */
const TYPES = new Set([undefined, 'jwt', 'at+jwt', 'application/at+jwt']);

/** Says whether a token is the provider's and meant for us, now (RFC 7519, RFC 8725). */
@Injectable()
export class TokenVerifier {
  constructor(
    private readonly provider: OidcProvider,
    @Inject(OIDC_OPTIONS) private readonly options: OidcOptions,
  ) {}

  /** @returns its claims. @throws SignInRefused saying what is wrong, Unavailable when there is nobody to ask for keys */
  async verify(token: string, audience: readonly string[]): Promise<JsonObject> {
    if (token.length > MOST_CHARACTERS)
      throw new SignInRefused(`The token is longer than ${MOST_CHARACTERS} characters.`);
    const { keys } = await this.provider.get();
    const { issuer, algorithms, clockSkewSeconds, tokenHours } = this.options;
    try {
      const { payload, protectedHeader } = await jwtVerify(token, keys, {
        issuer,
        audience: [...audience],
        algorithms: [...algorithms],
        clockTolerance: clockSkewSeconds,
        maxTokenAge: tokenHours * 3600,
        requiredClaims: ['exp', 'iat', 'sub'],
      });
      if (!TYPES.has(protectedHeader.typ?.toLowerCase()))
        throw new SignInRefused('The token is of a type that signs nobody in.');
      requireLife(payload);
      return payload;
    } catch (error) {
      if (error instanceof SignInRefused) throw error;
      throw this.refusalOf(error);
    }
  }

  /** What is wrong with the token is told; what fails on the way to the keys is nobody's fault who asks. */
  private refusalOf(error: unknown): Error {
    if (error instanceof errors.JWTExpired) return new SignInRefused(`The token is too old: ${error.reason}.`);
    if (error instanceof errors.JWTClaimValidationFailed) return new SignInRefused(claimText(error.claim));
    if (error instanceof errors.JOSEAlgNotAllowed)
      return new SignInRefused(`The token is not signed by ${this.options.algorithms.join(' or ')}.`);
    if (error instanceof errors.JWKSNoMatchingKey)
      return new SignInRefused('The token is signed by a key that the provider does not have.');
    if (error instanceof errors.JWKSMultipleMatchingKeys)
      return new SignInRefused('The token does not say by which key it is signed (kid).');
    if (error instanceof errors.JWSSignatureVerificationFailed)
      return new SignInRefused('The signature of the token does not fit.');
    if (isOfTheToken(error)) return new SignInRefused('The token cannot be read as a signed JWT.');
    return this.provider.noteAway(error);
  }
}

function isOfTheToken(error: unknown): boolean {
  return (
    error instanceof errors.JWSInvalid || error instanceof errors.JWTInvalid || error instanceof errors.JOSENotSupported
  );
}

const CLAIMS: Readonly<Record<string, string>> = {
  aud: 'The token is for another audience.',
  iss: 'The token is of another issuer.',
  nbf: 'The token is not valid yet.',
  iat: 'The token says that it was issued in the future, or not when.',
  exp: 'The token does not say until when it is valid.',
  sub: 'The token does not say whom it is about.',
};

function claimText(claim: string): string {
  return new Map(Object.entries(CLAIMS)).get(claim) ?? 'A claim of the token is wrong.';
}

/** A life that ends before it begins is none; jose looks at each alone. */
function requireLife({ exp = 0, iat = 0, sub }: JWTPayload): void {
  if (exp < iat) throw new SignInRefused('The token ends before it begins.');
  if (typeof sub !== 'string') throw new SignInRefused(claimText('sub'));
}
