import { parseRef, SENSITIVITIES } from '../../../assets/index.js';
import { uniqueSorted } from '../json.js';
import type { AssetKind, AssetRef } from '../statement.js';

/** What is wrong with a cell. */
export interface CellProblem {
  /** As the header calls the column; null when no column is to blame. */
  readonly column: string | null;
  readonly value: string | null;
  readonly reason: string;
  readonly fix: string;
}

/** A value, or why the text is none. */
export type CellValue<Value> = { readonly value: Value } | { readonly reason: string; readonly fix: string };

const KINDS: ReadonlyMap<string, AssetKind> = new Map([
  ...(['dataset', 'table', 'view', 'topic', 'file', 'collection', 'stream'] as const).map(
    (word) => [word, 'DATASET'] as const,
  ),
  ...(['job', 'task', 'pipeline', 'flow', 'model'] as const).map((word) => [word, 'JOB'] as const),
  ...(['dashboard', 'report', 'chart'] as const).map((word) => [word, 'DASHBOARD'] as const),
  ['term', 'TERM'],
  ['glossary term', 'TERM'],
  ['domain', 'DOMAIN'],
  ['data product', 'DATA_PRODUCT'],
]);

const TERM_KINDS = ['CONCEPT', 'METRIC', 'ACRONYM', 'DATA_ELEMENT'] as const;
const LIFECYCLES = ['ACTIVE', 'DEPRECATED', 'RETIRED'] as const;
const STATUSES: ReadonlyMap<string, string> = new Map([
  ['approved', 'ACTIVE'],
  ['published', 'ACTIVE'],
  ['obsolete', 'DEPRECATED'],
  ['archived', 'RETIRED'],
]);

export function kindCell(text: string): CellValue<AssetKind> {
  const kind = KINDS.get(text.toLowerCase().replaceAll(/[_-]/g, ' '));
  return kind
    ? { value: kind }
    : { reason: 'is no kind of asset', fix: 'Give dataset, job, dashboard, term, domain or data product.' };
}

/** As the glossary calls kinds of terms. */
export function termKindCell(text: string): CellValue<string | null> {
  const word = text.toUpperCase().replaceAll(/[\s-]+/g, '_');
  if (word === '') return { value: null };
  return TERM_KINDS.some((one) => one === word)
    ? { value: word }
    : { reason: 'is no kind of term', fix: `Give ${TERM_KINDS.join(', ')} or leave it empty.` };
}

/** A word of the scale or its level, 0 to 3. */
export function sensitivityCell(text: string): CellValue<number | null> {
  if (text === '') return { value: null };
  const level = /^[0-3]$/.test(text) ? Number(text) : SENSITIVITIES.findIndex((word) => word === text.toUpperCase());
  return level >= 0
    ? { value: level }
    : { reason: 'is no sensitivity', fix: `Give ${SENSITIVITIES.join(', ')} or leave it empty.` };
}

export function lifecycleCell(text: string): CellValue<string | null> {
  if (text === '') return { value: null };
  const word = STATUSES.get(text.toLowerCase()) ?? text.toUpperCase();
  return LIFECYCLES.some((one) => one === word)
    ? { value: word }
    : { reason: 'is no lifecycle', fix: `Give ${LIFECYCLES.join(', ')} or leave it empty.` };
}

export function domainCell(text: string): CellValue<string | null> {
  if (text === '') return { value: null };
  if (/^[a-z0-9-]+(\/[a-z0-9-]+)*$/.test(text)) return { value: text };
  const path = domainPath(text);
  return {
    reason: 'is no domain path',
    fix: `Use lower case words and slashes: '${path ?? 'commerce/orders'}'.`,
  };
}

/** The domain path that a title comes closest to: 'Sales & Orders' → 'sales-orders'. Null when nothing of it remains. */
export function domainPath(text: string): string | null {
  const parts = text.split('/').map((part) =>
    part
      .normalize('NFKD')
      .toLowerCase()
      .replaceAll(/\p{M}/gu, '')
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, ''),
  );
  const path = parts.filter((part) => part !== '').join('/');
  return path === '' ? null : path;
}

/** Names that may hold commas: one a line, or between semicolons or bars. */
export function namesCell(text: string): string[] {
  return uniqueSorted(
    text
      .split(/[;|\n]/)
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  );
}

/** Labels and handles hold no comma, so that a comma parts them too. */
export function labelsCell(text: string): string[] {
  return namesCell(text.replaceAll(',', ';'));
}

/** '@ann', 'mailto:ann@example.org' and 'ann' are how people write handles. */
export function ownersCell(text: string): string[] {
  return uniqueSorted(
    labelsCell(text)
      .map((owner) => owner.replace(/^(@|mailto:)/i, '').trim())
      .filter((owner) => owner !== ''),
  );
}

export function refCell(text: string): AssetRef | null {
  return parseRef(text);
}
