/**
 * A small evaluator of Meilisearch's documented filter grammar, to test emitted filters without an engine: equality
 * folds case and looks into arrays, `!=` and NOT IN also find documents without the field, null EXISTS.
 */
export function meilisearchFinds(filter: string, document: Readonly<Record<string, unknown>>): boolean {
  const tokens = tokensOf(filter);
  const answer = readOr({ tokens, document });
  if (tokens.length > 0) throw new Error(`Not a filter from here on: ${tokens.join(' ')}`);
  return answer;
}

interface State {
  readonly tokens: string[];
  readonly document: Readonly<Record<string, unknown>>;
}

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
  const token = state.tokens.shift() ?? 'the end';
  if (expected.length > 0 && !expected.includes(token))
    throw new Error(`Expected ${expected.join(' or ')}, found ${token}`);
  return token;
}

function skip(state: State, token: string): boolean {
  if (state.tokens[0] !== token) return false;
  state.tokens.shift();
  return true;
}

function readOr(state: State): boolean {
  let answer = readAnd(state);
  while (skip(state, 'OR')) answer = readAnd(state) || answer;
  return answer;
}

function readAnd(state: State): boolean {
  let answer = readNot(state);
  while (skip(state, 'AND')) answer = readNot(state) && answer;
  return answer;
}

function readNot(state: State): boolean {
  if (skip(state, 'NOT')) return !readNot(state);
  if (!skip(state, '(')) return readTest(state);
  const answer = readOr(state);
  take(state, ')');
  return answer;
}

function readTest(state: State): boolean {
  const field = take(state);
  const actual = state.document[field];
  const values = (Array.isArray(actual) ? actual : [actual]) as unknown[];
  const isNegated = skip(state, 'NOT');
  const operator = take(
    state,
    ...(isNegated ? ['IN', 'EXISTS'] : ['IN', 'EXISTS', 'IS', '=', '!=', '<', '<=', '>', '>=']),
  );
  if (operator === 'EXISTS') return (actual !== undefined) !== isNegated;
  if (operator === 'IN')
    return readList(state).some((value) => values.some((have) => isEqual(have, value))) !== isNegated;
  if (operator === 'IS') return readIs(state, actual);
  const value = literalOf(take(state));
  if (operator === '=' || operator === '!=') return values.some((have) => isEqual(have, value)) === (operator === '=');
  return values.some((have) => typeof have === 'number' && isOrdered(operator, have, Number(value)));
}

function readIs(state: State, actual: unknown): boolean {
  const isNegated = skip(state, 'NOT');
  const isIt =
    take(state, 'NULL', 'EMPTY') === 'NULL'
      ? actual === null
      : actual === '' || (Array.isArray(actual) && actual.length === 0);
  return isIt !== isNegated;
}

function readList(state: State): string[] {
  take(state, '[');
  const values: string[] = [];
  while (!skip(state, ']')) {
    values.push(literalOf(take(state)));
    if (state.tokens[0] !== ']') take(state, ',');
  }
  return values;
}

function literalOf(token: string): string {
  return /^["']/.test(token) ? token.slice(1, -1).replace(/\\(.)/g, '$1') : token;
}

function isEqual(have: unknown, value: string): boolean {
  if (typeof have === 'number') return have === Number(value);
  return typeof have === 'string' && have.toLowerCase() === value.toLowerCase();
}

function isOrdered(operator: string, have: number, value: number): boolean {
  if (operator === '<') return have < value;
  if (operator === '<=') return have <= value;
  return operator === '>' ? have > value : have >= value;
}
