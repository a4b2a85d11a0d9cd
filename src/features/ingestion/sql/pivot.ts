import { listAt, textAt } from '../readers/json.js';
import { identifier, identifiersAt, nodeOf, nodesAt, type AstNode } from './ast.js';
import { allUses, usesOf, type Surroundings } from './expression.js';
import { isSameName, type Relation } from './scope.js';
import { composedAll, distinct, type ResultColumn, type Use } from './use.js';

/** What is not pivoted passes through as it is; every other column comes from what is aggregated, by the named values. */
export function pivoted({ body }: AstNode, source: Relation | null, around: Surroundings): Relation {
  const { this: _, expressions, alias, ...rest } = body;
  const uses = distinct([
    ...composedAll(allUses(expressions, around), 'TRANSFORMATION'),
    ...composedAll(allUses(rest['fields'] ?? rest, around), 'CONDITIONAL'),
  ]);
  const kept = source?.columns?.filter((column) => !sharesColumn(column, uses)) ?? null;
  const names = pivotNames(body['fields'], listAt(expressions));
  return {
    alias: identifier(alias) ?? source?.alias ?? null,
    table: null,
    columns: kept && [...kept, ...(names ?? []).map((name) => ({ name, uses }))],
    isOpen: kept === null || names === null,
    // Whose a column is cannot be told where the columns that pass through are not known.
    anyColumn: kept ? uses : [],
    mergedColumns: [],
  };
}

/** Named after the values, where there is one aggregate without a name; null where every store has its own way. */
function pivotNames(fields: unknown, aggregates: readonly unknown[]): string[] | null {
  const [aggregate] = nodesAt(aggregates);
  const [field, ...others] = nodesAt(fields);
  if (!field || others.length > 0 || aggregates.length !== 1 || aggregate?.kind === 'alias') return null;
  const names = nodesAt(field.body, 'expressions').map(({ kind, body }) => {
    if (kind === 'pivot_alias') return identifier(nodeOf(body['alias'])?.body['name'] ?? body['alias']);
    return kind === 'column' ? identifier(body['name']) : textAt(body, 'value');
  });
  return names.every((name) => name !== null) ? names : null;
}

/** The columns that are turned into rows come out as they are, under one name; the other new column holds their names. */
export function unpivoted({ body }: AstNode, source: Relation | null, around: Surroundings): Relation {
  const groups = nodesAt(body, 'columns').map((node) =>
    node.kind === 'tuple' ? nodesAt(node.body, 'expressions') : [node],
  );
  const values = [body['value_column'], ...listAt(body, 'extra_value_columns')].flatMap(
    (name) => identifier(name) ?? [],
  );
  const columns = values.map((name, index) => ({
    name,
    uses: distinct(groups.flatMap((group) => (group[index] ? usesOf(group[index], around) : []))),
  }));
  const turned = groups.flat().flatMap((node) => identifier(node.body['name']) ?? []);
  const kept = source?.columns?.filter(({ name }) => !turned.some((one) => isSameName(one, name))) ?? null;
  const names = identifiersAt([body['name_column']]).map((name): ResultColumn => ({ name, uses: [] }));
  return {
    alias: identifier(body['alias']) ?? source?.alias ?? null,
    table: null,
    columns: [...(kept ?? []), ...names, ...columns],
    isOpen: kept === null,
    anyColumn: kept ? null : [],
    mergedColumns: [],
  };
}

function sharesColumn(column: ResultColumn, uses: readonly Use[]): boolean {
  return column.uses.some((own) =>
    uses.some((use) => use.column === own.column && use.table.join('.') === own.table.join('.')),
  );
}
