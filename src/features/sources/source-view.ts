import { factSourceKey, namespaceOf } from './source.js';
import type { SourceRow } from './source.repository.js';

/** A source as GraphQL shows it. The password is where it is read from. */
export type SourceView = ReturnType<typeof viewOf>;

export function viewOf({ definition, origin, nextRunAt, updatedAt, updatedBy }: SourceRow) {
  return {
    ...definition,
    password: definition.password && { env: null, file: null, ...definition.password },
    type: definition.type.toUpperCase(),
    ssl: definition.ssl.toUpperCase().replace('-', '_'),
    namespace: namespaceOf(definition),
    factSource: factSourceKey(definition),
    origin,
    isReadOnly: origin === 'FILE',
    nextRunAt,
    updatedAt,
    updatedBy,
  };
}
