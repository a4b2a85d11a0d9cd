import { z } from 'zod';
import type { Terminal } from './terminal.js';
import { waitForProjection } from './wait-for-projection.js';

/** What an ingest is answered with, when its message lists what its source has. */
export const answeredSync = z.object({ source: z.string(), id: z.string() }).nullish();
export type AnsweredSync = z.infer<typeof answeredSync>;

const stateAnswer = z.object({ state: z.string(), knownCount: z.number(), goneCount: z.number() });

/** As `waitForProjection`; then says which of the syncs wait for a person. */
export async function waitForSyncs(terminal: Terminal, syncs: readonly AnsweredSync[]): Promise<boolean> {
  const isProjected = await waitForProjection(terminal);
  if (isProjected) await noteHeld(terminal, syncs);
  return isProjected;
}

async function noteHeld(terminal: Terminal, syncs: readonly AnsweredSync[]): Promise<void> {
  for (const sync of syncs) {
    if (!sync) continue;
    const query = new URLSearchParams({ source: sync.source, sync: sync.id });
    const answer = await terminal.client.json({ path: `/api/v1/ingest/syncs?${query}` });
    const { state, knownCount, goneCount } = stateAnswer.parse(answer);
    if (state !== 'HELD') continue;
    terminal.note(
      `HELD: ${goneCount} of ${knownCount} assets of ${sync.source} are no longer listed. Nothing of them goes until ` +
        `\`cadastre release ${sync.source} ${sync.id} --reason …\`, or an ingest with --apply-removals.`,
    );
  }
}
