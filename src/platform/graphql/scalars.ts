import { GraphQLError, GraphQLScalarType, Kind, valueFromASTUntyped, type ValueNode } from 'graphql';

const RFC_3339 =
  /^(\d{4})-(0[1-9]|1[0-2])-(\d{2})[Tt](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** An instant. In: RFC 3339 section 5.6, any offset, no leap second. Out: UTC with milliseconds. */
export const DateTime = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  description: 'An instant, RFC 3339 in UTC.',
  serialize: (value) => instantOf(value).toISOString(),
  parseValue: instantOf,
  parseLiteral: (node) => {
    if (node.kind !== Kind.STRING) throw notAnInstant(node.kind, node);
    return instantOf(node.value);
  },
});

/** Any JSON value, in variables or written out in the query. */
export const JsonValue = new GraphQLScalarType<unknown, unknown>({
  name: 'JSON',
  description: 'Any JSON value. Used only for what producers send and we keep verbatim.',
  serialize: (value) => value,
  parseValue: (value) => value,
  parseLiteral: (node, variables) => valueFromASTUntyped(node, variables),
});

function instantOf(value: unknown): Date {
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value;
  if (typeof value !== 'string') throw notAnInstant(value);
  const [, year, month, day] = RFC_3339.exec(value) ?? [];
  // Date rolls 30 February over to March without a word.
  const daysInMonth = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  const isRealDay = Number(day) >= 1 && Number(day) <= daysInMonth;
  if (!isRealDay) throw notAnInstant(value);
  return new Date(value.toUpperCase());
}

function notAnInstant(value: unknown, node?: ValueNode): GraphQLError {
  const shown = typeof value === 'string' ? JSON.stringify(value.slice(0, 60)) : `a ${typeof value}`;
  const message = `DateTime is an RFC 3339 instant such as "2026-11-24T12:30:00Z", not ${shown}.`;
  return new GraphQLError(message, node ? { nodes: node } : {});
}
