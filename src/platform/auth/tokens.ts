import { createHash, randomBytes } from 'node:crypto';

/** Lets secret scanners and people recognise a token of ours. */
const MARK = 'cad_';
const PREFIX_LENGTH = 8;

export interface NewToken {
  /** Shown once and never stored. */
  readonly secret: string;
  readonly prefix: string;
  readonly hash: Buffer;
}

export function newToken(): NewToken {
  return tokenOf(`${MARK}${randomBytes(32).toString('base64url')}`);
}

/** What is kept of a secret that is known already. */
export function tokenOf(secret: string): NewToken {
  return { secret, prefix: secret.slice(0, PREFIX_LENGTH), hash: hashOf(secret) };
}

/** SHA-256: a secret of 256 random bits needs no slow hash, and a fast one can be looked up by index. */
export function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** What may be written down of a refused secret. One that is not ours may be somebody's password: nothing of it. */
export function traceOf(secret: string): string {
  return /^cad_[\w-]{4,}$/.test(secret) ? `token ${secret.slice(0, PREFIX_LENGTH)}` : 'nobody';
}
