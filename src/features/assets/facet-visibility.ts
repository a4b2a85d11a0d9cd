import { isObject, listAt, objectAt, textAt, type JsonObject } from '../../core/json.js';

/**
 * Facets are kept as producers sent them and may name any column, dataset or job. This is the one place that says what of
 * them is shown to somebody who does not see everything: facets listed here as harmless, the parts about visible columns
 * of those that speak by column, and nothing of all others, unknown ones included.
 */

export interface ColumnView {
  readonly visible: ReadonlySet<string>;
  readonly seesAll: boolean;
}

const HARMLESS_OF_DATASETS = new Set([
  'documentation',
  'ownership',
  'dataSource',
  'catalog',
  'storage',
  'version',
  'datasetType',
  'hierarchy',
  'symlinks',
  'lifecycleStateChange',
  'inputStatistics',
  'outputStatistics',
]);
const HARMLESS_OF_JOBS = new Set(['jobType', 'documentation', 'ownership', 'tags', 'sourceCodeLocation']);
const HARMLESS_OF_RUNS = new Set(['nominalTime', 'externalQuery', 'processing_engine', 'tags']);

/** One facet of a dataset; undefined when nothing of it may be shown. */
export function visibleDatasetFacet(name: string, facet: unknown, columns: ColumnView): unknown {
  if (columns.seesAll || HARMLESS_OF_DATASETS.has(name)) return facet;
  return isObject(facet) ? BY_COLUMN.get(name)?.(facet, columns.visible) : undefined;
}

/** `seesData`: everything that the job reads and writes is visible, columns included. */
export function isJobFacetVisible(name: string, view: { readonly seesData: boolean }): boolean {
  return view.seesData || HARMLESS_OF_JOBS.has(name);
}

/** `seesJobs`: every job that the facet names is visible. */
export function isRunFacetVisible(
  name: string,
  view: { readonly seesData: boolean; readonly seesJobs: boolean },
): boolean {
  if (name === 'parent' || name === 'jobDependencies') return view.seesJobs;
  return view.seesData || HARMLESS_OF_RUNS.has(name);
}

type ByColumn = (facet: JsonObject, visible: ReadonlySet<string>) => JsonObject;

const BY_COLUMN: ReadonlyMap<string, ByColumn> = new Map<string, ByColumn>([
  [
    'dataQualityMetrics',
    (facet, visible) => ({
      ...facet,
      columnMetrics: Object.fromEntries(
        Object.entries(objectAt(facet, 'columnMetrics')).filter(([column]) => visible.has(column)),
      ),
    }),
  ],
  [
    'dataQualityAssertions',
    (facet, visible) => ({
      ...facet,
      assertions: aboutVisible(facet, ['assertions', 'column'], visible).map(outcomeOf),
    }),
  ],
  ['tags', (facet, visible) => ({ ...facet, tags: aboutVisible(facet, ['tags', 'field'], visible, '') })],
]);

/** The members of a list that are about a visible column; `otherwise` stands for those that name none. */
function aboutVisible(
  facet: JsonObject,
  [list, key]: readonly [string, string],
  visible: ReadonlySet<string>,
  otherwise: string | null = null,
): unknown[] {
  return listAt(facet, list).filter((member) => {
    const column = textAt(member, key) ?? otherwise;
    return column !== null && (column === '' || visible.has(column));
  });
}

/** An assertion's own words (its query, what it expected) may speak of other columns. */
function outcomeOf(assertion: unknown): JsonObject {
  const { assertion: kind, column, success, severity } = objectAt({ assertion }, 'assertion');
  return { assertion: kind, column, success, severity };
}
