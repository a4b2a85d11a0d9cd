/** Why things of DataHub have no place here. Whatever is not named has a general reason. */

const ENTITIES: Readonly<Record<string, string>> = {
  assertion: 'checks are shown on their tables as `assertionsSummary` says; their definitions are not kept',
  container: 'a container is shown as the path of what is in it, and has no words of its own',
  corpGroup: 'teams are not made by ingestion; the group is a handle on what it owns',
  corpuser: 'accounts are not made by ingestion; the person is a handle on what they own',
  dataProcessInstance: 'runs are not carried over; new ones come from OpenLineage',
  document: 'only documents about assets have a place: on those',
  query: 'saved queries have no place of their own',
  schemaField: 'columns have descriptions, tags and terms here',
  structuredProperty: 'a property is a name with values here, without a definition',
  tag: 'a tag is a word here, without a description, colour or owner',
};

const ASPECTS: Readonly<Record<string, string>> = {
  assetSettings: "layout of DataHub's own pages",
  browsePaths: 'the older form of browsePathsV2',
  documentSettings: "layout of DataHub's own pages",
  entityInferenceMetadata: "bookkeeping of DataHub's own inference",
  forms: 'there are no forms to fill in',
  lineageFeatures: 'counts that DataHub derived from lineage',
  proposals: 'suggestions that nobody accepted',
  schemaProposals: 'suggestions that nobody accepted',
};

export function reasonFor(entityType: string, aspect: string): string {
  if (Object.hasOwn(ASPECTS, aspect)) return ASPECTS[aspect] ?? '';
  if (Object.hasOwn(ENTITIES, entityType)) return ENTITIES[entityType] ?? '';
  return ASSET_TYPES.has(entityType) ? 'the aspect has no counterpart here' : 'there is no kind of asset for it here';
}

export const ASSET_TYPES: ReadonlySet<string> = new Set([
  'chart',
  'dashboard',
  'dataFlow',
  'dataJob',
  'dataProduct',
  'dataset',
  'domain',
  'glossaryNode',
  'glossaryTerm',
]);

/** Of entities that are no assets here: the fields that live on, as names on assets. */
export const NAMING_FIELDS: ReadonlyMap<string, readonly string[]> = new Map([
  ['tag.tagProperties', ['name']],
  ['container.containerProperties', ['name']],
  ['container.container', ['container']],
  ['corpGroup.corpGroupInfo', ['displayName']],
  ['corpuser.corpUserInfo', ['email', 'displayName']],
  ['ownershipType.ownershipTypeInfo', ['name']],
  ['structuredProperty.propertyDefinition', ['displayName', 'qualifiedName']],
]);
