/** The neutral language that every reader speaks: what a message says, free of how its producer spells it. */

export type AssetKind = 'DATASET' | 'JOB' | 'DASHBOARD';

export interface AssetRef {
  readonly kind: AssetKind;
  readonly namespace: string;
  readonly name: string;
}

export type FactAttribute =
  | 'displayName'
  | 'description'
  | 'platform'
  | 'subtype'
  | 'domain'
  | 'sensitivity'
  | 'lifecycle'
  | 'tags'
  | 'terms'
  | 'owners'
  | 'schema'
  /** What a source says about all columns at once, so that what it leaves out is taken back: see `ColumnWords`. */
  | 'columnWords'
  | `facet:${string}`;

/** One source's word about one attribute. `columnPath` '' is the asset itself; value null withdraws an earlier word. */
export interface FactStatement {
  readonly asset: AssetRef;
  readonly columnPath: string;
  readonly attribute: FactAttribute;
  readonly value: unknown;
  readonly assertedAt: Date;
  readonly assertedBy: string | null;
}

/** Value of `columnWords`: by column path. */
export type ColumnWords = Readonly<
  Record<
    string,
    { readonly tags: readonly string[]; readonly terms: readonly string[]; readonly sensitivity: number | null }
  >
>;

export interface SchemaField {
  /** Dotted for nested fields. */
  readonly path: string;
  readonly type: string | null;
  readonly description: string | null;
  readonly ordinal: number;
}

export type RunEventType = 'START' | 'RUNNING' | 'COMPLETE' | 'FAIL' | 'ABORT' | 'OTHER';

export interface RunStatement {
  readonly job: AssetRef;
  /** As the producer spells it; not always a UUID. */
  readonly externalId: string;
  readonly eventTime: Date;
  readonly eventType: RunEventType;
  readonly facets: Readonly<Record<string, unknown>>;
}

export interface ColumnFlow {
  readonly source: AssetRef;
  readonly sourcePath: string;
  readonly target: AssetRef;
  /** '' = the source influences every column of the target. */
  readonly targetPath: string;
  /** 'DIRECT/IDENTITY', 'INDIRECT/FILTER', … sorted, each once. */
  readonly transformations: readonly string[];
  readonly isDirect: boolean;
  readonly isMasked: boolean;
}

export interface StatedOutput {
  readonly asset: AssetRef;
  /** Left out: the output says nothing precise. */
  readonly columnFlows?: readonly ColumnFlow[];
  /** Left out: every input of the job may feed it. */
  readonly inputs?: readonly AssetRef[];
  /** The column flows were read from SQL: they give way to what a producer says, and leave the inputs as they are. */
  readonly isInferred?: boolean;
}

/** What one message says about flows. A run accumulates over its events; a declaration replaces the one before. */
export interface LineageStatement {
  readonly origin: 'DECLARED' | 'OBSERVED' | 'SQL' | 'DBT' | 'MANUAL';
  readonly job: AssetRef | null;
  readonly run: string | null;
  readonly at: Date;
  /** Decides between two messages of one time. */
  readonly hash: string;
  readonly inputs: readonly AssetRef[];
  readonly outputs: readonly StatedOutput[];
  readonly mode: 'ACCUMULATE' | 'REPLACE';
}

/** Two names of one asset; the first is the one to show. */
export interface AliasStatement {
  readonly asset: AssetRef;
  readonly alias: AssetRef;
  readonly origin: 'SYMLINK' | 'RENAME';
  readonly at: Date;
}

export interface Reading {
  readonly source: { readonly key: string; readonly kind: 'OPENLINEAGE' | 'DBT'; readonly rank: number };
  readonly facts: readonly FactStatement[];
  readonly runs: readonly RunStatement[];
  readonly lineage: readonly LineageStatement[];
  /** Every asset that is mentioned. */
  readonly assets: readonly AssetRef[];
  readonly aliases?: readonly AliasStatement[];
  /** What was odd and taken all the same. */
  readonly warnings: readonly { readonly path: string; readonly message: string }[];
}

export function refText(ref: AssetRef): string {
  return JSON.stringify([ref.kind, ref.namespace, ref.name]);
}
