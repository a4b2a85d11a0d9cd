import { storableText, uniqueSorted } from '../json.js';
import type { OdcsContract } from './odcs-contract.js';

/** Those whose role is to own or steward; when nobody's is, the team; when it has no name, everybody in it now. */
export function ownersOf({ team }: OdcsContract, now: Date): string[] {
  const { name = null, members } = Array.isArray(team)
    ? { members: team }
    : { name: team?.name, members: team?.members };
  const present = (members ?? []).filter(({ dateOut }) => !dateOut || !(new Date(dateOut) <= now));
  const handle = ({ username, name: called }: (typeof present)[number]): string[] => {
    const text = (username || called || '').trim();
    return text === '' ? [] : [storableText(text)];
  };
  const owning = present.filter(({ role }) => /owner|steward/i.test(role ?? '')).flatMap(handle);
  if (owning.length > 0) return uniqueSorted(owning);
  return name ? [storableText(name)] : uniqueSorted(present.flatMap(handle));
}
