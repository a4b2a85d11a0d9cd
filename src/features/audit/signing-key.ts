import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Signs checkpoints with Ed25519 (RFC 8032). The key is a file, never in the database that it vouches for. */
export class SigningKey {
  private known: KeyObject | null = null;

  /** `path`: PKCS #8 in PEM. Made at the first use when there is none. */
  constructor(private readonly path: string) {}

  sign(text: string): Buffer {
    return sign(null, Buffer.from(text, 'utf8'), this.privateKey());
  }

  /** SPKI in base64. */
  publicKey(): string {
    return createPublicKey(this.privateKey()).export({ type: 'spki', format: 'der' }).toString('base64');
  }

  private privateKey(): KeyObject {
    this.known ??= this.read();
    return this.known;
  }

  private read(): KeyObject {
    this.makeWhenMissing();
    const key = createPrivateKey(readFileSync(this.path));
    if (key.asymmetricKeyType !== 'ed25519')
      throw new Error(`${this.path} holds a key of type ${key.asymmetricKeyType ?? 'unknown'}. Give an Ed25519 key.`);
    return key;
  }

  /** Two processes that start together end with one key: the file is made by one of them only. */
  private makeWhenMissing(): void {
    const { privateKey } = generateKeyPairSync('ed25519');
    mkdirSync(dirname(this.path), { recursive: true });
    try {
      writeFileSync(this.path, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'EEXIST') throw error;
    }
  }
}
