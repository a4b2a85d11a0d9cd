import { z } from 'zod';
import { fileMessage, parseMessage } from './file-message.js';
import { hashOf } from './json.js';
import { SOURCE_RANKS, type Reading, type SourceKind } from './statement.js';

const KINDS: readonly string[] = Object.keys(SOURCE_RANKS);
const isKind = (kind: string): kind is SourceKind => KINDS.includes(kind);

const message = fileMessage.extend({
  /** Key of the source: 'dbt:jaffle_shop'. */
  source: z.string().min(1),
  kind: z.string().refine(isKind),
});

/** A source has nothing any more: a sync of everything that saw nothing, after which nobody waits whether it comes back. */
export function readWithdrawal(payload: unknown): Reading {
  const { source, kind, at } = parseMessage(message, payload, 'The withdrawal');
  return {
    source: { key: source, kind },
    facts: [],
    runs: [],
    lineage: [],
    assets: [],
    sync: {
      id: hashOf(payload),
      at: new Date(at),
      scope: { include: [], exclude: [] },
      isComplete: true,
      isWithdrawal: true,
      removals: 'APPLY',
      seen: [],
    },
    warnings: [],
  };
}
