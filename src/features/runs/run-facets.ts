import { at, listAt, numberAt, objectAt, textAt, timeAt } from '../../core/json.js';
import type { AssetKey } from '../assets/index.js';

/** What the facets of a run say, in our words. Types as in OpenLineage spec 2-0-2; what is no such type is left out. */

export interface NamedRun {
  readonly job: AssetKey;
  /** Null: the job is named, none of its runs. */
  readonly externalId: string | null;
}

export interface NamedDependency extends NamedRun {
  readonly direction: 'UPSTREAM' | 'DOWNSTREAM';
  readonly type: string | null;
  readonly sequenceTriggerRule: string | null;
  readonly statusTriggerRule: string | null;
}

export interface RunError {
  readonly message: string;
  readonly language: string | null;
  readonly stackTrace: string | null;
}

/** ParentRunFacet 1-2-0: `parent` itself, or its `root`. */
export function namedRun(value: unknown): NamedRun | null {
  const [namespace, name] = [textAt(value, 'job', 'namespace'), textAt(value, 'job', 'name')];
  if (namespace === null || name === null) return null;
  return { job: { kind: 'JOB', namespace, name }, externalId: textAt(value, 'run', 'runId') };
}

/** JobDependenciesRunFacet 1-0-1. */
export function dependenciesIn(facet: unknown): NamedDependency[] {
  const side = (direction: NamedDependency['direction']): NamedDependency[] =>
    listAt(facet, direction.toLowerCase()).flatMap((dependency) => {
      const named = namedRun(dependency);
      if (!named) return [];
      return [
        {
          ...named,
          direction,
          type: textAt(dependency, 'dependency_type'),
          sequenceTriggerRule: textAt(dependency, 'sequence_trigger_rule'),
          statusTriggerRule: textAt(dependency, 'status_trigger_rule'),
        },
      ];
    });
  return [...side('UPSTREAM'), ...side('DOWNSTREAM')];
}

/** The names of jobs in a facet that names jobs. */
export function jobsIn(name: string, facet: unknown): AssetKey[] {
  if (name === 'parent') return [namedRun(facet), namedRun(at(facet, 'root'))].flatMap((run) => run?.job ?? []);
  if (name === 'jobDependencies') return dependenciesIn(facet).map(({ job }) => job);
  return [];
}

/** ErrorMessageRunFacet 1-0-1, or what Spark's agent sends instead: a stack trace that begins with the message. */
export function errorIn(facet: unknown, sparkException: unknown): RunError | null {
  const message = textAt(facet, 'message');
  if (message !== null)
    return { message, language: textAt(facet, 'programmingLanguage'), stackTrace: textAt(facet, 'stackTrace') };
  const stackTrace = textAt(sparkException, 'stackTrace');
  const [firstLine = ''] = (stackTrace ?? '').split('\n');
  return firstLine === '' ? null : { message: firstLine, language: null, stackTrace };
}

/** ExtractionErrorRunFacet 1-1-2. */
export function extractionErrorsIn(facet: unknown): object {
  return {
    totalTasks: numberAt(facet, 'totalTasks'),
    failedTasks: numberAt(facet, 'failedTasks'),
    errors: listAt(facet, 'errors').map((error) => ({
      message: textAt(error, 'errorMessage'),
      stackTrace: textAt(error, 'stackTrace'),
      task: textAt(error, 'task'),
      taskNumber: numberAt(error, 'taskNumber'),
    })),
  };
}

/** ProcessingEngineRunFacet 1-1-1. */
export function engineIn(facet: unknown): object {
  const adapterVersion = textAt(facet, 'openlineageAdapterVersion');
  return { name: textAt(facet, 'name'), version: textAt(facet, 'version'), adapterVersion };
}

/** EnvironmentVariablesRunFacet 1-0-0, without what looks like a secret. */
export function environmentIn(facet: unknown): object[] {
  return listAt(facet, 'environmentVariables').flatMap((variable) => {
    const name = textAt(variable, 'name');
    return name === null ? [] : [{ name, value: textAt(variable, 'value') }];
  });
}

/** ExecutionParametersRunFacet 1-0-0, without what looks like a secret. */
export function parametersIn(facet: unknown): object[] {
  return listAt(facet, 'parameters').flatMap((parameter) => {
    const key = textAt(parameter, 'key');
    if (key === null) return [];
    const description = textAt(parameter, 'description');
    return [{ key, name: textAt(parameter, 'name'), description, value: at(parameter, 'value') ?? null }];
  });
}

/** TestRunFacet 1-0-1: an executed test; its severity says nothing of its outcome. */
export function testsIn(facet: unknown): object[] {
  return listAt(facet, 'tests').flatMap((test) => {
    const name = textAt(test, 'name');
    if (name === null) return [];
    return [
      { name, status: textAt(test, 'status')?.toUpperCase() ?? null, type: textAt(test, 'type'), ...detailOf(test) },
    ];
  });
}

/** DataQualityAssertionsDatasetFacet 1-1-0. */
export function assertionsIn(facet: unknown): object[] {
  return listAt(facet, 'assertions').flatMap((assertion) => {
    const [kind, success] = [textAt(assertion, 'assertion'), at(assertion, 'success')];
    if (kind === null || typeof success !== 'boolean') return [];
    const [name, column] = [textAt(assertion, 'name'), textAt(assertion, 'column')];
    return [{ assertion: kind, success, name, column, ...detailOf(assertion) }];
  });
}

/** DataQualityMetricsDatasetFacet 1-0-0 and DataQualityMetricsInputDatasetFacet 1-0-3. */
export function statisticsIn(facet: unknown): object {
  const numbers = ['nullCount', 'distinctCount', 'sum', 'count', 'min', 'max'];
  return {
    rowCount: numberAt(facet, 'rowCount'),
    size: numberAt(facet, 'bytes'),
    fileCount: numberAt(facet, 'fileCount'),
    lastUpdatedAt: timeAt(facet, 'lastUpdated'),
    columns: Object.entries(objectAt(facet, 'columnMetrics')).map(([column, metrics]) => ({
      column,
      ...Object.fromEntries(numbers.map((key) => [key, numberAt(metrics, key)])),
      quantiles: Object.entries(objectAt(metrics, 'quantiles')).flatMap(([quantile, value]) =>
        typeof value === 'number' ? [{ quantile, value }] : [],
      ),
    })),
  };
}

function detailOf(check: unknown): object {
  return {
    severity: textAt(check, 'severity')?.toUpperCase() ?? null,
    description: textAt(check, 'description'),
    expected: textAt(check, 'expected'),
    actual: textAt(check, 'actual'),
    content: textAt(check, 'content'),
    contentType: textAt(check, 'contentType'),
    params: at(check, 'params') ?? null,
  };
}
