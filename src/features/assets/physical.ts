import { z } from 'zod';

/** How a database keeps a table: facts `physical:…`, written by features/ingestion/readers/crawl. */

const names = z.array(z.string());
const key = z.object({ name: z.string(), columns: names });
const index = key.extend({
  isUnique: z.boolean(),
  method: z.string(),
  isPartial: z.boolean(),
  hasExpressions: z.boolean(),
});
const foreignKey = key.extend({ references: z.object({ table: z.string(), columns: names }) });

export const structureValue = z.object({
  primaryKey: names,
  uniqueKeys: z.array(key),
  foreignKeys: z.array(foreignKey),
  indexes: z.array(index),
  isNullable: z.record(z.string(), z.boolean()),
});
export const statisticsValue = z.object({ rowEstimate: z.number().nullable(), sizeBytes: z.number().nullable() });
export const viewValue = z.object({ sql: z.string(), reads: names.nullable() });

export type Structure = z.infer<typeof structureValue>;
type Index = z.infer<typeof index>;
type ForeignKey = z.infer<typeof foreignKey>;

/** What the viewer may see of a dataset. */
export interface Sight {
  readonly columns: ReadonlySet<string>;
  readonly isWhole: boolean;
}

/**
 * Hidden equals missing: a hidden column leaves the primary key, and takes with it the keys and indexes it is part of,
 * whose names often say what they are made of. What an expression or a condition uses is not told: such an index is for
 * those who see all columns.
 */
export function visibleStructure(
  structure: Structure,
  own: Sight,
  sightOf: (table: string) => Sight | null,
): Pick<Structure, 'primaryKey' | 'uniqueKeys' | 'foreignKeys' | 'indexes'> {
  const isSeen = ({ columns }: { readonly columns: readonly string[] }): boolean =>
    columns.every((column) => own.columns.has(column));
  const isWhole = ({ isPartial, hasExpressions }: Index): boolean => own.isWhole || (!isPartial && !hasExpressions);
  const isTargetSeen = ({ references }: ForeignKey): boolean => {
    const target = sightOf(references.table);
    return target !== null && references.columns.every((column) => target.columns.has(column));
  };
  return {
    primaryKey: structure.primaryKey.filter((column) => own.columns.has(column)),
    uniqueKeys: structure.uniqueKeys.filter(isSeen),
    foreignKeys: structure.foreignKeys.filter((one) => isSeen(one) && isTargetSeen(one)),
    indexes: structure.indexes.filter((one) => isSeen(one) && isWhole(one)),
  };
}
