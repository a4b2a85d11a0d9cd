import { GraphQLError, buildSchema, getIntrospectionQuery, getOperationAST, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { measure, requireWithinLimits, type Measured } from './limits.js';

const schema = buildSchema(`
  interface Asset { id: ID! name: String tags: [String!]! }
  type Dataset implements Asset { id: ID! name: String tags: [String!]! columns: [Column!]! runs(first: Int = 20): Runs! }
  type Column { path: String! dataset: Dataset! }
  type Runs { nodes: [Run!]! pageInfo: PageInfo! }
  type Run { id: ID! }
  type PageInfo { endCursor: String }
  type Assets { nodes: [Asset!]! pageInfo: PageInfo! totalCount: Int! }
  type Graph { nodes: [Asset!]! }
  type Query {
    asset(ref: String): Asset
    assets(first: Int = 20): Assets!
    suggest: [Asset!]!
    lineage(maxNodes: Int = 1000): Graph!
  }
`);

function measured(query: string, variables: Record<string, unknown> = {}, operationName?: string): Measured {
  const document = parse(query);
  const operation = getOperationAST(document, operationName);
  if (!operation) throw new Error('The test query has no such operation.');
  return { schema, document, operation, variables };
}

function errorOf(work: () => void): GraphQLError {
  try {
    work();
  } catch (error) {
    if (error instanceof GraphQLError) return error;
  }
  throw new Error('No GraphQLError was thrown.');
}

const GENEROUS = { maxDepth: 100, maxAliases: 100, maxCost: 1_000_000 };

describe('depth', () => {
  it('counts nested fields', () => {
    expect(measure(measured('{ asset { id } }')).depth).toBe(2);
    expect(measure(measured('{ asset { id } assets { nodes { id } } }')).depth).toBe(3);
  });

  it('sees through fragments and does not count them', () => {
    const query = `{ asset { ...A } } fragment A on Dataset { ... on Dataset { columns { ...B } } } fragment B on Column { path }`;
    expect(measure(measured(query)).depth).toBe(3);
  });

  it('leaves introspection out, so that the explorer can load the schema', () => {
    expect(measure(measured(getIntrospectionQuery()))).toEqual({ depth: 1, aliases: 0, cost: 2 });
  });
});

describe('aliases', () => {
  it('counts each, a fragment’s as often as it is used', () => {
    const query = `{ a: asset { ...A } b: asset { ...A } } fragment A on Asset { x: id y: name }`;
    expect(measure(measured(query)).aliases).toBe(6);
  });
});

describe('cost', () => {
  it.each([
    ['a field is 1', '{ asset { id name tags } }', 4],
    ['a list without a bound counts 10 times', '{ suggest { id } }', 11],
    ['first multiplies the nodes, not the rest', '{ assets(first: 50) { totalCount nodes { id name } } }', 103],
    ['the default of the schema counts when first is left out', '{ assets { nodes { id } } }', 22],
    ['maxNodes multiplies too', '{ lineage { nodes { id } } }', 1002],
    ['lists in lists multiply', '{ assets(first: 5) { nodes { ... on Dataset { columns { path } } } } }', 57],
    ['a page size below 1 counts as 1', '{ assets(first: -7) { nodes { id } } }', 3],
    ['null counts like left out', '{ assets(first: null) { nodes { id } } }', 22],
  ])('%s', (_, query, cost) => {
    expect(measure(measured(query)).cost).toBe(cost);
  });

  it('reads page sizes from variables and their defaults', () => {
    const query = 'query ($n: Int = 30) { assets(first: $n) { nodes { id } } }';
    expect(measure(measured(query, { n: 100 })).cost).toBe(102);
    expect(measure(measured(query)).cost).toBe(32);
    expect(measure(measured(query, { n: null })).cost).toBe(22);
    expect(measure(measured(query, { n: 'many' })).cost).toBe(12);
  });

  it('applies the page size through a fragment', () => {
    const query = '{ assets(first: 50) { ...P } } fragment P on Assets { nodes { id } }';
    expect(measure(measured(query)).cost).toBe(52);
  });

  it('looks only at the operation that runs', () => {
    const query = 'query a { asset { id } } query b { suggest { id } }';
    expect(measure(measured(query, {}, 'a')).cost).toBe(2);
  });

  it('measures fragments that double each other 60 times at once', () => {
    const fragments = Array.from(
      { length: 60 },
      (_, index) => `fragment F${index} on Asset { ...F${index + 1} ...F${index + 1} }`,
    );
    const query = `{ asset { ...F0 } } ${fragments.join(' ')} fragment F60 on Asset { id }`;
    expect(validate(schema, parse(query))).toEqual([]);
    expect(measure(measured(query)).cost).toBe(1 + 2 ** 60);
  });

  it('ends on a cycle of fragments', () => {
    const query = '{ asset { ...A } } fragment A on Asset { id ...B } fragment B on Asset { ...A }';
    expect(measure(measured(query)).cost).toBe(2);
  });
});

describe('requireWithinLimits', () => {
  it.each([
    ['QUERY_TOO_DEEP', { maxDepth: 2 }, 'The query nests fields 3 (limit 2).'],
    ['QUERY_TOO_MANY_ALIASES', { maxAliases: 0 }, 'The query uses aliases 1 (limit 0).'],
    ['QUERY_TOO_COSTLY', { maxCost: 21 }, 'The query costs 22 (limit 21).'],
  ])('refuses with %s, the limit and the actual value', (code, limit, message) => {
    const error = errorOf(() =>
      requireWithinLimits(measured('{ page: assets { nodes { id } } }'), { ...GENEROUS, ...limit }),
    );
    expect(error.message).toContain(message);
    expect(error.extensions).toMatchObject({ code, http: { status: 400 } });
  });

  it('lets pass what just fits', () => {
    const limits = { maxDepth: 3, maxAliases: 1, maxCost: 22 };
    expect(() => requireWithinLimits(measured('{ page: assets { nodes { id } } }'), limits)).not.toThrow();
  });
});
