import { at, isObject, listAt, storable, storableText, textAt, type JsonObject } from '../json.js';
import type { AssetRef } from '../statement.js';

/** Names of variables whose values nobody should read. */
const SECRET_NAME =
  /pass(word|wd|phrase)?|secret|token|api_?key|private_?key|access_?key|credential|auth|dsn|conn(ection)?_?str/i;
/** `user:password@host` inside an address. */
const USERINFO = /(?<=:\/\/[^/\s:@]*:)[^/\s@]+(?=@)/g;
const HIDDEN = '***';

/** Run facets as they are shown: environment variables and parameters without what looks like a secret. */
export function runFacets(facets: JsonObject): JsonObject {
  const shown = { ...facets };
  for (const [name, list] of [
    ['environmentVariables', 'environmentVariables'],
    ['executionParameters', 'parameters'],
  ] as const) {
    const facet = facets[name];
    if (isObject(facet) && Array.isArray(facet[list])) {
      shown[name] = { ...facet, [list]: listAt(facet, list).map(withoutSecret) };
    }
  }
  return storable(shown);
}

/** The jobs that ParentRunFacet 1-2-0 and JobDependenciesRunFacet 1-0-1 name. */
export function jobsNamedIn(facets: JsonObject): AssetRef[] {
  const { parent, jobDependencies } = facets;
  const named = [
    at(parent, 'job'),
    at(parent, 'root', 'job'),
    ...[...listAt(jobDependencies, 'upstream'), ...listAt(jobDependencies, 'downstream')].map((one) => at(one, 'job')),
  ];
  return named.flatMap((job) => {
    const [namespace, name] = [textAt(job, 'namespace'), textAt(job, 'name')];
    if (namespace === null || name === null || namespace.length > 4000 || name.length > 4000) return [];
    return [{ kind: 'JOB' as const, namespace: storableText(namespace), name: storableText(name) }];
  });
}

function withoutSecret(variable: unknown): unknown {
  const value = at(variable, 'value');
  if (!isObject(variable) || value === undefined) return variable;
  const isSecret = SECRET_NAME.test(`${textAt(variable, 'name') ?? ''} ${textAt(variable, 'key') ?? ''}`);
  if (isSecret) return { ...variable, value: HIDDEN };
  return typeof value === 'string' ? { ...variable, value: value.replaceAll(USERINFO, HIDDEN) } : variable;
}
