import { GraphQLSchemaHost } from '@nestjs/graphql';
import {
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isLeafType,
  isObjectType,
  isSpecifiedScalarType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.js';
import { hasResolver } from '../support/strict-fields.js';

/**
 * Objects that a resolver hands out whole, with these fields as properties: nothing has to be fetched for them.
 * A field that is neither here nor has a resolver would silently be null.
 */
const PROPERTIES = new Set([
  'nodes',
  'pageInfo',
  'edges',
  'asset',
  'alias',
  'column',
  'userErrors',
  'job',
  'root',
  'rule',
  'decidedBy',
  'matched',
  'nearestMisses',
  'account',
  'token',
  'policySet',
  'followers',
  'sync',
  'request',
  'warnings',
  'JobDependency.run',
  'RunReference.run',
  'RunDataset.facets',
  'ExtractionErrors.errors',
  'DatasetStatistics.columns',
  'ColumnStatistics.quantiles',
  'PastExplanation.asOf',
  'WhoCanAsOfConnection.asOf',
  'SavedSearch.filter',
  'SavedSearchPayload.savedSearch',
  'SimilarDataset.dataset',
  'SearchConnection.facets',
  'SearchConnection.notices',
  'SearchFacet.values',
  'SearchHit.matches',
  'SearchHit.score',
  'SearchIndexState.rebuild',
  'SearchMatch.highlights',
  'SearchSynonymPayload.synonym',
  'Source.password',
  'SourcePayload.source',
  'SourceTestPayload.result',
  'SourceRunPayload.run',
  'SourceRunPayload.foreseen',
  'DryRunReport.summary',
  'DryRunReport.changes',
  'DryRunReport.edgesAdded',
  'DryRunReport.edgesRemoved',
  'DryRunReport.held',
  'DryRunChange.fields',
  'Physical.uniqueKeys',
  'Physical.foreignKeys',
  'Physical.indexes',
  'ForeignKey.dataset',
  'AuditCheckpointPayload.checkpoint',
  'Explanation.howToGet',
  'PolicyReport.findings',
  'PolicyMutationScore.survivors',
  'PolicyImpact.examples',
  'LineagePaths.paths',
  'PropagatedWords.words',
  'PropagatedWord.via',
  'ManualEdge.from',
  'ManualEdge.to',
  'LineageEdgePayload.edge',
  'LineageDiff.added',
  'LineageDiff.removed',
  'LineagePart.assets',
  'LineageDiff.changed',
  'AssetState.columns',
  'Pipeline.steps',
  'Pipeline.criticalPath',
  'Pipeline.slowestStep',
  'PipelineStep.run',
  'Impact.byKind',
  'Impact.byDomain',
  'Impact.byOwner',
]);

let test: TestApp;
let schema: GraphQLSchema;
beforeAll(async () => {
  test = await startTestApp();
  schema = test.app.get(GraphQLSchemaHost, { strict: false }).schema;
});
afterAll(() => test.close());

function ownTypes(): GraphQLNamedType[] {
  return Object.values(schema.getTypeMap()).filter(
    (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
  );
}

function needsResolver(parent: GraphQLNamedType, field: GraphQLField<unknown, unknown>): boolean {
  const isRoot = parent === schema.getQueryType() || parent === schema.getMutationType();
  const isMade =
    !isLeafType(getNamedType(field.type)) &&
    !PROPERTIES.has(field.name) &&
    !PROPERTIES.has(`${parent.name}.${field.name}`);
  return isRoot || field.args.length > 0 || isMade;
}

describe('the schema', () => {
  it('has a resolver for every field that cannot be a property', () => {
    const missing = ownTypes()
      .filter(isObjectType)
      .flatMap((type) =>
        Object.values(type.getFields())
          .filter((field) => needsResolver(type, field) && !hasResolver(field))
          .map((field) => `${type.name}.${field.name}`),
      );
    expect(missing).toEqual([]);
  });

  it('can tell the type of every interface and union', () => {
    const missing = ownTypes().filter((type) => isAbstractType(type) && !type.resolveType);
    expect(missing.map((type) => type.name)).toEqual([]);
  });

  it('describes everything', () => {
    const undescribed = ownTypes().flatMap((type) => [
      ...(type.description ? [] : [type.name]),
      ...membersOf(type)
        .filter(({ description }) => !description)
        .map(({ name }) => `${type.name}.${name}`),
    ]);
    expect(undescribed).toEqual([]);
  });
});

function membersOf(type: GraphQLNamedType): readonly { name: string; description?: string | null | undefined }[] {
  if (isEnumType(type)) return type.getValues();
  if (isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)) return Object.values(type.getFields());
  return [];
}
