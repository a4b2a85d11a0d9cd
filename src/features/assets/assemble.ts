import { z } from 'zod';
import { canonicalHash } from '../../platform/canonical-json.js';
import type { Presence, ValueOrigin } from './asset.js';
import { byPrecedence, perColumn, withRegister, type RegisteredFact } from './precedence.js';
import { isGone, presenceOf, type Standing } from './presence.js';
import { columnOrder, groupBy, listedFields, spellingOf, wordedFields, type SaidField } from './said-columns.js';

/** One row of `fact` with the rank of its source (lower wins). */
export interface Fact {
  readonly columnPath: string;
  readonly attribute: string;
  readonly sourceKey: string;
  readonly rank: number;
  readonly value: unknown;
  readonly assertedAt: Date;
  readonly assertedBy: string | null;
  /** The source that said it no longer has the asset. */
  readonly isFromRemoved?: boolean;
}

export interface AssembledWords {
  readonly description: string | null;
  readonly sensitivity: number | null;
  readonly tags: readonly string[];
  readonly terms: readonly string[];
  readonly provenance: Readonly<Record<string, readonly ValueOrigin[]>>;
}

export interface AssembledColumn extends AssembledWords {
  readonly path: string;
  readonly ordinal: number;
  readonly dataType: string | null;
}

export interface AssembledAsset extends AssembledWords {
  readonly displayName: string | null;
  readonly platform: string | null;
  readonly subtype: string | null;
  readonly domain: string | null;
  readonly lifecycle: string;
  readonly lifecycleNote: string | null;
  /** Reference of the asset to use instead. */
  readonly successor: string | null;
  /** Index into CERTIFICATIONS. */
  readonly certificationLevel: number | null;
  readonly certifiedUntil: string | null;
  readonly certificationNote: string | null;
  readonly owners: readonly string[];
  readonly synonyms: readonly string[];
  readonly dataProducts: readonly string[];
  readonly isPlaceholder: boolean;
  readonly presence: Presence;
  readonly presenceSince: Date | null;
  readonly columns: readonly AssembledColumn[];
}

/** A certification by a person: how far, until when (RFC 3339), and why. */
export const certificationValue = z.object({
  level: z.number().int().min(0).max(2),
  expiresAt: z.string().nullable(),
  note: z.string().nullable(),
});
const listValue = z.array(z.string());
/** People add to what machines say and strike out of it; a struck-out value stays out whatever is ingested later. */
export const peopleListValue = z.object({ add: z.array(z.string()), remove: z.array(z.string()) });
export type PeopleList = z.infer<typeof peopleListValue>;

/**
 * The published view, from the facts alone: people before machines, then by the declared rank of the source, then the
 * newest word. The same facts give the same view in whatever order they came. A source that no longer has the asset is not
 * heard, unless none has it: then it is shown as it was.
 */
export function assemble(facts: readonly Fact[], standings: readonly Standing[] = []): AssembledAsset {
  const others = facts.some(
    (fact) => fact.value !== null && fact.isFromRemoved !== true && fact.sourceKey !== 'people',
  );
  const heard = standings.filter(({ state, isDescription }) => !(others && isDescription && isGone(state)));
  const { presence, since } = presenceOf(heard);
  const ordered = facts
    .filter((fact) => fact.value !== null && (presence === 'REMOVED' || !others || fact.isFromRemoved !== true))
    .map(withRegister)
    .flatMap(perColumn)
    .sort(byPrecedence);
  const own = ordered.filter((fact) => fact.columnPath === '');
  const words = assembleWords(own);
  const provenance = { ...words.provenance };
  const text = (attribute: string): string | null => firstText(own, attribute, provenance);
  return {
    ...words,
    displayName: text('displayName'),
    platform: text('platform'),
    subtype: text('subtype'),
    domain: text('domain'),
    lifecycle: text('lifecycle') ?? 'ACTIVE',
    lifecycleNote: text('lifecycleNote'),
    successor: text('successor'),
    ...certificationOf(own, provenance),
    owners: firstList(own, 'owners', provenance),
    synonyms: union(own, 'synonyms', provenance),
    dataProducts: union(own, 'dataProducts', provenance),
    provenance,
    isPlaceholder: own.length === 0,
    presence,
    presenceSince: since,
    columns: assembleColumns(ordered),
  };
}

/** Equal views have equal hashes: an unchanged asset is not written again and nobody is told. */
export function contentHash(asset: AssembledAsset): Buffer {
  // Provenance times move with every repeat of the same word; who says what is part of the view, when is not.
  const withoutTimes = JSON.parse(
    JSON.stringify(asset, (key, value: unknown) => (key === 'at' ? undefined : value)),
  ) as unknown;
  return canonicalHash(withoutTimes);
}

