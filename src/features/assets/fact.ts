import type { Fact } from './assemble.js';
import type { Standing } from './presence.js';

/** One source's word, ready to be stored. `value` null withdraws it. */
export interface FactInput {
  readonly assetId: string;
  readonly columnPath: string;
  readonly attribute: string;
  readonly sourceKey: string;
  readonly value: unknown;
  readonly assertedAt: Date;
  readonly assertedBy: string | null;
}

/**
 * Kinds of source that describe what others have. That one no longer describes an asset takes its words back at once, and
 * says nothing of whether the asset is there as long as others speak of it.
 */
export const DESCRIBERS = ['FILE', 'CONTRACT', 'CATALOG'];

/** Facets and physical facts are kept for reading and never assembled: of them only the newest is kept. */
export function hasHistory(attribute: string): boolean {
  return !attribute.startsWith('facet:') && !attribute.startsWith('physical:');
}

/** With the id of what stands for the name that it was said of. */
export interface StoredFact extends Fact {
  readonly assetId: string;
}

/** What an asset is assembled from. */
export interface AssetWords {
  /** Of the view as it is published; hex. */
  readonly hash: string | null;
  readonly facts: Fact[];
  readonly standings: Standing[];
}
