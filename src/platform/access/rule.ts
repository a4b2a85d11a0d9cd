import { z } from 'zod';
import { CHANNELS } from '../../core/actor.js';
import { pathValue, intValue, RESOURCE_KINDS, storedSubjectAttributes, textValue } from './attributes.js';
import type { Condition } from './condition.js';
import { plainAddress } from './network.js';
import { schedule } from './schedule.js';

export const BANDS = ['platform', 'domain', 'asset'] as const;
/** Who speaks: the highest band with a matching rule decides. */
export type Band = (typeof BANDS)[number];

/** From the mildest to the strictest; of several the strictest holds. */
export const MASKS = ['partial', 'hash', 'null'] as const;
export type Mask = (typeof MASKS)[number];

export const policyId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, 'must be letters, digits, ".", "_" and "-"');
const instant = z.iso.datetime({ offset: true });
export const texts = z.array(textValue).max(1000);

/** From `from` on, until just before `to`, and while the schedule is open. */
export const validity = z.strictObject({
  from: instant.optional(),
  to: instant.optional(),
  schedule: schedule.optional(),
});

/** What every rule has, whatever it is about. */
export const ruleFields = {
  id: policyId,
  title: textValue.min(1),
  why: textValue.min(1),
  effect: z.enum(['allow', 'deny']),
  band: z.enum(BANDS).default('domain'),
  /** A deny that no allow of any band overrides. */
  absolute: z.boolean().optional(),
  /** Checked by `checkCondition`, which names the place of every problem. */
  subjects: z.custom<Condition>().optional(),
  /** Under what circumstances; checked in the same way. */
  env: z.custom<Condition>().optional(),
  validity: validity.optional(),
  /** What a deny does when an attribute it asks for is missing. */
  onMissing: z.enum(['deny', 'ignore']).optional(),
  /** What an enforcement point is to do with what it lets through. Every allow that matches adds to it. */
  advice: z.strictObject({ mask: z.enum(MASKS).optional(), rowFilter: textValue.min(1).optional() }).optional(),
};

const ruleShape = z.object(ruleFields);

/** A rule once it is known what it is about. */
export interface Rule extends z.infer<typeof ruleShape> {
  readonly resources: { readonly where?: Condition | undefined };
}

/** Who asks in a test of a document. */
export const testActor = z.strictObject({
  ...storedSubjectAttributes.shape,
  id: textValue.optional(),
  handle: textValue.optional(),
  email: textValue.optional(),
  kind: z.enum(['PERSON', 'SERVICE']).optional(),
  roles: texts.optional(),
  teams: texts.optional(),
});

/** Under what circumstances a test asks; what is left out is not known. */
const testEnvironment = z.strictObject({
  ip: z
    .string()
    .max(50)
    .transform(plainAddress)
    .refine((address) => address !== null, "must be an address such as '10.1.2.3'")
    .optional(),
  purpose: textValue.optional(),
  channel: z.enum(CHANNELS).optional(),
});

/** What a test expects. */
export const expectation = {
  env: testEnvironment.optional(),
  expect: z.enum(['ALLOW', 'DENY']),
  decidedBy: policyId.optional(),
  /** When it is asked; when the tests are run if left out. */
  at: instant.optional(),
};

export const describedResource = { sensitivity: intValue.nullable(), tags: texts, terms: texts };
export const assetProperties = z
  .strictObject({
    ...describedResource,
    id: textValue,
    kind: z.enum(RESOURCE_KINDS),
    namespace: textValue,
    name: textValue,
    platform: textValue.nullable(),
    domain: pathValue.nullable(),
    lifecycle: textValue,
    owners: texts,
  })
  .partial();
