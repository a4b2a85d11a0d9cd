import { createHmac } from 'node:crypto';

/** The demo's tokens are the same at every start, so that they can be shown again; the key is the installation's own. */
export function demoSecret(key: string, handle: string): string {
  return `cad_${createHmac('sha256', key).update(handle).digest('base64url')}`;
}
