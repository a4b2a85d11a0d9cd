import {
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isLeafType,
  isNonNullType,
  isObjectType,
  isUnionType,
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';

/** `Type.field(argument: value)` by `Type.field`, for fields that cannot be asked without. */
export type Arguments = Readonly<Record<string, string>>;

/**
 * Selections of everything that a schema can answer: each type once on the way down, and of an asset within an asset what
 * it is called. Remembers which fields were asked for.
 */
export class WholeSelection {
  readonly asked = new Set<string>();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly rows: Arguments,
  ) {}

  /** @throws when a field needs arguments and there is no row for it. */
  of(type: GraphQLNamedType, way: readonly string[] = []): string {
    if (isLeafType(type)) return '';
    if (this.isAsset(type.name) && way.some((name) => this.isAsset(name)))
      return '{ __typename id ref name description }';
    const parts = this.shapesOf(type).flatMap((shape) => {
      const own = Object.values(shape.getFields()).filter(
        (field) => shape === type || !this.isShared(shape, type, field),
      );
      const fields = own.flatMap((field) => this.field(shape.name, field, [...way, type.name]));
      return shape === type || fields.length === 0 ? fields : [`... on ${shape.name} { ${fields.join(' ')} }`];
    });
    return `{ __typename ${parts.join(' ')} }`;
  }

  field(owner: string, field: GraphQLField<unknown, unknown>, way: readonly string[]): string[] {
    const type = getNamedType(field.type);
    const isAgain = way.includes(type.name) && !this.isAsset(type.name);
    const name = `${owner}.${field.name}`;
    const needed = field.args.filter((argument) => isNonNullType(argument.type) && argument.defaultValue === undefined);
    const row = this.rows[name];
    if (needed.length > 0 && row === undefined)
      throw new Error(`${name} has no row: say with which arguments it is asked.`);
    this.asked.add(name);
    return [`${field.name}${row ?? ''} ${isAgain ? leavesOf(type) : this.of(type, way)}`];
  }

  /** The interface before what implements it: what they share is asked for once. */
  private shapesOf(type: GraphQLNamedType): (GraphQLObjectType | GraphQLInterfaceType)[] {
    if (isObjectType(type)) return [type];
    if (!isAbstractType(type)) return [];
    const possible = this.schema.getPossibleTypes(type);
    if (isInterfaceType(type)) return [type, ...possible];
    return [...new Set(possible.flatMap((shape) => shape.getInterfaces())), ...possible];
  }

  private isShared(
    shape: GraphQLObjectType | GraphQLInterfaceType,
    within: GraphQLNamedType,
    field: GraphQLField<unknown, unknown>,
  ): boolean {
    const isAsked = shape
      .getInterfaces()
      .some((one) => (one === within || isUnionType(within)) && field.name in one.getFields());
    if (isAsked) this.asked.add(`${shape.name}.${field.name}`);
    return isAsked;
  }

  private isAsset(name: string): boolean {
    const asset = this.schema.getType('Asset');
    return (
      name === 'Asset' ||
      (isInterfaceType(asset) && this.schema.getPossibleTypes(asset).some((one) => one.name === name))
    );
  }
}

/** What is on the way already, again: what it holds itself. */
function leavesOf(type: GraphQLNamedType): string {
  if (!isObjectType(type) && !isInterfaceType(type)) return '';
  const leaves = Object.values(type.getFields()).filter(
    (field) => isLeafType(getNamedType(field.type)) && field.args.length === 0,
  );
  return `{ __typename ${leaves.map(({ name }) => name).join(' ')} }`;
}

/** Every field of every object that a query can come to. */
export function reachableFields(schema: GraphQLSchema): Set<string> {
  const fields = new Set<string>();
  const seen = new Set<string>();
  const visit = (type: GraphQLNamedType): void => {
    if (seen.has(type.name)) return;
    seen.add(type.name);
    if (isAbstractType(type)) for (const shape of schema.getPossibleTypes(type)) visit(shape);
    if (!isObjectType(type)) return;
    for (const field of Object.values(type.getFields())) {
      fields.add(`${type.name}.${field.name}`);
      visit(getNamedType(field.type));
    }
  };
  const query = schema.getQueryType();
  if (query) visit(query);
  return fields;
}
