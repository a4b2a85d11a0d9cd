/**
 * A small evaluator of Meilisearch's documented filter grammar, to test emitted filters without an engine: equality
 * folds case and looks into arrays, `!=` and NOT IN also find documents without the field, null EXISTS, order is by number
 * or, since 1.15, by text.
 */
export function meilisearchFinds(filter: string, document: Document): boolean {
  return meilisearchFilter(filter).finds(document);
}

type Document = Readonly<Record<string, unknown>>;
type Test = (document: Document) => boolean;

export interface MeilisearchFilter {
  readonly finds: Test;
  /** What it asks of which attribute, as the server checks it against the settings. */
  readonly uses: readonly { readonly attribute: string; readonly operator: string }[];
}

/** @throws {Error} when it is no filter, or nested deeper than the server reads (150 rules of its grammar). */
export function meilisearchFilter(filter: string): MeilisearchFilter {
  const state: State = { tokens: tokensOf(filter), at: 0, uses: [] };
  const finds = readOr(state, 0);
  if (state.at < state.tokens.length)
    throw new Error(`Not a filter from here on: ${state.tokens.slice(state.at).join(' ')}`);
  return { finds, uses: state.uses };
}

/** What equality compares: NFKD, lower case, no white space around, at most 468 bytes. */
export function normalizedFacet(text: string): string {
  const normalized = text.trim().normalize('NFKD').toLowerCase();
  return Buffer.byteLength(normalized) <= 468
    ? normalized
    : new TextDecoder().decode(Buffer.from(normalized).subarray(0, 468)).replace(/\uFFFD$/, '');
}

interface State {
  readonly tokens: readonly string[];
  at: number;
  readonly uses: { attribute: string; operator: string }[];
}

const MOST_DEPTH = 150;

function tokensOf(filter: string): string[] {
  const pattern = /\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|!=|<=|>=|[=<>()[\],]|[A-Za-z0-9_\-/.]+)\s*/gy;
  const tokens: string[] = [];
  while (pattern.lastIndex < filter.length) {
    const [, token] = pattern.exec(filter) ?? [];
    if (token === undefined) throw new Error(`Not a filter: ${filter}`);
    tokens.push(token);
  }
  return tokens;
}

function take(state: State, ...expected: string[]): string {
  const token = state.tokens[state.at] ?? 'the end';
  state.at += 1;
  if (expected.length > 0 && !expected.includes(token))
    throw new Error(`Expected ${expected.join(' or ')}, found ${token}`);
  return token;
}

function skip(state: State, token: string): boolean {
  if (state.tokens[state.at] !== token) return false;
  state.at += 1;
  return true;
}

function readOr(state: State, depth: number): Test {
  if (depth > MOST_DEPTH) throw new Error('The filter exceeded the maximum depth limit.');
  const parts = [readAnd(state, depth + 1)];
  while (skip(state, 'OR')) parts.push(readAnd(state, depth + 1));
  return parts.length === 1 && parts[0] ? parts[0] : (document) => parts.some((part) => part(document));
}

function readAnd(state: State, depth: number): Test {
  const parts = [readNot(state, depth + 1)];
  while (skip(state, 'AND')) parts.push(readNot(state, depth + 1));
  return parts.length === 1 && parts[0] ? parts[0] : (document) => parts.every((part) => part(document));
}

function readNot(state: State, depth: number): Test {
  if (skip(state, 'NOT')) {
    const part = readNot(state, depth + 1);
    return (document) => !part(document);
  }
  if (!skip(state, '(')) return readTest(state);
  const part = readOr(state, depth + 2);
  take(state, ')');
  return part;
}

function readTest(state: State): Test {
  const field = take(state);
  const isNegated = skip(state, 'NOT');
  const operator = take(
    state,
    ...(isNegated ? ['IN', 'EXISTS', 'STARTS'] : ['IN', 'EXISTS', 'IS', 'STARTS', '=', '!=', '<', '<=', '>', '>=']),
  );
  state.uses.push({ attribute: field, operator });
  const test = readOperator(state, field, operator);
  return isNegated ? (document) => !test(document) : test;
}

function readOperator(state: State, field: string, operator: string): Test {
  if (operator === 'EXISTS') return (document) => document[field] !== undefined;
  if (operator === 'IS') return readIs(state, field);
  if (operator === 'IN') {
    const wanted = readList(state);
    return (document) => wanted.some((value) => has(document, field, value));
  }
  if (operator === 'STARTS') {
    take(state, 'WITH');
    const prefix = normalizedFacet(literalOf(take(state)));
    return (document) => [...facetsOf(document, field).texts].some((text) => text.startsWith(prefix));
  }
  const value = wantedOf(literalOf(take(state)));
  if (operator === '=') return (document) => has(document, field, value);
  if (operator === '!=') return (document) => !has(document, field, value);
  return (document) => {
    const { texts, numbers } = facetsOf(document, field);
    const isText = [...texts].some((text) =>
      isOrdered(operator, Buffer.compare(Buffer.from(text), Buffer.from(value.text))),
    );
    const { number } = value;
    return isText || (number !== null && [...numbers].some((one) => isOrdered(operator, one - number)));
  };
}

function readIs(state: State, field: string): Test {
  const isNegated = skip(state, 'NOT');
  const isNull = take(state, 'NULL', 'EMPTY') === 'NULL';
  return (document) => {
    const actual = document[field];
    const isEmpty = actual === '' || (Array.isArray(actual) && actual.length === 0);
    return (isNull ? actual === null : isEmpty) !== isNegated;
  };
}

interface Wanted {
  readonly text: string;
  readonly number: number | null;
}

function readList(state: State): Wanted[] {
  take(state, '[');
  const values: Wanted[] = [];
  while (!skip(state, ']')) {
    values.push(wantedOf(literalOf(take(state))));
    if (state.tokens[state.at] !== ']') take(state, ',');
  }
  return values;
}

function literalOf(token: string): string {
  return /^["']/.test(token) ? token.slice(1, -1).replace(/\\(.)/g, '$1') : token;
}

function wantedOf(value: string): Wanted {
  const number = Number(value);
  return { text: normalizedFacet(value), number: value.trim() !== '' && Number.isFinite(number) ? number : null };
}

function has(document: Document, field: string, { text, number }: Wanted): boolean {
  const { texts, numbers } = facetsOf(document, field);
  return texts.has(text) || (number !== null && numbers.has(number));
}

interface Facets {
  readonly texts: ReadonlySet<string>;
  readonly numbers: ReadonlySet<number>;
}

const known = new WeakMap<Document, Map<string, Facets>>();

function facetsOf(document: Document, field: string): Facets {
  const ofDocument = known.get(document) ?? new Map<string, Facets>();
  known.set(document, ofDocument);
  const found = ofDocument.get(field) ?? facetsIn(document[field]);
  ofDocument.set(field, found);
  return found;
}

function facetsIn(actual: unknown): Facets {
  const values: unknown[] = Array.isArray(actual) ? actual : [actual];
  return {
    texts: new Set(values.filter((value) => typeof value === 'string').map(normalizedFacet)),
    numbers: new Set(values.filter((value) => typeof value === 'number')),
  };
}

function isOrdered(operator: string, difference: number): boolean {
  if (operator === '<') return difference < 0;
  if (operator === '<=') return difference <= 0;
  return operator === '>' ? difference > 0 : difference >= 0;
}
