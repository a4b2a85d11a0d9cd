import { Invalid } from '../../../../core/errors.js';
import { at, isObject, listAt, type JsonObject } from '../json.js';

/**
 * What is there has the type that spec 2-0-2 gives it: a list taken for none would be lineage that is lost unseen. Null
 * counts as left out, and what is in a facet is the facet reader's business.
 * @throws Invalid with the path of the first that has not.
 */
export function requireShape(event: JsonObject): void {
  for (const key of ['run', 'job', 'dataset']) {
    requireObject(event[key], [key]);
    requireObject(at(event, key, 'facets'), [key, 'facets']);
  }
  for (const key of ['inputs', 'outputs']) requireDatasets(event, key);
  const type = event['eventType'] ?? '';
  if (typeof type !== 'string')
    throw new Invalid("'eventType' is no text. Give START, COMPLETE or FAIL.", ['eventType']);
}

function requireDatasets(event: JsonObject, key: string): void {
  if (!Array.isArray(event[key] ?? [])) throw new Invalid(`'${key}' is no list of datasets. Put them in [ ].`, [key]);
  for (const [index, dataset] of listAt(event, key).entries()) {
    requireObject(at(dataset, 'facets'), [key, String(index), 'facets']);
  }
}

function requireObject(value: unknown, path: readonly string[]): void {
  if (value === undefined || value === null || isObject(value)) return;
  throw new Invalid(`'${path.join('.')}' is no object. Give { … }, or leave it out.`, path);
}
