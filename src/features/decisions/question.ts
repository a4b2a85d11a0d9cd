import { z } from 'zod';
import { Invalid } from '../../core/errors.js';

/** Other keys are left alone: newer clients may send what we do not know (AuthZEN 1.0 section 5). */
const properties = z.record(z.string(), z.unknown()).nullish();
const text = z.string().min(1).max(1000);
const context = z.record(z.string(), z.unknown()).nullish();

const entity = z.object({ type: text, id: text, properties });
const action = z.object({ name: text, properties });
export type Entity = z.infer<typeof entity>;

/** May the subject do the action to the resource? */
const question = z.object({ subject: entity, action, resource: entity, context });
export type Question = z.infer<typeof question>;

export const SEMANTICS = ['execute_all', 'deny_on_first_deny', 'permit_on_first_permit'] as const;
export type Semantic = (typeof SEMANTICS)[number];

const MOST_QUESTIONS = 1000;

const batch = z.object({
  subject: z.unknown().optional(),
  action: z.unknown().optional(),
  resource: z.unknown().optional(),
  context: z.unknown().optional(),
  evaluations: z.array(z.record(z.string(), z.unknown())).max(MOST_QUESTIONS).optional(),
  options: z.object({ evaluations_semantic: z.enum(SEMANTICS).optional() }).nullish(),
});

/** What is wrong with one question of many: the others are answered all the same. */
export interface Malformed {
  readonly problem: string;
}

export interface Batch {
  readonly questions: readonly (Question | Malformed)[];
  readonly semantic: Semantic;
}

const page = z
  .object({ token: z.string().max(10_000).optional(), limit: z.int().min(1).max(1000).optional() })
  .nullish();
const open = z.object({ type: text });

export const searchedSubject = z.object({ subject: open, action, resource: entity, context, page });
export const searchedResource = z.object({ subject: entity, action, resource: open, context, page });
export const searchedAction = z.object({ subject: entity, resource: entity, context, page });

/** @throws Invalid that names the field. */
export function questionOf(body: unknown): Question {
  return parsed(question, body);
}

/** Null when it asks one question only: then it is answered like one (section 7.1). @throws Invalid that names the field. */
export function batchOf(body: unknown): Batch | null {
  const { evaluations = [], options, ...defaults } = parsed(batch, body);
  if (evaluations.length === 0) return null;
  const questions = evaluations.map((one) => {
    const read = question.safeParse(withDefaults(one, defaults));
    return read.success ? read.data : { problem: problemOf(read.error) };
  });
  return { questions, semantic: options?.evaluations_semantic ?? 'execute_all' };
}

const IDENTIFIERS = ['type', 'id', 'name'] as const;

/** What a question says of its subject, action or resource stands for the whole of it, but for what identifies it (section 7.1.1). */
function withDefaults(
  one: Readonly<Record<string, unknown>>,
  defaults: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const merged = Object.entries(one).map(([key, said]) => {
    const general = defaults[key];
    if (key === 'context' || !isObject(said) || !isObject(general)) return [key, said] as const;
    const identifiers = IDENTIFIERS.filter((name) => Object.hasOwn(general, name)).map((name) => [name, general[name]]);
    return [key, { ...Object.fromEntries(identifiers), ...said }] as const;
  });
  return { ...defaults, ...Object.fromEntries(merged) };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @throws Invalid that names the first field that does not fit. */
export function parsed<T>(schema: z.ZodType<T>, body: unknown): T {
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new Invalid(problemOf(read.error), issue?.path.map(String));
}

function problemOf(error: z.ZodError): string {
  const [issue] = error.issues;
  const place = issue?.path.join('.') ?? '';
  return `${place || 'The body'}: ${issue?.message ?? 'does not fit'}.`;
}
