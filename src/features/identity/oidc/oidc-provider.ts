import { Inject, Injectable } from '@nestjs/common';
import { createRemoteJWKSet } from 'jose';
import { allowInsecureRequests, ClientSecretBasic, discovery, None, type Configuration } from 'openid-client';
import { readSecret } from '../../../config/secret.js';
import { Unavailable } from '../../../core/errors.js';
import { Log } from '../../../platform/observability/log.js';
import { isSecure, OIDC_OPTIONS, type OidcOptions } from './oidc-options.js';

const TIMEOUT_SECONDS = 5;
/** What a provider says about itself is asked for again after this. */
const METADATA_MS = 3_600_000;
/** A provider that is away is left alone for so long: not every request waits for it. */
const PAUSE_MS = 5000;
/** An unknown key id makes us look for new keys, at most so often, whoever sends how many. */
const KEYS_COOLDOWN_MS = 30_000;

export interface KnownProvider {
  /** With which a login goes on. */
  readonly configuration: Configuration;
  /** By the key id of a token; looks again when it knows none. */
  readonly keys: ReturnType<typeof createRemoteJWKSet>;
}

/** The identity provider as it describes itself (OpenID Connect Discovery 1.0), with its keys. */
@Injectable()
export class OidcProvider {
  private known: Promise<KnownProvider> | null = null;
  private askedAtMs = 0;
  private awayUntilMs = 0;

  constructor(
    @Inject(OIDC_OPTIONS) private readonly options: OidcOptions,
    private readonly log: Log,
  ) {}

  /** @throws Unavailable while it does not answer */
  async get(): Promise<KnownProvider> {
    const now = Date.now();
    if (now < this.awayUntilMs) throw away();
    if (this.known && now - this.askedAtMs < METADATA_MS) return this.known;
    this.askedAtMs = now;
    const before = this.known;
    this.known = this.discover();
    try {
      return await this.known;
    } catch (error) {
      this.known = before;
      if (before) return before;
      throw this.noteAway(error);
    }
  }

  /** For whoever asked it and got no answer. */
  noteAway(error: unknown): Unavailable {
    this.awayUntilMs = Date.now() + PAUSE_MS;
    const { issuer } = this.options;
    const reason = error instanceof Error ? error.message : String(error);
    this.log.warn('The identity provider does not answer; tokens of our own go on.', { issuer, reason });
    return away();
  }

  private async discover(): Promise<KnownProvider> {
    const { issuer, audience, login } = this.options;
    const clientId = login?.clientId ?? audience[0] ?? '';
    const isInTheClear = new URL(issuer).protocol === 'http:';
    const configuration = await discovery(new URL(issuer), clientId, undefined, this.clientAuthentication(), {
      timeout: TIMEOUT_SECONDS,
      execute: isInTheClear ? [allowInsecureRequests] : [],
    });
    const { jwks_uri: address } = configuration.serverMetadata();
    if (address === undefined || !isSecure(new URL(address)))
      throw new Error('The provider names no jwks_uri that begins with https.');
    return {
      configuration,
      keys: createRemoteJWKSet(new URL(address), {
        cooldownDuration: KEYS_COOLDOWN_MS,
        timeoutDuration: TIMEOUT_SECONDS * 1000,
      }),
    };
  }

  private clientAuthentication(): ReturnType<typeof None> {
    const { clientSecret } = this.options.login ?? {};
    return clientSecret ? ClientSecretBasic(readSecret(clientSecret)) : None();
  }
}

function away(): Unavailable {
  return new Unavailable('The identity provider does not answer. Try again soon, or use a token of this service.');
}
