import { createHash } from 'node:crypto';

/** A handle from how somebody is called elsewhere. Letters that look like others are dropped, not folded into those. */
export function handleFrom(spoken: string): string {
  const [local = ''] = spoken.split('@');
  const handle = local
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase())
    .replace(/[^a-z0-9.-]+/g, '-')
    .replace(/^[.-]+/, '')
    .slice(0, 63);
  return handle || 'user';
}

/** Where somebody else has the handle already; the same for the same `who`. */
export function handleWithMark(handle: string, who: string): string {
  return `${handle.slice(0, 50)}-${createHash('sha256').update(who).digest('hex').slice(0, 8)}`;
}
