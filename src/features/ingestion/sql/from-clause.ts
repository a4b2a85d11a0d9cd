import { at as valueAt, isObject, listAt, type JsonObject } from '../readers/json.js';
import { identifier, identifiersAt, nodeOf, tableName, type AstNode } from './ast.js';
import { allUses, type Surroundings } from './expression.js';
import { isHalfJoin, joined } from './join.js';
import { pivoted, unpivoted } from './pivot.js';
import { columnOf, isSameName, relationCalled, storedUse, usesIn, type Relation, type Scope } from './scope.js';
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
  readonly relations: readonly Relation[];
  readonly influences: readonly Use[];
}

/** Resolves what stands in FROM: tables, queries, joins, values, functions, pivots, lateral views. */
export class FromClause {
  constructor(private readonly sources: Sources) {}

  /** The scope with all relations, and the columns that joins and inner queries use to decide about rows. */
  resolve(items: readonly unknown[], joins: readonly unknown[], outer: Scope): { scope: Scope; influences: Use[] } {
    let scope: Scope = { ...outer, relations: [], merged: [] };
    const influences: Use[] = [];
    for (const join of [...items.map((item) => ({ this: item })), ...joins.filter(isObject)]) {
      const node = nodeOf(join['this']);
      if (!node) continue;
      const found = this.found(node, scope);
      const { scope: both, deciding } = joined(join, scope, found.relations);
      const on = allUses(valueAt(join, 'on') ?? {}, this.sources.surroundings(both));
      influences.push(...found.influences, ...composedAll([...on, ...deciding], 'JOIN'));
      if (!isHalfJoin(join)) scope = both;
    }
    return { scope, influences };
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

  private found(node: AstNode, scope: Scope): Found {
    const { kind, body } = node;
    const alias = identifier(body['alias']);
    const names = identifiersAt(body, 'column_aliases');
    if (kind === 'table') return this.table(body, { alias, names }, scope);
    const joins = joinsWithin(node);
    if (joins) return this.joinedTable(joins.body, scope);
    if (kind === 'pivot' || kind === 'unpivot') return this.turned(node, scope);
    const inner = nodeOf(body['this']);
    if (inner?.kind === 'table') {
      return this.table(inner.body, { alias: alias ?? identifier(inner.body['alias']), names }, scope);
    }
    if (kind === 'subquery') return resultFound(alias, renamed(this.sources.resolve(body['this'], scope), names));
    if (kind === 'values') return resultFound(alias, renamed(this.sources.resolve({ values: body }, scope), names));
    // UNNEST, table functions: every column comes from everything that goes in, also from relations before.
    const uses = composedAll(allUses(body['this'] ?? body, this.sources.surroundings(scope)), 'TRANSFORMATION');
    return { relations: [made(alias, names, distinct(uses))], influences: [] };
  }

  private joinedTable(body: JsonObject, scope: Scope): Found {
    const { scope: inside, influences } = this.resolve([body['left']], listAt(body, 'joins'), {
      ...scope,
      outer: scope,
    });
    return { relations: inside.relations, influences };
  }

  private table(
    body: JsonObject,
    { alias, names }: { readonly alias: string | null; readonly names: readonly string[] },
    scope: Scope,
  ): Found {
    const table = tableName(body);
    const own = alias ?? table.at(-1) ?? null;
    const result = this.sources.named(table, scope);
    if (result) return resultFound(own, renamed(result, names));
    const list = listIn(table, scope);
    if (list) return { relations: [made(own, names, list)], influences: [] };
    const columns = this.sources.stored(table)?.map((column) => ({ name: column, uses: [storedUse(table, column)] }));
    const known = columns ? renamed({ columns, gapAt: null, influences: [] }, names).columns : null;
    const relation = { alias: own, table, columns: known, isOpen: !known, anyColumn: null, mergedColumns: [] };
    return { relations: [relation], influences: [] };
  }

  private turned(node: AstNode, scope: Scope): Found {
    const inner = nodeOf(node.body['this']);
    const { relations, influences } = inner ? this.found(inner, scope) : { relations: [], influences: [] };
    const around = this.sources.surroundings({ ...scope, relations, merged: [] });
    const turn = node.kind === 'pivot' ? pivoted : unpivoted;
    return { relations: [turn(node, relations[0] ?? null, around)], influences };
  }
}

/** `((a join b on …))`, as databases write the SQL of their views; null for what is no join. */
function joinsWithin(node: AstNode): AstNode | null {
  const inner = node.kind === 'paren' ? nodeOf(node.body['this']) : null;
  if (inner) return joinsWithin(inner);
  return node.kind === 'joined_table' ? node : null;
}

/** `from t as q, q.list as item` (BigQuery): a list in a column of what stands before; null when it is a table. */
function listIn([qualifier = '', ...path]: readonly string[], scope: Scope): Use[] | null {
  const [name] = path;
  const relation = name === undefined ? null : relationCalled({ ...scope, outer: null }, [qualifier]);
  if (!relation || name === undefined) return null;
  const isTablesName = isSameName(relation.table?.at(-1) ?? null, relation.alias);
  if (isTablesName && !columnOf(relation.columns, name)) return null;
  return composedAll(usesIn(relation, name) ?? [], 'TRANSFORMATION');
}

/** Columns beyond a star that could not be expanded are somebody's, and nobody knows whose. */
function resultFound(alias: string | null, { columns, gapAt, influences }: Result): Found {
  const isOpen = gapAt !== null;
  const relation = { alias, table: null, columns, isOpen, anyColumn: isOpen ? [] : null, mergedColumns: [] };
  return { relations: [relation], influences };
}

function made(alias: string | null, names: readonly string[], uses: readonly Use[]): Relation {
  const columns: ResultColumn[] | null = names.length > 0 ? names.map((name) => ({ name, uses })) : null;
  return { alias, table: null, columns, isOpen: !columns, anyColumn: uses, mergedColumns: [] };
}

/** Tables of an UPDATE or DELETE, which the parser gives without a node around them. */
export function asSources(tables: readonly unknown[]): unknown[] {
  return tables.map((table) => (nodeOf(table) ? table : { table }));
}

export function fromItems(body: JsonObject): readonly unknown[] {
  return listAt(body, 'from', 'expressions');
}
