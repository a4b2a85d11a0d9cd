import { at, isObject, listAt, storable, textAt, type JsonObject } from '../json.js';

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

function withoutSecret(variable: unknown): unknown {
  const value = at(variable, 'value');
  if (!isObject(variable) || value === undefined) return variable;
  const isSecret = SECRET_NAME.test(`${textAt(variable, 'name') ?? ''} ${textAt(variable, 'key') ?? ''}`);
  if (isSecret) return { ...variable, value: HIDDEN };
  return typeof value === 'string' ? { ...variable, value: value.replaceAll(USERINFO, HIDDEN) } : variable;
}
