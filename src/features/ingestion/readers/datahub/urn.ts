/** DataHub's URNs: `urn:li:tag:pii`, `urn:li:dataset:(urn:li:dataPlatform:snowflake,sales.orders,PROD)`. */

export interface Urn {
  readonly text: string;
  /** dataset, dataJob, corpuser, … */
  readonly type: string;
  /** One part for a plain id; the parts between the parentheses otherwise. */
  readonly parts: readonly string[];
}

/** Longer ones DataHub itself refuses. */
const MAX_URN_LENGTH = 512;

/** Null for what is no URN of an entity. */
export function parseUrn(text: unknown): Urn | null {
  if (typeof text !== 'string' || text.length > MAX_URN_LENGTH) return null;
  const [, type, id] = /^urn:li:([A-Za-z]+):(.+)$/s.exec(text) ?? [];
  if (type === undefined || id === undefined) return null;
  const isTuple = id.startsWith('(') && id.endsWith(')');
  return { text, type, parts: (isTuple ? tupleParts(id.slice(1, -1)) : [id]).map(decoded) };
}

/** The last word of a URN, for people to read: `pii` of `urn:li:tag:pii`. */
export function idOfUrn(text: string): string {
  return parseUrn(text)?.parts.join(',') ?? text;
}

/** Splits at the commas that are in no inner parentheses. */
function tupleParts(inside: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < inside.length; at += 1) {
    const character = inside[at];
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (character !== ',' || depth > 0) continue;
    parts.push(inside.slice(start, at));
    start = at + 1;
  }
  return [...parts, inside.slice(start)];
}

/** Inside a URN DataHub encodes its own punctuation and nothing else; an inner URN keeps its encoding. */
function decoded(part: string): string {
  if (part.startsWith('urn:li:')) return part;
  return part.replaceAll(/%(2C|28|29)/gi, (code) => decodeURIComponent(code));
}

/**
 * A field path of version 2 carries types, `[version=2.0].[type=struct].address.[type=string].city`; here paths are plain:
 * `address.city`. Fields of a topic's key keep a `key.` in front, so that they do not meet those of its value.
 */
export function plainPath(fieldPath: string): string {
  if (!fieldPath.startsWith('[version=2')) return fieldPath;
  const isKey = fieldPath.includes('[key=True]');
  const names = fieldPath
    .replaceAll(/\[[^\]]*\]/g, '')
    .split('.')
    .filter((name) => name !== '');
  const path = names.length > 0 ? names.join('.') : 'value';
  return isKey ? `key.${path}` : path;
}
