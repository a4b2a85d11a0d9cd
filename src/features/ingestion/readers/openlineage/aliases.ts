import { at, isObject, listAt, storableText, textAt } from '../json.js';
import type { AliasStatement, AssetRef } from '../statement.js';
import type { FacetContext } from './facets.js';
import type { DatasetEntry } from './flows.js';

type Described = Pick<DatasetEntry, 'ref' | 'facets'>;

/**
 * Other names of a dataset: SymlinksDatasetFacet 1-0-1, and the name before a RENAME in
 * LifecycleStateChangeDatasetFacet 1-0-1.
 */
export function aliasesOf({ ref, facets }: Described, context: FacetContext): AliasStatement[] {
  const symlinks = listAt(facets['symlinks'], 'identifiers').flatMap((identifier, index) => {
    const alias = identifierOf(identifier);
    if (!alias) context.warn(`symlinks.identifiers.${index}`, 'has no namespace or no name, and is left out');
    return alias ? [{ asset: ref, alias, origin: 'SYMLINK' as const, at: context.at }] : [];
  });
  return [...symlinks, ...renameOf({ ref, facets }, context)].filter(({ alias }) => !isSame(alias, ref));
}

function renameOf({ ref, facets }: Described, context: FacetContext): AliasStatement[] {
  const change = facets['lifecycleStateChange'];
  if (textAt(change, 'lifecycleStateChange')?.toUpperCase() !== 'RENAME') return [];
  const before = identifierOf(at(change, 'previousIdentifier'));
  if (!before) context.warn('lifecycleStateChange.previousIdentifier', 'is missing in a RENAME');
  return before ? [{ asset: ref, alias: before, origin: 'RENAME', at: context.at }] : [];
}

function identifierOf(value: unknown): AssetRef | null {
  const namespace = textAt(value, 'namespace');
  const name = textAt(value, 'name');
  if (!isObject(value) || namespace === null || name === null) return null;
  return { kind: 'DATASET', namespace: storableText(namespace), name: storableText(name) };
}

function isSame(a: AssetRef, b: AssetRef): boolean {
  return a.namespace === b.namespace && a.name === b.name;
}
