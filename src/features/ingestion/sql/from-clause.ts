import { at as valueAt, isObject, listAt, textAt, type JsonObject } from '../readers/json.js';
import { identifier, identifiersAt, nodeOf, tableName, type AstNode } from './ast.js';
import { allUses, type Surroundings } from './expression.js';
import { columnOf, type Relation, type Scope } from './scope.js';
import { composedAll, distinct, renamed, type Result, type ResultColumn, type Use } from './use.js';

/** What a FROM clause needs of the query it is in. */
export interface Sources {
  resolve(query: unknown, scope: Scope): Result;
  surroundings(scope: Scope): Surroundings;
  /** A CTE or an earlier temporary table by its written name. */
  named(table: readonly string[], scope: Scope): Result | null;
  /** Columns of a stored table; null when nobody knows them. */
  stored(table: readonly string[]): readonly string[] | null;
}

interface Found {
  readonly relation: Relation;
  readonly influences: readonly Use[];
}

/** Resolves what stands in FROM: tables, queries, joins, values, functions, pivots, lateral views. */
export class FromClause {
  constructor(private readonly sources: Sources) {}

  /** The scope with all relations, and the columns that joins and inner queries use to decide about rows. */
  resolve(items: readonly unknown[], joins: readonly unknown[], outer: Scope): { scope: Scope; influences: Use[] } {
    const whole = [...items.map((item) => ({ this: item })), ...joins.filter(isObject)];
    return this.joined(whole, { ...outer, relations: [] });
  }

  private joined(joins: readonly JsonObject[], outer: Scope): { scope: Scope; influences: Use[] } {
    let scope = outer;
    const influences: Use[] = [];
    for (const join of joins) {
      const added = this.join(join, scope);
      scope = added.scope;
      influences.push(...added.influences);
    }
    return { scope, influences };
  }

  private join(join: JsonObject, scope: Scope): { scope: Scope; influences: Use[] } {
    const node = nodeOf(join['this']);
    if (!node) return { scope, influences: [] };
    const inner = joinsWithin(node);
    if (inner) {
      const { scope: within, influences } = this.joined(inner, scope);
      return {
        scope: within,
        influences: [...influences, ...this.joinUses(join, identifiersAt(join, 'using'), within)],
      };
    }
    const found = this.relation(node, scope);
    const merged = mergedColumns(join, scope.relations, found.relation);
    const next = { ...scope, relations: [...scope.relations, { ...found.relation, mergedColumns: merged }] };
    return { scope: next, influences: [...found.influences, ...this.joinUses(join, merged, next)] };
  }

  /** `lateral view explode(list) t as item`: every column comes from what goes in. */
  withLateralViews(views: readonly unknown[], scope: Scope): Scope {
    return views.reduce<Scope>((known, view) => {
      const uses = composedAll(allUses(valueAt(view, 'this'), this.sources.surroundings(known)), 'TRANSFORMATION');
      const alias = identifier(valueAt(view, 'table_alias'));
      const relation = made(alias, identifiersAt(view, 'column_aliases'), distinct(uses));
      return { ...known, relations: [...known.relations, relation] };
    }, scope);
  }

  private joinUses(join: JsonObject, merged: readonly string[], scope: Scope): Use[] {
    const on = allUses(join['on'] ?? {}, this.sources.surroundings(scope));
    const using = merged.flatMap((name) => scope.relations.flatMap((relation) => ownUses(relation, name)));
    return composedAll([...on, ...using], 'JOIN');
  }

  private relation(node: AstNode, scope: Scope): Found {
    const { kind, body } = node;
    const alias = identifier(body['alias']);
    const names = identifiersAt(body, 'column_aliases');
    if (kind === 'table') return this.table(body, { alias, names }, scope);
    if (kind === 'pivot' || kind === 'unpivot') return { relation: this.pivot(node, scope), influences: [] };
    const inner = nodeOf(body['this']);
    if (inner?.kind === 'table') {
      return this.table(inner.body, { alias: alias ?? identifier(inner.body['alias']), names }, scope);
    }
    if (kind === 'subquery' && inner?.kind !== 'values') {
      return resultRelation(alias, renamed(this.sources.resolve(body['this'], scope), names));
    }
    // VALUES, UNNEST, table functions: every column comes from everything that goes in, also from relations before.
    const uses = composedAll(allUses(body['this'] ?? body, this.sources.surroundings(scope)), 'TRANSFORMATION');
    return { relation: made(alias, names, distinct(uses)), influences: [] };
  }

