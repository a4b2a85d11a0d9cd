import { at, isObject, listAt, objectAt, storableText, textAt, type JsonObject } from '../json.js';
import type { AssetRef, RunStatement } from '../statement.js';
import { datasetOf, jobOf, parentDatasetIds, parentIds, typeOf, type DbtProject } from './project.js';
import type { DbtFacts } from './facts.js';

/** Commands that build and check nothing, and report `success` all the same. */
const IDLE_COMMANDS = ['compile', 'generate', 'docs', 'parse', 'show', 'list', 'freshness'];
const TEST_STATES = ['pass', 'fail', 'warn', 'error', 'skipped', 'runtime error'];
const END_STATES = new Map<string, 'COMPLETE' | 'FAIL' | 'ABORT'>([
  ['success', 'COMPLETE'],
  ['error', 'FAIL'],
  ['partial success', 'FAIL'],
  ['skipped', 'ABORT'],
]);

/** Which tests each table has. */
export function describeTests(facts: DbtFacts, project: DbtProject): void {
  for (const [id, node] of project.resources) {
    const definition = definitionOf(id, node);
    if (definition) for (const asset of testedBy(project, id)) facts.about(asset)('facet:dbtTests', [definition]);
  }
}

/** The last result of each test, kept on the tables it is about. A later `dbt test` has its own time and invocation. */
export function describeResults(facts: DbtFacts, project: DbtProject, runResults: unknown): void {
  for (const result of resultsOf(runResults)) {
    const id = textAt(result, 'unique_id') ?? '';
    const node = project.resources.get(id);
    const status = textAt(result, 'status') ?? '';
    if (!node || !['test', 'unit_test'].includes(typeOf(id, node)) || !TEST_STATES.includes(status)) continue;
    const executedAt = timesOf(result, runResults, project).ended;
    const outcome = {
      status,
      failures: at(result, 'failures') ?? null,
      message: textAt(result, 'message'),
      column: columnOf(node),
      severity: severityOf(node),
      executedAt: executedAt.toISOString(),
      invocation: invocationOf(runResults),
    };
    for (const asset of testedBy(project, id)) facts.about(asset)(`facet:dbtTest:${id}`, outcome, executedAt);
  }
}

/** How fresh each source was, of sources.json v3. */
export function describeFreshness(facts: DbtFacts, project: DbtProject, sources: unknown): void {
  for (const result of listAt(sources, 'results')) {
    const id = textAt(result, 'unique_id') ?? '';
    const table = datasetOf(project, id);
    if (!table) continue;
    const time = timeOf(at(result, 'snapshotted_at')) ?? timeOf(at(sources, 'metadata', 'generated_at'));
    const checkedAt = time ?? project.generatedAt;
    const freshness = {
      status: textAt(result, 'status'),
      maxLoadedAt: textAt(result, 'max_loaded_at'),
      checkedAt: checkedAt.toISOString(),
      ageSeconds: at(result, 'max_loaded_at_time_ago_in_s') ?? null,
      criteria: at(result, 'criteria') ?? null,
      message: textAt(result, 'error'),
    };
    facts.about(table)('facet:dbtFreshness', freshness, checkedAt);
  }
}

export function runsOf(project: DbtProject, runResults: unknown): RunStatement[] {
  return resultsOf(runResults).flatMap((result) => {
    const id = textAt(result, 'unique_id') ?? '';
    const job = jobOf(project, id);
    const status = textAt(result, 'status') ?? '';
    const end = END_STATES.get(status);
    if (!end || !job) return [];
    const { started, ended } = timesOf(result, runResults, project);
    const message = textAt(result, 'message');
    const failed = end === 'FAIL' && message !== null ? { errorMessage: { message: storableText(message) } } : {};
    const facets = { ...failed, dbtResult: resultFacet(status, result) };
    const run = { job, externalId: `${invocationOf(runResults)}:${id}` };
    return [
      { ...run, eventTime: started, eventType: 'START' as const, facets: {} },
      { ...run, eventTime: ended, eventType: end, facets },
    ];
  });
}

function resultFacet(status: string, result: JsonObject): JsonObject {
  return {
    status,
    executionSeconds: at(result, 'execution_time') ?? null,
    adapterResponse: objectAt(result, 'adapter_response'),
  };
}

function resultsOf(runResults: unknown): JsonObject[] {
  if (IDLE_COMMANDS.includes(textAt(runResults, 'args', 'which') ?? '')) return [];
  return listAt(runResults, 'results').filter(isObject);
}

function invocationOf(runResults: unknown): string {
  return textAt(runResults, 'metadata', 'invocation_id') ?? 'unknown';
}

/** When a node began and ended; a skipped node has no times of its own. */
function timesOf(result: JsonObject, runResults: unknown, project: DbtProject): { started: Date; ended: Date } {
  const steps = listAt(result, 'timing');
  const times = steps.flatMap((step) => [timeOf(at(step, 'started_at')), timeOf(at(step, 'completed_at'))]);
  const known = times.filter((time) => time !== null).map(Number);
  const otherwise = timeOf(at(runResults, 'metadata', 'generated_at')) ?? project.generatedAt;
  if (known.length === 0) return { started: otherwise, ended: otherwise };
  return { started: new Date(Math.min(...known)), ended: new Date(Math.max(...known)) };
}

function timeOf(value: unknown): Date | null {
  const time = typeof value === 'string' ? new Date(value) : null;
  return time && !Number.isNaN(time.getTime()) ? time : null;
}

function definitionOf(id: string, node: JsonObject): JsonObject | null {
  const type = typeOf(id, node);
  if (type !== 'test' && type !== 'unit_test') return null;
  const generic = textAt(node, 'test_metadata', 'name');
  return {
    id,
    name: textAt(node, 'name'),
    kind: kindOf(type, generic),
    test: [textAt(node, 'test_metadata', 'namespace'), generic].filter((part) => part !== null).join('.') || null,
    column: columnOf(node),
    severity: severityOf(node),
    description: textAt(node, 'description'),
  };
}

function kindOf(type: string, generic: string | null): string {
  if (type === 'unit_test') return 'UNIT';
  return generic === null ? 'SINGULAR' : 'GENERIC';
}

function columnOf(node: JsonObject): string | null {
  return textAt(node, 'column_name') ?? textAt(node, 'test_metadata', 'kwargs', 'column_name');
}

function severityOf(node: JsonObject): string | null {
  return textAt(node, 'config', 'severity')?.toUpperCase() ?? null;
}

/** The assets a test is about: one for a generic or unit test, all that its SQL reads for a singular one. */
function testedBy(project: DbtProject, id: string): AssetRef[] {
  const node = project.resources.get(id) ?? {};
  const subject = subjectOf(project, node);
  const own = subject === null ? null : (datasetOf(project, subject) ?? jobOf(project, subject));
  if (own) return [own];
  return parentDatasetIds(project, node).flatMap((parent) => datasetOf(project, parent) ?? []);
}

/** Id of the node a test is attached to. dbt before 1.5 says it only in the test's arguments. */
function subjectOf(project: DbtProject, node: JsonObject): string | null {
  const attached = textAt(node, 'attached_node');
  if (attached !== null) return attached;
  const parents = parentIds(node);
  const written = textAt(node, 'test_metadata', 'kwargs', 'model') ?? '';
  const names = [...written.matchAll(/['"]([^'"]+)['"]/g)].map(([, name]) => name);
  const name = textAt(node, 'model') ?? names.at(-1);
  return parents.find((parent) => textAt(project.resources.get(parent), 'name') === name) ?? null;
}
