import type { SearchKind } from './search-fields.js';

/** What orders documents of one tier. All of it is known when a document is built: no clock changes an order. */
export interface ScoreFacts {
  readonly kind: SearchKind;
  /** Of the name without its qualifiers. */
  readonly nameWordCount: number;
  /** ACTIVE, DEPRECATED or RETIRED. */
  readonly lifecycle: string;
  readonly isRemoved: boolean;
  /** Runs that read or wrote it, queries and views, of late. */
  readonly usage: number;
  /** 0 BRONZE to 2 GOLD, -1 for none. */
  readonly certification: number;
  readonly isOwned: boolean;
  readonly isDescribed: boolean;
  readonly updatedAt: Date;
}

export const SCORE_PARTS = [
  'LIFECYCLE',
  'USAGE',
  'CERTIFICATION',
  'OWNERSHIP',
  'DESCRIPTION',
  'KIND',
  'BREVITY',
  'FRESHNESS',
] as const;

export interface ScorePart {
  readonly name: (typeof SCORE_PARTS)[number];
  readonly points: number;
}

/** More than all other parts together: deprecated comes last in its tier, retired and removed after it. */
const LIFECYCLE_POINTS = 1000;
const MOST_USAGE_POINTS = 300;
const KIND_POINTS: Readonly<Record<SearchKind, number>> = {
  DATASET: 20,
  DATA_PRODUCT: 18,
  DASHBOARD: 16,
  TERM: 14,
  DOMAIN: 10,
  PERSON: 8,
  JOB: 4,
  COLUMN: 0,
};
const EPOCH = Date.UTC(2020, 0, 1);
const MONTH_MS = 30 * 24 * 60 * 60 * 1000;

/**
 * Points, the higher the better. Usage by its logarithm (ten times as much used is 40 points), GOLD 60, an owner 20, a
 * description 20, a short name up to 32, one point a month of freshness since 2020: absolute, so that nothing has to be reindexed as time passes.
 */
export function scoreParts(facts: ScoreFacts): ScorePart[] {
  return [
    { name: 'LIFECYCLE', points: -LIFECYCLE_POINTS * ageing(facts) },
    { name: 'USAGE', points: Math.min(MOST_USAGE_POINTS, Math.round(40 * Math.log10(1 + Math.max(0, facts.usage)))) },
    { name: 'CERTIFICATION', points: 20 * (facts.certification + 1) },
    { name: 'OWNERSHIP', points: facts.isOwned ? 20 : 0 },
    { name: 'DESCRIPTION', points: facts.isDescribed ? 20 : 0 },
    { name: 'KIND', points: KIND_POINTS[facts.kind] },
    { name: 'BREVITY', points: Math.max(0, 40 - 8 * facts.nameWordCount) },
    { name: 'FRESHNESS', points: freshness(facts.updatedAt) },
  ];
}

export function scoreOf(parts: readonly ScorePart[]): number {
  return parts.reduce((sum, { points }) => sum + points, 0);
}

function ageing({ lifecycle, isRemoved }: ScoreFacts): number {
  if (isRemoved) return 3;
  if (lifecycle === 'RETIRED') return 2;
  return lifecycle === 'DEPRECATED' ? 1 : 0;
}

function freshness(updatedAt: Date): number {
  return Math.max(0, Math.min(200, Math.floor((updatedAt.getTime() - EPOCH) / MONTH_MS)));
}
