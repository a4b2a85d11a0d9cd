import { z } from 'zod';
import { Invalid } from '../../../core/errors.js';
import { textValue } from '../../../platform/access/attributes.js';
import type { AccountRow } from '../account.js';
import { ENTERPRISE } from './scim-resources.js';

const text = textValue.max(500);

/** What we keep of a User (RFC 7643, 4.1 and 4.3). */
const userRecord = z.object({
  userName: text.min(1),
  externalId: text.min(1).optional(),
  displayName: text.optional(),
  name: z.object({ formatted: text, familyName: text, givenName: text, middleName: text }).partial().optional(),
  emails: z
    .array(z.object({ value: text, type: text.optional(), primary: z.boolean().optional() }))
    .max(20)
    .optional(),
  [ENTERPRISE]: z.object({ department: text.optional() }).optional(),
});
export type UserRecord = z.infer<typeof userRecord>;

export interface ScimUserRow {
  readonly id: string;
  readonly handle: string;
  readonly record: unknown;
  readonly isActive: boolean;
  readonly createdAt: Date;
  readonly changedAt: Date;
  /** Groups that the provider made too. */
  readonly groups: readonly { readonly value: string; readonly display: string }[];
}

export interface ScimUser {
  readonly record: UserRecord;
  readonly isActive: boolean;
}

/** @throws Invalid naming what cannot be kept */
export function userOf(body: object): ScimUser {
  const json: unknown = JSON.parse(JSON.stringify(body));
  const parsed = userRecord.safeParse(json);
  if (!parsed.success)
    throw new Invalid(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
  const active = z.object({ active: z.boolean().optional() }).parse(json).active ?? true;
  return { record: parsed.data, isActive: active };
}

export function userView({ id, record, isActive, createdAt, changedAt, groups }: ScimUserRow): object {
  const meta = { resourceType: 'User', created: createdAt, lastModified: changedAt };
  return { ...userRecord.parse(record), id, active: isActive, groups, meta };
}

/** The account that a record means. What SCIM does not know about an account stays. */
export function accountChange(
  { record }: ScimUser,
  before: Pick<AccountRow, 'attributes' | 'externalIds'>,
  externalIdBefore: string | undefined,
) {
  const { department: _, ...attributes } = before.attributes;
  const { department } = record[ENTERPRISE] ?? {};
  const others = before.externalIds.filter((id) => id !== externalIdBefore);
  return {
    name: nameOf(record).slice(0, 200),
    email: (record.emails?.find(({ primary }) => primary) ?? record.emails?.[0])?.value ?? null,
    externalIds: record.externalId === undefined ? others : [...others, record.externalId],
    attributes: department === undefined ? attributes : { ...attributes, department },
  };
}

function nameOf({ displayName, name, userName }: UserRecord): string {
  const whole = [name?.givenName, name?.familyName].filter(Boolean).join(' ');
  return [displayName, name?.formatted, whole].find((known) => known !== undefined && known.trim() !== '') ?? userName;
}