function assembleWords(facts: readonly Fact[]): AssembledWords {
  const provenance: Record<string, ValueOrigin[]> = {};
  return {
    description: firstText(facts, 'description', provenance),
    sensitivity: firstNumber(facts, 'sensitivity', provenance),
    tags: union(facts, 'tags', provenance),
    terms: union(facts, 'terms', provenance),
    provenance,
  };
}

/** Columns are those that schemas list, in their order; then those that somebody only has words for. */
function assembleColumns(ordered: readonly RegisteredFact[]): AssembledColumn[] {
  const lists = ordered.map(listedFields);
  const listed = lists.flat();
  const worded = ordered.flatMap(wordedFields);
  const spelled = spellingOf([...listed, ...worded]);
  const labels = groupBy(
    ordered.filter(({ columnPath }) => columnPath !== ''),
    ({ columnPath }) => spelled(columnPath),
  );
  const fields = groupBy([...listed, ...worded], ({ path }) => spelled(path));
  const order = columnOrder(lists.map((list) => list.map(({ path }) => spelled(path))));
  const paths = new Set([...order, ...worded.map(({ path }) => spelled(path))]);
  return [...paths].map((path, index) => {
    const said = fields.get(path) ?? [];
    const described = said
      .toSorted((a, b) => byPrecedence(a.fact, b.fact))
      .find(({ description }) => Boolean(description));
    const dataType = said.find(({ type }) => type !== null)?.type ?? null;
    return assembleColumn({ path, ordinal: index + 1, dataType }, described, labels.get(path) ?? []);
  });
}

function assembleColumn(
  column: { path: string; ordinal: number; dataType: string | null },
  described: SaidField | undefined,
  labels: readonly Fact[],
): AssembledColumn {
  const words = assembleWords(labels);
  if (words.description !== null || !described) return { ...words, ...column };
  const provenance = { ...words.provenance, description: [originOf(described.fact)] };
  return { ...words, ...column, provenance, description: described.description };
}

function firstText(
  facts: readonly Fact[],
  attribute: string,
  provenance: Record<string, readonly ValueOrigin[]>,
): string | null {
  const fact = facts.find((f) => f.attribute === attribute && typeof f.value === 'string' && f.value.trim() !== '');
  if (!fact) return null;
  provenance[attribute] = [originOf(fact)];
  return String(fact.value);
}

function certificationOf(
  facts: readonly Fact[],
  provenance: Record<string, readonly ValueOrigin[]>,
): Pick<AssembledAsset, 'certificationLevel' | 'certifiedUntil' | 'certificationNote'> {
  const fact = facts.find((f) => f.attribute === 'certification' && certificationValue.safeParse(f.value).success);
  if (!fact) return { certificationLevel: null, certifiedUntil: null, certificationNote: null };
  provenance['certification'] = [originOf(fact)];
  const { level, expiresAt, note } = certificationValue.parse(fact.value);
  return { certificationLevel: level, certifiedUntil: expiresAt, certificationNote: note };
}

function firstNumber(
  facts: readonly Fact[],
  attribute: string,
  provenance: Record<string, readonly ValueOrigin[]>,
): number | null {
  const fact = facts.find((f) => f.attribute === attribute && typeof f.value === 'number');
  if (!fact) return null;
  provenance[attribute] = [originOf(fact)];
  return Number(fact.value);
}

function firstList(
  facts: readonly Fact[],
  attribute: string,
  provenance: Record<string, readonly ValueOrigin[]>,
): string[] {
  const fact = facts.find((f) => f.attribute === attribute && (listValue.safeParse(f.value).data?.length ?? 0) > 0);
  if (!fact) return [];
  provenance[attribute] = [originOf(fact)];
  return [...new Set(listValue.parse(fact.value))].sort();
}

/** Every source owns its values: an empty list takes back that source's own, never another's. */
function union(
  facts: readonly Fact[],
  attribute: string,
  provenance: Record<string, readonly ValueOrigin[]>,
): string[] {
  const own = facts.filter((fact) => fact.attribute === attribute);
  const struck = new Set(own.flatMap((fact) => peopleListValue.safeParse(fact.value).data?.remove ?? []));
  const values = new Set<string>();
  const origins: ValueOrigin[] = [];
  for (const fact of own) {
    const said = peopleListValue.safeParse(fact.value).data?.add ?? listValue.safeParse(fact.value).data ?? [];
    const kept = said.filter((value) => !struck.has(value));
    if (kept.length > 0) origins.push(originOf(fact));
    kept.forEach((value) => values.add(value));
  }
  if (origins.length > 0) provenance[attribute] = origins;
  return [...values].sort();
}

function originOf(fact: Fact): ValueOrigin {
  return { source: fact.sourceKey, at: fact.assertedAt.toISOString(), by: fact.assertedBy };
}