  private table(
    body: JsonObject,
    { alias, names }: { readonly alias: string | null; readonly names: readonly string[] },
    scope: Scope,
  ): Found {
    const table = tableName(body);
    const own = alias ?? table.at(-1) ?? null;
    const result = this.sources.named(table, scope);
    if (result) return resultRelation(own, renamed(result, names));
    const columns = this.sources.stored(table)?.map((column) => ({ name: column, uses: [storedUse(table, column)] }));
    const known = columns && renamed({ columns, isComplete: true, influences: [] }, names).columns;
    return {
      relation: { alias: own, table, columns: known ?? null, anyColumn: null, mergedColumns: [] },
      influences: [],
    };
  }

  /** What is not pivoted passes through as it is; every other column comes from what is aggregated, by the named values. */
  private pivot({ body }: AstNode, scope: Scope): Relation {
    const { this: source, expressions, alias, ...rest } = body;
    const inner = nodeOf(source);
    const known = inner ? this.relation(inner, scope).relation : null;
    const around = this.sources.surroundings({ ...scope, relations: known ? [known] : [] });
    const uses = distinct([
      ...composedAll(allUses(expressions, around), 'TRANSFORMATION'),
      ...composedAll(allUses(rest, around), 'CONDITIONAL'),
    ]);
    const columns = known?.columns?.filter((column) => !sharesColumn(column, uses)) ?? null;
    // Whose a column is cannot be told where the columns that pass through are not known.
    const anyColumn = columns ? uses : [];
    return { alias: identifier(alias) ?? known?.alias ?? null, table: null, columns, anyColumn, mergedColumns: [] };
  }
}

/** `(a join b on …)`, as databases write the SQL of their views: what is in it belongs to the query around. */
function joinsWithin({ kind, body }: AstNode): JsonObject[] | null {
  const inner = kind === 'paren' ? nodeOf(body['this']) : null;
  if (inner) return joinsWithin(inner);
  if (kind !== 'joined_table' || identifier(body['alias'])) return null;
  return [{ this: body['left'] }, ...listAt(body, 'joins').filter(isObject)];
}

/** Columns beyond a star that could not be expanded are somebody's, and nobody knows whose. */
function resultRelation(alias: string | null, { columns, isComplete, influences }: Result): Found {
  return {
    relation: { alias, table: null, columns, anyColumn: isComplete ? null : [], mergedColumns: [] },
    influences,
  };
}

function made(alias: string | null, names: readonly string[], uses: readonly Use[]): Relation {
  const columns = names.length > 0 ? names.map((name) => ({ name, uses })) : null;
  return { alias, table: null, columns, anyColumn: uses, mergedColumns: [] };
}

function ownUses({ columns, table }: Relation, name: string): readonly Use[] {
  return columnOf(columns, name)?.uses ?? (table && columns === null ? [storedUse(table, name)] : []);
}

function storedUse(table: readonly string[], column: string): Use {
  return { table, column, subtype: 'IDENTITY', isMasked: false };
}

function sharesColumn(column: ResultColumn, uses: readonly Use[]): boolean {
  return column.uses.some((own) =>
    uses.some((use) => use.column === own.column && use.table.join('.') === own.table.join('.')),
  );
}

/** USING names them; NATURAL means all that both sides are known to have. */
function mergedColumns(join: JsonObject, left: readonly Relation[], right: Relation): string[] {
  const using = identifiersAt(join, 'using');
  if (using.length > 0 || !/natural/i.test(textAt(join, 'kind') ?? '')) return using;
  const known = new Set(left.flatMap(({ columns }) => (columns ?? []).map(({ name }) => name.toLowerCase())));
  return (right.columns ?? []).map(({ name }) => name).filter((name) => known.has(name.toLowerCase()));
}

/** Tables of an UPDATE or DELETE, which the parser gives without a node around them. */
export function asSources(tables: readonly unknown[]): unknown[] {
  return tables.map((table) => (nodeOf(table) ? table : { table }));
}

export function fromItems(body: JsonObject): readonly unknown[] {
  return listAt(body, 'from', 'expressions');
}
