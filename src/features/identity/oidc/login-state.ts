import { EncryptJWT, jwtDecrypt } from 'jose';
import { z } from 'zod';

/** What a browser keeps between leaving for the provider and coming back; nobody can read it or make it up. */
const loginState = z.object({
  state: z.string(),
  nonce: z.string(),
  codeVerifier: z.string(),
  returnTo: z.string(),
});
export type LoginState = z.infer<typeof loginState>;

/** Who takes longer begins anew. */
export const LOGIN_SECONDS = 600;
const PURPOSE = 'cadastre login';

/** `key`: 32 bytes. */
export async function sealLogin(state: LoginState, key: Uint8Array): Promise<string> {
  return new EncryptJWT(state)
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .setAudience(PURPOSE)
    .setExpirationTime(`${LOGIN_SECONDS}s`)
    .encrypt(key);
}

/** Null for what is not ours, was changed, or is too old. */
export async function openLogin(sealed: string, key: Uint8Array): Promise<LoginState | null> {
  if (sealed.length > 4096) return null;
  try {
    const { payload } = await jwtDecrypt(sealed, key, {
      audience: PURPOSE,
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
      requiredClaims: ['exp'],
    });
    return loginState.safeParse(payload).data ?? null;
  } catch {
    return null;
  }
}

/** Only into this service: an address from elsewhere would make the sign-in lead people astray. */
export function returnPath(wanted: unknown, publicUrl: string): string {
  const usual = '/explorer';
  if (typeof wanted !== 'string' || wanted.length > 1000 || !URL.canParse(wanted, publicUrl)) return usual;
  const { origin, pathname, search } = new URL(wanted, publicUrl);
  return origin === publicUrl && !pathname.startsWith('//') ? pathname + search : usual;
}
