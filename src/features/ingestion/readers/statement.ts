/** The neutral language that every reader speaks: what a message says, free of how its producer spells it. */

export type AssetKind = 'DATASET' | 'JOB' | 'DASHBOARD' | 'TERM' | 'DOMAIN' | 'DATA_PRODUCT';

/** Kinds of message that are received; each has a reader in read-message.ts. */
export type RawKind = 'OPENLINEAGE' | 'DBT' | 'CRAWL' | 'CSV' | 'ODCS' | 'DCAT' | 'DATAHUB' | 'WITHDRAWAL';

export interface AssetRef {
  readonly kind: AssetKind;
  readonly namespace: string;
  readonly name: string;
}

type Word =
  /** True: a message of its own is about the asset, even if it says nothing more; so it is no placeholder. */
  | 'exists'
  | 'displayName'
  | 'description'
  | 'platform'
  | 'subtype'
  | 'domain'
  | 'sensitivity'
  | 'lifecycle'
  /** Why it is deprecated or retired. */
  | 'lifecycleNote'
  /** Reference of the asset to use instead. */
  | 'successor'
  | 'tags'
  | 'terms'
  | 'owners'
  /** Other words for a term: list of texts. */
  | 'synonyms'
  /** Names of the data products that an asset belongs to: list of texts. */
  | 'dataProducts'
  | 'schema'
  /** What a source says about all columns at once, so that what it leaves out is taken back: see `ColumnWords`. */
  | 'columnWords'
  /** Said when a dataset is dropped and never taken back: lineage from before stays closed, whatever comes later. */
  | 'droppedAt';

/**
 * A source that has a word from several places keeps them apart, each with a register of its own: `description#edited` is
 * what people wrote there and stands before `description`; any other register, `description#documentation`, comes after it.
 */
export type FactAttribute =
  | Word
  | `${Word}#${string}`
  | `facet:${string}`
  /** How a database keeps a table: keys, figures, SQL of a view. Read by features/assets/physical.ts. */
  | `physical:${string}`
  /** What another catalog calls the asset, so that it is found by that too: a URN. Value true. */
  | `externalRef:${string}`;

/** One source's word about one attribute. `columnPath` '' is the asset itself; value null withdraws an earlier word. */
export interface FactStatement {
  readonly asset: AssetRef;
  readonly columnPath: string;
  readonly attribute: FactAttribute;
  readonly value: unknown;
  readonly assertedAt: Date;
  readonly assertedBy: string | null;
}

/** Value of `columnWords`: by column path. Description and type are those of somebody who may not list every column. */
export type ColumnWords = Readonly<
  Record<
    string,
    {
      readonly tags: readonly string[];
      readonly terms: readonly string[];
      readonly sensitivity: number | null;
      readonly description?: string | null;
      readonly type?: string | null;
    }
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
  /** What it read and wrote, as far as the message says. */
  readonly datasets?: readonly RunDatasetStatement[];
}

export interface RunDatasetStatement {
  readonly dataset: AssetRef;
  readonly direction: 'INPUT' | 'OUTPUT';
  /** What is said of the dataset in this run: statistics, subset, quality, version. */
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
  /** Said entry by entry: these inputs feed nothing else of the job, unless the job itself is said to consume them. */
  readonly isExplicit?: boolean;
  /** The job itself is a source: it is also fed by whatever the job consumes. */
  readonly isFromJob?: boolean;
  /** `asset` is the statement's own job: what it consumes, besides what its outputs name. */
  readonly isJob?: boolean;
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
  /** SNAPSHOT: each message of the run says everything, so the newest stands for all, accumulated ones included. */
  readonly mode: 'ACCUMULATE' | 'REPLACE' | 'SNAPSHOT';
}

/** Two names of one asset; the first is the one to show. */
export interface AliasStatement {
  readonly asset: AssetRef;
  readonly alias: AssetRef;
  readonly origin: 'SYMLINK' | 'RENAME';
  readonly at: Date;
}

/** Which names a sync looked at, as globs over asset names: `*` is any run of characters. No `include` is everything. */
export interface SyncScope {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/** A source that lists what it has, so that what it no longer lists can go. Messages of one sync share its id. */
export interface SyncStatement {
  readonly id: string;
  /** When the sync began. */
  readonly at: Date;
  readonly scope: SyncScope;
  /** Said in the last message: everything in scope has been listed. Only then may what was not seen be missing. */
  readonly isComplete: boolean;
  /** In the last message: how many the sync has, so that it counts only when all have come. 1 when left out. */
  readonly parts?: number;
  /** A person has ended the source: what it does not see is removed at once. */
  readonly isWithdrawal?: boolean;
  /** GUARD: too much going at once is held for a person to decide. APPLY: who sent it has decided. */
  readonly removals: 'GUARD' | 'APPLY';
  /** What the source has, as far as this message says. */
  readonly seen: readonly AssetRef[];
}

export type SourceKind = 'OPENLINEAGE' | 'DBT' | 'CRAWLER' | 'FILE' | 'CONTRACT' | 'CATALOG';

/** Lower ranks win. People have 0. */
export const SOURCE_RANKS: Readonly<Record<SourceKind, number>> = {
  CONTRACT: 10,
  FILE: 15,
  DBT: 20,
  CATALOG: 25,
  CRAWLER: 30,
  OPENLINEAGE: 40,
};

export interface Reading {
  /** `key` names the source for people too: 'dbt:jaffle_shop', 'openlineage', 'csv:glossary'. */
  readonly source: { readonly key: string; readonly kind: SourceKind };
  readonly facts: readonly FactStatement[];
  readonly runs: readonly RunStatement[];
  readonly lineage: readonly LineageStatement[];
  /** Every asset that is mentioned. */
  readonly assets: readonly AssetRef[];
  /** Named in passing; nothing is written about them, so a token for other namespaces may name them. */
  readonly mentions?: readonly AssetRef[];
  readonly aliases?: readonly AliasStatement[];
  /** Left out: the source does not list what it has, so nothing goes missing by its word. */
  readonly sync?: SyncStatement;
  /** What was odd and taken all the same. */
  readonly warnings: readonly { readonly path: string; readonly message: string }[];
}

export function refText(ref: AssetRef): string {
  return JSON.stringify([ref.kind, ref.namespace, ref.name]);
}

/** Every asset that a statement names. */
export function refsOf({ job, inputs, outputs }: LineageStatement): AssetRef[] {
  const precise = outputs.flatMap((output) => [
    output.asset,
    ...(output.inputs ?? []),
    ...(output.columnFlows ?? []).flatMap(({ source, target }) => [source, target]),
  ]);
  return [...(job ? [job] : []), ...inputs, ...precise];
}
