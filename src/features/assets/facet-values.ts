import { listAt, textAt } from '../../core/json.js';

/** OwnershipDatasetFacet and OwnershipJobFacet 1-0-1: names as the producer spells them, with their types. */
export function ownershipIn(facet: unknown): object[] {
  return listAt(facet, 'owners').flatMap((owner) => {
    const name = textAt(owner, 'name');
    return name === null ? [] : [{ name, type: textAt(owner, 'type') }];
  });
}

/** TagsDatasetFacet, TagsJobFacet and TagsRunFacet 1-0-0. */
export function sourceTagsIn(facet: unknown): object[] {
  return listAt(facet, 'tags').flatMap((tag) => {
    const key = textAt(tag, 'key');
    if (key === null) return [];
    return [{ key, value: textAt(tag, 'value') ?? '', source: textAt(tag, 'source'), column: textAt(tag, 'field') }];
  });
}
