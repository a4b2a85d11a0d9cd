import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { DomainError } from '../../core/errors.js';
import type { Log } from '../observability/log.js';
import { currentRequest } from '../observability/request-context.js';

/** Errors of the request itself: what they say was made for the caller and tells nothing about our inside. */
const CALLERS_CODES = new Set<unknown>([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'QUERY_TOO_DEEP',
  'QUERY_TOO_MANY_ALIASES',
  'QUERY_TOO_COSTLY',
]);

/** The only place that decides what of an error reaches a GraphQL client. */
export function errorFormatter(log: Log): (shown: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  return (shown, error) => {
    const cause = unwrapResolverError(error);
    const place = placeOf(shown);
    if (cause instanceof DomainError) {
      const field = cause.field ? { field: cause.field } : {};
      return { ...place, message: cause.message, extensions: { code: cause.code, ...field } };
    }
    if (cause instanceof GraphQLError && CALLERS_CODES.has(shown.extensions?.['code'])) return withoutStack(shown);
    log.error('A GraphQL operation failed.', { error: cause, path: shown.path?.join('.') });
    const requestId = currentRequest()?.id ?? 'unknown';
    const message = `Something went wrong on our side. Request id: ${requestId}`;
    return { ...place, message, extensions: { code: 'INTERNAL', requestId } };
  };
}

function placeOf({ path, locations }: GraphQLFormattedError): Partial<GraphQLFormattedError> {
  return { ...(path ? { path } : {}), ...(locations ? { locations } : {}) };
}

function withoutStack(shown: GraphQLFormattedError): GraphQLFormattedError {
  const { stacktrace: _, ...extensions } = shown.extensions ?? {};
  return { ...shown, extensions };
}
