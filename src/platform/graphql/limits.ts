import {
  GraphQLError,
  Kind,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isListType,
  isObjectType,
  typeFromAST,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** What one operation may ask for at most. */
export interface QueryLimits {
  readonly maxDepth: number;
  readonly maxAliases: number;
  readonly maxCost: number;
}

/** What one operation asks for. */
export interface QueryMeasure {
  /** Fields nested in one another; fragments do not count. What lies inside `__schema` and `__type` does not either. */
  readonly depth: number;
  /** Aliases, a fragment's each time it is used. */
  readonly aliases: number;
  /**
   * Every field costs 1. What is inside a list counts as often as the list may be long: the `first` or `maxNodes` of
   * the field itself or of the field around it (`assets(first: 50) { nodes { … } }` counts the inside 50 times),
   * otherwise 10 times.
   */
  readonly cost: number;
}

/** An operation together with what is needed to measure it. The document must be valid. */
export interface Measured {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

const DEFAULT_LIST_LENGTH = 10;
const PAGE_ARGUMENTS = ['first', 'maxNodes'];
const NOTHING: QueryMeasure = { depth: 0, aliases: 0, cost: 0 };

/** Throws the first limit that the operation breaks: HTTP 400 with a code that names it. */
export function requireWithinLimits(measured: Measured, limits: QueryLimits): void {
  const { depth, aliases, cost } = measure(measured);
  if (depth > limits.maxDepth) throw tooMuch('QUERY_TOO_DEEP', 'nests fields', depth, limits.maxDepth);
  if (aliases > limits.maxAliases) throw tooMuch('QUERY_TOO_MANY_ALIASES', 'uses aliases', aliases, limits.maxAliases);
  if (cost > limits.maxCost) throw tooMuch('QUERY_TOO_COSTLY', 'costs', cost, limits.maxCost);
}

export function measure(measured: Measured): QueryMeasure {
  const root = measured.schema.getRootType(measured.operation.operation);
  return root ? new Measurement(measured).ofSelections(measured.operation.selectionSet, root, null) : NOTHING;
}

function tooMuch(code: string, what: string, actual: number, limit: number): GraphQLError {
  const message = `The query ${what} ${actual} (limit ${limit}). Ask for less at once, or in several requests.`;
  return new GraphQLError(message, { extensions: { code, limit, actual, http: { status: 400 } } });
}

/** One walk. Fragments are measured once per place they can stand in, so that nested ones do not multiply the work. */
class Measurement {
  private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  private readonly known = new Map<string, QueryMeasure>();

  constructor(private readonly measured: Measured) {
    const definitions = measured.document.definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
    this.fragments = new Map(definitions.map((node) => [node.name.value, node]));
  }

  /** `page`: how long the lists directly in here may be, when a page argument of the field around says so. */
  ofSelections(selections: SelectionSetNode, parent: GraphQLNamedType, page: number | null): QueryMeasure {
    let sum = NOTHING;
    for (const selection of selections.selections) sum = add(sum, this.ofSelection(selection, parent, page));
    return sum;
  }

  private ofSelection(
    selection: SelectionSetNode['selections'][number],
    parent: GraphQLNamedType,
    page: number | null,
  ): QueryMeasure {
    switch (selection.kind) {
      case Kind.FIELD:
        return this.ofField(selection, parent, page);
      case Kind.FRAGMENT_SPREAD:
        return this.ofFragment(selection.name.value, page);
      case Kind.INLINE_FRAGMENT: {
        const { typeCondition } = selection;
        const type = typeCondition ? (typeFromAST(this.measured.schema, typeCondition) ?? parent) : parent;
        return this.ofSelections(selection.selectionSet, type, page);
      }
    }
  }

  private ofFragment(name: string, page: number | null): QueryMeasure {
    const key = `${page ?? '-'} ${name}`;
    const known = this.known.get(key);
    if (known) return known;
    // Stands in for the fragment while it is measured, so that a cycle (which validation refuses) would end here.
    this.known.set(key, NOTHING);
    const fragment = this.fragments.get(name);
    const type = fragment && typeFromAST(this.measured.schema, fragment.typeCondition);
    const result = fragment && type ? this.ofSelections(fragment.selectionSet, type, page) : NOTHING;
    this.known.set(key, result);
    return result;
  }

  private ofField(field: FieldNode, parent: GraphQLNamedType, page: number | null): QueryMeasure {
    const aliases = field.alias ? 1 : 0;
    const definition = fieldOf(parent, field.name.value);
    if (!field.selectionSet || !definition) return { depth: 1, aliases, cost: 1 };
    const ownPage = this.pageOf(field, definition);
    const inside = this.ofSelections(field.selectionSet, getNamedType(definition.type), ownPage);
    const isIntrospection = field.name.value.startsWith('__');
    const isList = !isIntrospection && isListType(getNullableType(definition.type));
    const times = isList ? (ownPage ?? page ?? DEFAULT_LIST_LENGTH) : 1;
    return {
      depth: 1 + (isIntrospection ? 0 : inside.depth),
      aliases: aliases + inside.aliases,
      cost: 1 + times * (isIntrospection ? 1 : inside.cost),
    };
  }

  /** The length that the field's page argument asks for: given, from a variable, or the schema's default. */
  private pageOf(field: FieldNode, definition: GraphQLField<unknown, unknown>): number | null {
    const argument = definition.args.find(({ name }) => PAGE_ARGUMENTS.includes(name));
    if (!argument) return null;
    const given = field.arguments?.find(({ name }) => name.value === argument.name)?.value;
    const value = given?.kind === Kind.VARIABLE ? this.variable(given.name.value) : literalNumber(given);
    const length = Number(value ?? argument.defaultValue ?? DEFAULT_LIST_LENGTH);
    // The resolver refuses what is no page size; here it must only not make the rest look cheap.
    return Number.isFinite(length) ? Math.max(1, length) : DEFAULT_LIST_LENGTH;
  }

  private variable(name: string): unknown {
    const given = this.measured.variables[name];
    if (given !== undefined) return given;
    const definitions = this.measured.operation.variableDefinitions ?? [];
    return literalNumber(definitions.find(({ variable }) => variable.name.value === name)?.defaultValue);
  }
}

function literalNumber(node: { readonly kind: string; readonly value?: unknown } | undefined): unknown {
  return node?.kind === Kind.INT ? node.value : undefined;
}

function fieldOf(parent: GraphQLNamedType, name: string): GraphQLField<unknown, unknown> | undefined {
  if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
  if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  return isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
}

function add(a: QueryMeasure, b: QueryMeasure): QueryMeasure {
  return { depth: Math.max(a.depth, b.depth), aliases: a.aliases + b.aliases, cost: a.cost + b.cost };
}
