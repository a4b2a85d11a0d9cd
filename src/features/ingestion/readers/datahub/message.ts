import { z } from 'zod';
import { fileMessage, parseMessage } from '../file-message.js';
import { storableText } from '../json.js';
import type { AssetRef, SyncStatement } from '../statement.js';

const proposals = z.array(z.unknown(), { error: 'is no list of metadata change proposals' });

const dataHubMessage = fileMessage.extend({
  name: z.string({ error: 'is no text' }).regex(/^\S(.{0,98}\S)?$/, 'is no name of 1 to 100 characters for a DataHub'),
  proposals,
  /** Left out: the message stands alone. */
  context: proposals.optional(),
  namespaces: z
    .record(z.string(), z.string().min(1), {
      error: 'gives no namespace for a platform: {"snowflake": "snowflake://acc"}',
    })
    .default({}),
  sync: z
    .object({
      id: z.string().min(1).optional(),
      at: z.iso.datetime({ offset: true }).optional(),
      isComplete: z.boolean().default(false),
      /** How many messages the sync has. */
      parts: z.int().positive().optional(),
    })
    .default({ isComplete: false }),
});

/** A message of an export, its frame checked. */
export type DataHubMessage = z.infer<typeof dataHubMessage>;

/** @throws Invalid naming the field. */
export function dataHubMessageOf(payload: unknown): DataHubMessage {
  const message = parseMessage(dataHubMessage, payload, 'The export of DataHub');
  return { ...message, name: storableText(message.name) };
}

/** Without `sync` the message is a part that nothing follows: it takes nothing away. */
export function syncOf({ sync, at, removals }: DataHubMessage, seen: readonly AssetRef[]): SyncStatement {
  const { id = at, isComplete, parts } = sync;
  return {
    id: storableText(id),
    at: new Date(sync.at ?? at),
    scope: { include: [], exclude: [] },
    isComplete,
    ...(parts !== undefined && { parts }),
    removals,
    seen,
  };
}
