import { validate as isUuid } from 'uuid';
import { z } from 'zod';
import { Invalid } from '../../../core/errors.js';
import { textValue } from '../../../platform/access/attributes.js';
import { isHandle } from '../account.js';
import { handleFrom } from '../handle.js';

export interface ScimGroupRow {
  readonly id: string;
  readonly handle: string;
  readonly displayName: string;
  readonly externalId: string | null;
  readonly createdAt: Date;
  readonly changedAt: Date;
  readonly members: readonly { readonly value: string; readonly display: string }[];
}

/** What we keep of a Group (RFC 7643, 4.2). */
const groupRecord = z.object({
  displayName: textValue.min(1).max(200),
  externalId: textValue.min(1).max(500).optional(),
  members: z
    .array(z.object({ value: z.string().refine(isUuid, 'is no id of a user') }))
    .max(100_000)
    .default([]),
});
export type GroupRecord = z.infer<typeof groupRecord>;

export function groupView({ id, displayName, externalId, members, createdAt, changedAt }: ScimGroupRow): object {
  const meta = { resourceType: 'Group', created: createdAt, lastModified: changedAt };
  return { id, displayName, ...(externalId === null ? {} : { externalId }), members, meta };
}

/** @throws Invalid naming what cannot be kept */
export function groupOf(body: object): GroupRecord {
  const parsed = groupRecord.safeParse(JSON.parse(JSON.stringify(body)));
  if (!parsed.success)
    throw new Invalid(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
  // What has no letter that a handle may have would all be the same team.
  if (!isHandle(handleFrom(parsed.data.displayName)) || !/[A-Za-z0-9]/.test(parsed.data.displayName))
    throw new Invalid('displayName: no handle can be made of it.');
  return parsed.data;
}
