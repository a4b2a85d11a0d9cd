import { at as valueAt, type JsonObject } from '../readers/json.js';
import type { ColumnsOf, QueryResolver } from './query.js';
import type { Scope } from './scope.js';
import type { Result } from './use.js';

/** What one statement writes, and from what. */
export interface Written {
  /** Null for a bare query. */
  readonly target: readonly string[] | null;
  readonly result: Result;
  /** It makes a table or view that ends with the session. */
  readonly isTemporary?: boolean;
}

/** Where a statement stands. */
export interface Place {
  readonly resolver: QueryResolver;
  readonly columnsOf: ColumnsOf;
  /** Of the WITH around it. */
  readonly scope: Scope;
}

/** The scope with the statement's own WITH. */
export function scopeOf(body: JsonObject, { resolver, scope }: Place): Scope {
  return resolver.withCtes(body['with'] ?? valueAt(body, 'with_', 'with'), scope);
}
