import {
  defaultFieldResolver,
  isIntrospectionType,
  isObjectType,
  type GraphQLField,
  type GraphQLSchema,
} from 'graphql';

type Resolver = NonNullable<GraphQLField<unknown, unknown>['resolve']>;

const guards = new WeakSet<Resolver>();

/**
 * From here on a field without a resolver fails unless its object has a property of that name. GraphQL itself would
 * answer null, and nobody would see that it was forgotten. Payloads are left out: what was refused has no object.
 */
export function requireProperties(schema: GraphQLSchema): void {
  const types = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) && !isIntrospectionType(type));
  for (const type of types) {
    if (!isObjectType(type) || type.name.endsWith('Payload')) continue;
    for (const field of Object.values(type.getFields())) field.resolve ??= guardOf(`${type.name}.${field.name}`);
  }
}

/** Whether somebody wrote a resolver for the field. */
export function hasResolver(field: GraphQLField<unknown, unknown>): boolean {
  return field.resolve !== undefined && !guards.has(field.resolve);
}

function guardOf(name: string): Resolver {
  const guard: Resolver = (source, args, context, info) => {
    const isThere = typeof source === 'object' && source !== null && info.fieldName in source;
    if (!isThere) throw new Error(`${name} has no resolver, and its object no such property.`);
    return defaultFieldResolver(source, args, context, info);
  };
  guards.add(guard);
  return guard;
}
