import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** An instant, RFC 3339 in UTC. */
  DateTime: { input: Date; output: Date; }
  /** Any JSON value. Used only for what producers send and we keep verbatim. */
  JSON: { input: unknown; output: unknown; }
};

/** What an answer about the past rests on. */
export type AccessAsOf = {
  /** The time it is about. */
  at: Scalars['DateTime']['output'];
  /** What is as it was. */
  ofThen: Array<Scalars['String']['output']>;
  /** What no history is kept of, and is as it is today. */
  ofToday: Array<Scalars['String']['output']>;
  /** Version of the policy set that was in force; 0 when none was. */
  policyVersion: Scalars['Int']['output'];
};

/** Which way a decision changes. */
export type AccessChange =
  /** May from then on. */
  | 'GAINED'
  /** May no more. */
  | 'LOST'
  /** May as before, and is shown another mask or other rows. */
  | 'MASK_CHANGED';

/** What granting a request would change, as far as the decider sees it himself. */
export type AccessEffect = {
  /** Columns that he would see and does not now. */
  gains: Array<Scalars['String']['output']>;
  /** Columns that he asks for and would not see: a rule stands above the grant. */
  refused: Array<Scalars['String']['output']>;
  /** Whether who asks sees the asset already. */
  seesAsset: Scalars['Boolean']['output'];
  /** Whether he would see it. */
  willSeeAsset: Scalars['Boolean']['output'];
};

/** Somebody's request for access to one asset. */
export type AccessRequest = {
  /** The asset, once the caller may see it. */
  asset?: Maybe<Asset>;
  /** Only these columns; null means all. */
  columns?: Maybe<Array<Scalars['String']['output']>>;
  /** When it was made. */
  createdAt: Scalars['DateTime']['output'];
  /** For how long it was asked. */
  days: Scalars['Int']['output'];
  /** When it was decided. */
  decidedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Handle of who decided. */
  decidedBy?: Maybe<Scalars['String']['output']>;
  /** When the grant ends by itself. */
  expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** How many hours an emergency lasts at most. */
  hours?: Maybe<Scalars['Int']['output']>;
  /** Opaque. */
  id: Scalars['ID']['output'];
  /** Asked for in an emergency (break-glass). */
  isEmergency: Scalars['Boolean']['output'];
  /** Whether it was one, as the review found. */
  isJustified?: Maybe<Scalars['Boolean']['output']>;
  /** What it is needed for. */
  purpose: Scalars['String']['output'];
  /** Why it was decided so. */
  reason?: Maybe<Scalars['String']['output']>;
  /** What was asked for, as it was written. */
  ref: Scalars['String']['output'];
  /** Id of the request whose grant this one prolongs. */
  renews?: Maybe<Scalars['ID']['output']>;
  /** Handle of who asks. */
  requester: Scalars['String']['output'];
  /** Why the review found so. */
  reviewReason?: Maybe<Scalars['String']['output']>;
  /** When it was reviewed. */
  reviewedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Handle of who reviewed the emergency. */
  reviewedBy?: Maybe<Scalars['String']['output']>;
  /** When somebody ended the grant. */
  revokedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Where it stands. */
  state: AccessRequestState;
  /** Whether the caller may decide it. */
  viewerCanDecide: Scalars['Boolean']['output'];
};

/** A page of requests. */
export type AccessRequestConnection = {
  /** This page. */
  nodes: Array<AccessRequest>;
  /** Where this page ends. */
  pageInfo: PageInfo;
};

/** A new request. */
export type AccessRequestCreateInput = {
  /** Only these columns; left out, all. */
  columns?: InputMaybe<Array<Scalars['String']['input']>>;
  /** For how long: 1–366 days, 30 when left out. */
  days?: InputMaybe<Scalars['Int']['input']>;
  /** What it is needed for. */
  purpose: Scalars['String']['input'];
  /** Reference or id of the asset. */
  ref: Scalars['String']['input'];
};

/** Outcome. */
export type AccessRequestPayload = {
  /** The request as it is now. */
  request?: Maybe<AccessRequest>;
  /** What the caller can correct. */
  userErrors: Array<UserError>;
};

/** States of a request. */
export type AccessRequestState =
  /** Granted. */
  | 'APPROVED'
  /** Waits for a decision. */
  | 'PENDING'
  /** Refused. */
  | 'REJECTED'
  /** Taken back. */
  | 'WITHDRAWN';

/** A person or a service that signs in. */
export type Account = {
  /** Attributes that policies may refer to. */
  attributes: Scalars['JSON']['output'];
  /** What other systems call it: the subject of an identity provider, a mail address. */
  externalIds: Array<Scalars['String']['output']>;
  /** Short unique name, used in owners and policies. */
  handle: Scalars['String']['output'];
  /** Opaque and permanent. */
  id: Scalars['ID']['output'];
  /** PERSON or SERVICE. */
  kind: AccountKind;
  /** Name for people to read. */
  name: Scalars['String']['output'];
  /** Roles that policies may refer to. */
  roles: Array<Scalars['String']['output']>;
  /** Handles of the teams. */
  teams: Array<Scalars['String']['output']>;
  /** Tokens, newest first; secrets are never shown again. */
  tokens: Array<Token>;
};

/** A page of accounts. */
export type AccountConnection = {
  /** This page. */
  nodes: Array<Account>;
  /** Where this page ends. */
  pageInfo: PageInfo;
};

/** A new account. */
export type AccountCreateInput = {
  /** Attributes that policies may refer to. */
  attributes?: InputMaybe<Scalars['JSON']['input']>;
  /** For a person. */
  email?: InputMaybe<Scalars['String']['input']>;
  /** What other systems call it; unique among all accounts. */
  externalIds?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Short unique name: lower case letters, digits, dot and dash. */
  handle: Scalars['String']['input'];
  /** PERSON or SERVICE. */
  kind: AccountKind;
  /** Name for people to read. */
  name: Scalars['String']['input'];
  /** Roles that policies may refer to. */
  roles?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Handles of teams; missing teams are made. */
  teams?: InputMaybe<Array<Scalars['String']['input']>>;
};

/** Kinds of account. */
export type AccountKind =
  /** A human being. */
  | 'PERSON'
  /** A program. */
  | 'SERVICE';

/** Outcome. */
export type AccountPayload = {
  /** The account as it is now. */
  account?: Maybe<Account>;
  /** What the caller can correct. */
  userErrors: Array<UserError>;
};

/** Changes to an account; what is left out stays. */
export type AccountUpdateInput = {
  /** Attributes that policies may refer to. */
  attributes?: InputMaybe<Scalars['JSON']['input']>;
  /** True ends every token's use at once; false lets the account in again. */
  disabled?: InputMaybe<Scalars['Boolean']['input']>;
  /** What other systems call it; unique among all accounts. */
  externalIds?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Name for people to read. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** Roles that policies may refer to. */
  roles?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Handles of teams; missing teams are made. */
  teams?: InputMaybe<Array<Scalars['String']['input']>>;
};

/** What a policy can allow or deny. */
export type Action =
  /** See that an asset exists, and its metadata. */
  | 'discover'
  /** Change people's words about an asset. */
  | 'edit'
  /** Ask why another account may or may not. */
  | 'explain'
  /** Send metadata. */
  | 'ingest'
  /** Change accounts and tokens. */
  | 'manage_accounts'
  /** Change policies. */
  | 'manage_policies'
  /** Look after the service. */
  | 'operate'
  /** See some of the values; takes `discover`. */
  | 'preview'
  /** See some values of a column; takes `read_column`, and `preview` on its dataset. */
  | 'preview_column'
  /** Ask for values in another system; takes `discover`. */
  | 'query'
  /** Ask for values of a column; takes `read_column`, and `query` on its dataset. */
  | 'query_column'
  /** Read the audit log. */
  | 'read_audit'
  /** See that a column exists, and its metadata. */
  | 'read_column';

/** Why two names are one dataset. */
export type AliasOrigin =
  /** A person said so. */
  | 'PERSON'
  /** A producer sent a rename. */
  | 'RENAME'
  /** Its source did not say which store it is in, and one store has a dataset of this name. */
  | 'SAME_NAME'
  /** The store knows both spellings as one name. */
  | 'SPELLING'
  /** A producer sent a symlink. */
  | 'SYMLINK';

/** Two names that may be one dataset: one source describes them as different things, so a person decides. */
export type AliasProposal = {
  /** The other name. */
  alias: Dataset;
  /** The first name. */
  asset: Dataset;
  /** Why they may be the same. */
  origin: AliasOrigin;
  /** When it was first said. */
  since: Scalars['DateTime']['output'];
};

/** A page of proposals. */
export type AliasProposalConnection = {
  /** The proposals of this page. */
  nodes: Array<AliasProposal>;
  /** Where the page ends. */
  pageInfo: PageInfo;
};

/** Something the catalog describes. */
export type Asset = {
  /** How far a person vouches for it. */
  certification?: Maybe<Certification>;
  /** Names of the data products it belongs to. */
  dataProducts: Array<Scalars['String']['output']>;
  /** What it is. */
  description?: Maybe<Scalars['String']['output']>;
  /** Name for people to read. */
  displayName: Scalars['String']['output'];
  /** Business domain as a slash path. */
  domain?: Maybe<Scalars['String']['output']>;
  /** The terms of the glossary that go by these names, as far as the caller may see them. */
  glossaryTerms: Array<Term>;
  /** Opaque and permanent; renames keep it. */
  id: Scalars['ID']['output'];
  /** Named by others, described by nobody yet. */
  isPlaceholder: Scalars['Boolean']['output'];
  /** What kind of thing. */
  kind: AssetKind;
  /** ACTIVE, DEPRECATED or RETIRED. */
  lifecycle: Scalars['String']['output'];
  /** Why it is deprecated. */
  lifecycleNote?: Maybe<Scalars['String']['output']>;
  /** Name inside that system, byte-exact. */
  name: Scalars['String']['output'];
  /** System it lives in, as OpenLineage spells it. */
  namespace: Scalars['String']['output'];
  /** Handles of owning people and teams. */
  owners: Array<Scalars['String']['output']>;
  /** postgres, snowflake, kafka, s3, airflow, … */
  platform?: Maybe<Scalars['String']['output']>;
  /** Whether the sources that list it still do. */
  presence: AssetPresence;
  /** Since when it is missing or removed; null while it is present. */
  presenceSince?: Maybe<Scalars['DateTime']['output']>;
  /** Where each shown value comes from. */
  provenance: Array<Provenance>;
  /** `kind:namespace/name`, percent-encoded parts: readable and unique. */
  ref: Scalars['String']['output'];
  /** How carefully to treat it. */
  sensitivity?: Maybe<Sensitivity>;
  /** The sources that list it, under whatever name. */
  sources: Array<AssetSource>;
  /** TABLE, VIEW, TOPIC, MODEL, … */
  subtype?: Maybe<Scalars['String']['output']>;
  /** What to use instead; null also when the caller may not see it. */
  successor?: Maybe<Asset>;
  /** Free labels. */
  tags: Array<Scalars['String']['output']>;
  /** Glossary terms, as their sources name them. */
  terms: Array<Scalars['String']['output']>;
  /** Last change of the assembled view. */
  updatedAt: Scalars['DateTime']['output'];
  /** How much it is used, as counted every five minutes. */
  usage: AssetUsage;
  /** What the caller may do with it. */
  viewerCan: Array<Action>;
};

/** Another name of a dataset. */
export type AssetAlias = {
  /** Name inside that system, as its source spells it. */
  name: Scalars['String']['output'];
  /** System it lives in, as its source spells it. */
  namespace: Scalars['String']['output'];
  /** Why it is the same. */
  origins: Array<AliasOrigin>;
  /** `kind:namespace/name`, percent-encoded parts; answers with the dataset itself. */
  ref: Scalars['String']['output'];
  /** When it was first said. */
  since: Scalars['DateTime']['output'];
};

/** A page of assets. */
export type AssetConnection = {
  /** This page. */
  nodes: Array<Asset>;
  /** Where this page ends. */
  pageInfo: PageInfo;
  /** How many there are in all, after policy. */
  totalCount: Scalars['Int']['output'];
};

/** What was said otherwise of an asset at one moment than at another. */
export type AssetDifference = {
  /** What it became; empty when it was taken back. */
  after: Array<Scalars['String']['output']>;
  /** The asset, as it is now. */
  asset: Asset;
  /** The attribute: owners, tags, dataType, …; `column` for a column that came or went. */
  attribute: Scalars['String']['output'];
  /** What it was; empty when nothing had been said. */
  before: Array<Scalars['String']['output']>;
  /** Path of the column; null for the asset itself. */
  column?: Maybe<Scalars['String']['output']>;
};

/** Narrows a list of assets. */
export type AssetFilter = {
  /** Only in the data product of this name. */
  dataProduct?: InputMaybe<Scalars['String']['input']>;
  /** Only this domain and what lies under it. */
  domain?: InputMaybe<Scalars['String']['input']>;
  /** Only these kinds. */
  kinds?: InputMaybe<Array<AssetKind>>;
  /** Only up to this sensitivity. */
  maxSensitivity?: InputMaybe<Sensitivity>;
  /** Only certified at least so far, and not expired. */
  minCertification?: InputMaybe<CertificationLevel>;
  /** Only in this namespace. */
  namespace?: InputMaybe<Scalars['String']['input']>;
  /** Only owned by one of these handles. */
  owners?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Only these platforms. */
  platforms?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Only with this presence; left out, what was removed is not listed. */
  presence?: InputMaybe<Array<AssetPresence>>;
  /** Only with all of these tags. */
  tags?: InputMaybe<Array<Scalars['String']['input']>>;
};

/** Kinds of asset. */
export type AssetKind =
  /** A dashboard or report. */
  | 'DASHBOARD'
  /** A table, view, topic or file set. */
  | 'DATASET'
  /** Data offered to others as a whole. */
  | 'DATA_PRODUCT'
  /** An area of the business. */
  | 'DOMAIN'
  /** A task, model or procedure. */
  | 'JOB'
  /** A word of the business. */
  | 'TERM';

/** A page of the neighbours of an asset. */
export type AssetNeighbourConnection = {
  /** This page. */
  nodes: Array<Asset>;
  /** Where this page ends. */
  pageInfo: PageInfo;
};

/** Outcome. */
export type AssetPayload = {
  /** The asset as it is now. */
  asset?: Maybe<Asset>;
  /** What the caller can correct. */
  userErrors: Array<UserError>;
};

/** Whether the sources that list an asset still do. */
export type AssetPresence =
  /** Not in the last complete sync of any source that listed it. */
  | 'MISSING'
  /** Listed, or no source lists what it has. */
  | 'PRESENT'
  /** Missing for long; not listed or found unless asked for, and back as it was when it returns. */
  | 'REMOVED';

/** One source that lists an asset. */
export type AssetSource = {
  /** First sync that saw it. */
  firstSeenAt: Scalars['DateTime']['output'];
  /** Last sync that saw it. */
  lastSeenAt: Scalars['DateTime']['output'];
  /** Since when it does not; null while it is present. */
  since?: Maybe<Scalars['DateTime']['output']>;
  /** people, dbt:<project>, postgres:<key>, … */
  source: Scalars['String']['output'];
  /** Whether it still does. */
  state: RecordState;
};

/** What was known of an asset at a moment, as far as the caller may see the asset now. */
export type AssetState = {
  /** The asset, as it is now. */
  asset: Asset;
  /** The moment. */
  at: Scalars['DateTime']['output'];
  /** Its columns, in order. One that is hidden now is left out; one that is gone is shown if what was said of it then may be seen. */
  columns: Array<ColumnState>;
  /** What it was. */
  description?: Maybe<Scalars['String']['output']>;
  /** Name for people to read. */
  displayName: Scalars['String']['output'];
  /** Business domain as a slash path. */
  domain?: Maybe<Scalars['String']['output']>;
  /** Nobody had described it by then. */
  isPlaceholder: Scalars['Boolean']['output'];
  /** ACTIVE, DEPRECATED or RETIRED. */
  lifecycle: Scalars['String']['output'];
  /** Handles of owning people and teams. */
  owners: Array<Scalars['String']['output']>;
  /** postgres, snowflake, kafka, s3, airflow, … */
  platform?: Maybe<Scalars['String']['output']>;
  /** How carefully to treat it. */
  sensitivity?: Maybe<Sensitivity>;
  /** TABLE, VIEW, TOPIC, MODEL, … */
  subtype?: Maybe<Scalars['String']['output']>;
  /** Free labels. */
  tags: Array<Scalars['String']['output']>;
  /** Glossary terms, as their sources name them. */
  terms: Array<Scalars['String']['output']>;
};

/** How much an asset is used. Nobody is named. */
export type AssetUsage = {
  /** How often it was queried in 30 days, as its sources report. */
  queries: Scalars['Int']['output'];
  /** How many people opened its page in the last 30 days. */
  viewers: Scalars['Int']['output'];
};

/** How far the audit log had come at an instant, signed. Keep it elsewhere: it shows whether the log was rewritten or cut since. */
export type AuditCheckpoint = {
  /** When it was made. */
  at: Scalars['DateTime']['output'];
  /** Hash of that entry, in hex. */
  hash: Scalars['String']['output'];
  /** From 1, without gaps. */
  number: Scalars['Int']['output'];
  /** Key it was signed with: SPKI in base64. */
  publicKey: Scalars['String']['output'];
  /** The last entry it covers. */
  seq: Scalars['String']['output'];
  /** Ed25519 signature in base64. */
  signature: Scalars['String']['output'];
};

/** What became of `auditCheckpointCreate`. */
export type AuditCheckpointPayload = {
  /** The newest checkpoint; null in an empty log. */
  checkpoint?: Maybe<AuditCheckpoint>;
  /** What the caller can correct. */
  userErrors: Array<UserError>;
};

/** A page of the audit log. */
export type AuditConnection = {
  /** This page. */
  nodes: Array<AuditEntry>;
  /** Where this page ends. */
  pageInfo: PageInfo;
};

/** One line of the audit log. */
export type AuditEntry = {
  /** signIn, discover, asset.edited, policySet.activated, … */
  action: Scalars['String']['output'];
  /** Handle of the account; `erased:` and a part of its key once the person was erased. */
  actor: Scalars['String']['output'];
  /** When. */
  at: Scalars['DateTime']['output'];
  /** For decisions. */
  decision?: Maybe<Decision>;
  /** What changed. */
  detail: Scalars['JSON']['output'];
  /** The rule that decided. */
  policyId?: Maybe<Scalars['String']['output']>;
  /** Request it belongs to. */
  requestId?: Maybe<Scalars['String']['output']>;
  /** Its place in the log. */
  seq: Scalars['String']['output'];
  /** Id of the subject. */
  subjectId: Scalars['String']['output'];
  /** asset, account, policySet, … */
  subjectKind: Scalars['String']['output'];
};

/** What became of `auditErase`. */
export type AuditErasePayload = {
  /** How many details were erased. */
  details?: Maybe<Scalars['Int']['output']>;
  /** What the caller can correct. */
  userErrors: Array<UserError>;
};

/** Narrows the audit log. */
export type AuditFilter = {
  /** Only this action. */
  action?: InputMaybe<Scalars['String']['input']>;
  /** Handle of the account. */
  actor?: InputMaybe<Scalars['String']['input']>;
  /** Only about this asset, given by its reference. */
  asset?: InputMaybe<Scalars['String']['input']>;
  /** Only what was allowed, or denied. */
  decision?: InputMaybe<Decision>;
  /** Only from this instant on. */
  from?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only decided by this rule. */
  policyId?: InputMaybe<Scalars['String']['input']>;
  /** Only about this subject id. */
  subject?: InputMaybe<Scalars['String']['input']>;
  /** Only before this instant. */
  to?: InputMaybe<Scalars['DateTime']['input']>;
};

/** What is needed in an emergency. */
export type BreakGlassInput = {
  /** Only these columns; left out means all. */
  columns?: InputMaybe<Array<Scalars['String']['input']>>;
  /** How long, at most 24 hours; 4 when left out. */
  hours?: InputMaybe<Scalars['Int']['input']>;
  /** What the emergency is. */
  reason: Scalars['String']['input'];
  /** Reference or id of the asset. */
  ref: Scalars['String']['input'];
};

/** How far a person vouches for an asset. */
export type Certification = {
  /** When it was said. */
  at: Scalars['DateTime']['output'];
  /** Handle of the person. */
  by?: Maybe<Scalars['String']['output']>;
  /** When it ends by itself; null means never. */
  expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** It has ended and should be renewed. */
  isExpired: Scalars['Boolean']['output'];
  /** How far. */
  level: CertificationLevel;
  /** What was checked. */
  note?: Maybe<Scalars['String']['output']>;
};

/** How far an asset can be trusted, in rising order. */
export type CertificationLevel =
  /** Known and looked after. */
  | 'BRONZE'
  /** Fit for reports that leave the company. */
  | 'GOLD'
  /** Described, owned and tested. */
  | 'SILVER';

/** How a request comes. */
export type Channel =
  /** An enforcement point outside, over AuthZEN. */
  | 'authzen'
  /** The command line. */
  | 'cli'
  /** GraphQL. */
  | 'graphql'
  /** Any other path of the API. */
  | 'rest';

/** One column of a dataset. */
export type Column = {
  /** Type as the source spells it. */
  dataType?: Maybe<Scalars['String']['output']>;
  /** What it means. */
  description?: Maybe<Scalars['String']['output']>;
  /** The terms of the glossary that go by these names, as far as the caller may see them. */
  glossaryTerms: Array<Term>;
  /** Whether it may be null; null when no database has said so. */
  isNullable?: Maybe<Scalars['Boolean']['output']>;
  /** Place in the dataset, from 1. */
  ordinal: Scalars['Int']['output'];
  /** Dotted path for nested fields. */
  path: Scalars['String']['output'];
  /** Where each shown value comes from. */
  provenance: Array<Provenance>;
  /** How carefully to treat it. */
  sensitivity?: Maybe<Sensitivity>;
  /** Free labels. */
  tags: Array<Scalars['String']['output']>;
  /** Glossary terms, as their sources name them. */
  terms: Array<Scalars['String']['output']>;
};

/** A flow from one column to another. */
export type ColumnLineageEdge = {
  /** Id of the dataset the data comes from. */
  fromAsset: Scalars['ID']['output'];
  /** Its column. */
  fromColumn: Scalars['String']['output'];
  /** Whether values flow, or only an influence. */
  isDirect: Scalars['Boolean']['output'];
  /** Whether the values are masked on the way. */
  isMasked: Scalars['Boolean']['output'];
  /** Id of the dataset the data goes to. */
  toAsset: Scalars['ID']['output'];
  /** Its column; empty when the source influences every column. */
  toColumn: Scalars['String']['output'];
  /** How, as OpenLineage names it: DIRECT/IDENTITY, INDIRECT/FILTER, … */
  transformations: Array<Scalars['String']['output']>;
};

/** Which flows a walk over columns goes along; others cut it. */
export type ColumnLineageFilter = {
  /** Only flows that mask nothing. */
  isUnmasked?: InputMaybe<Scalars['Boolean']['input']>;
  /** DIRECT: values come from there; INDIRECT: they are only influenced, by a filter, a join, an order. */
  transformation?: InputMaybe<TransformationType>;
};

/** A walk over the columns the caller may see. */
export type ColumnLineageGraph = {
  /** The flows between them, in the direction of the data. */
  edges: Array<ColumnLineageEdge>;
  /** Every column reached, the root first, nearest first. */
  nodes: Array<ColumnLineageNode>;
  /** True when a bound cut the walk; then `truncatedBy` says which. */
  truncated: Scalars['Boolean']['output'];
  /** Which bound cut the walk. */
  truncatedBy?: Maybe<LineageBound>;
};

/** A column in a walk. */
export type ColumnLineageNode = {
  /** Its dataset. */
  asset: Asset;
  /** Its path; empty for a flow that influences the whole dataset. */
  column: Scalars['String']['output'];
  /** Hops from the root. */
  distance: Scalars['Int']['output'];
};

/** A column of an asset. */
export type ColumnRefInput = {
  /** Its dotted path. */
  column: Scalars['String']['input'];
  /** Reference or id of the asset. */
  ref: Scalars['String']['input'];
};

/** A column at a moment. */
export type ColumnState = {
  /** Type as the source spells it. */
  dataType?: Maybe<Scalars['String']['output']>;
  /** What it meant. */
  description?: Maybe<Scalars['String']['output']>;
  /** Dotted path for nested fields. */
  path: Scalars['String']['output'];
  /** How carefully to treat it. */
  sensitivity?: Maybe<Sensitivity>;
  /** Free labels. */
  tags: Array<Scalars['String']['output']>;
  /** Glossary terms, as their sources name them. */
  terms: Array<Scalars['String']['output']>;
};

/** Figures about the content of a column. */
export type ColumnStatistics = {
  /** Its path. */
  column: Scalars['String']['output'];
  /** Values. */
  count?: Maybe<Scalars['Float']['output']>;
  /** Different values. */
  distinctCount?: Maybe<Scalars['Float']['output']>;
  /** Greatest value. */
  max?: Maybe<Scalars['Float']['output']>;
  /** Least value. */
  min?: Maybe<Scalars['Float']['output']>;
  /** Values that are null. */
  nullCount?: Maybe<Scalars['Float']['output']>;
  /** Quantiles. */
  quantiles: Array<Quantile>;
  /** Sum of the values. */
  sum?: Maybe<Scalars['Float']['output']>;
};

/** A dashboard or report. */
export type Dashboard = Asset & {
  /** How far a person vouches for it. */
  certification?: Maybe<Certification>;
  /** Names of the data products it belongs to. */
  dataProducts: Array<Scalars['String']['output']>;
  /** What it is. */
  description?: Maybe<Scalars['String']['output']>;
  /** Name for people to read. */
  displayName: Scalars['String']['output'];
  /** Business domain as a slash path. */
  domain?: Maybe<Scalars['String']['output']>;
  /** The terms of the glossary that go by these names, as far as the caller may see them. */
  glossaryTerms: Array<Term>;
  /** Opaque and permanent; renames keep it. */
  id: Scalars['ID']['output'];
  /** Named by others, described by nobody yet. */
  isPlaceholder: Scalars['Boolean']['output'];
  /** What kind of thing. */
  kind: AssetKind;
  /** ACTIVE, DEPRECATED or RETIRED. */
  lifecycle: Scalars['String']['output'];
  /** Why it is deprecated. */
  lifecycleNote?: Maybe<Scalars['String']['output']>;
  /** Name inside that system, byte-exact. */
  name: Scalars['String']['output'];
  /** System it lives in, as OpenLineage spells it. */
  namespace: Scalars['String']['output'];
  /** Handles of owning people and teams. */
  owners: Array<Scalars['String']['output']>;
  /** postgres, snowflake, kafka, s3, airflow, … */
  platform?: Maybe<Scalars['String']['output']>;
  /** Whether the sources that list it still do. */
  presence: AssetPresence;
  /** Since when it is missing or removed; null while it is present. */
  presenceSince?: Maybe<Scalars['DateTime']['output']>;
  /** Where each shown value comes from. */
  provenance: Array<Provenance>;
  /** `kind:namespace/name`, percent-encoded parts: readable and unique. */
  ref: Scalars['String']['output'];
  /** How carefully to treat it. */
  sensitivity?: Maybe<Sensitivity>;
  /** The sources that list it, under whatever name. */
  sources: Array<AssetSource>;
  /** TABLE, VIEW, TOPIC, MODEL, … */
  subtype?: Maybe<Scalars['String']['output']>;
  /** What to use instead; null also when the caller may not see it. */
  successor?: Maybe<Asset>;
  /** Free labels. */
  tags: Array<Scalars['String']['output']>;
  /** Glossary terms, as their sources name them. */
  terms: Array<Scalars['String']['output']>;
  /** Last change of the assembled view. */
  updatedAt: Scalars['DateTime']['output'];
  /** How much it is used, as counted every five minutes. */
  usage: AssetUsage;
  /** What the caller may do with it. */
  viewerCan: Array<Action>;
};

/** Data that is offered to others as a whole; `assets(filter: {dataProduct})` lists what is in it. */
export type DataProduct = Asset & {
  /** How far a person vouches for it. */
  certification?: Maybe<Certification>;
  /** Names of the data products it belongs to. */
  dataProducts: Array<Scalars['String']['output']>;
  /** What it is. */
  description?: Maybe<Scalars['String']['output']>;
  /** Name for people to read. */
  displayName: Scalars['String']['output'];
  /** Business domain as a slash path. */
  domain?: Maybe<Scalars['String']['output']>;
  /** The terms of the glossary that go by these names, as far as the caller may see them. */
  glossaryTerms: Array<Term>;
  /** Opaque and permanent; renames keep it. */
  id: Scalars['ID']['output'];
  /** Named by others, described by nobody yet. */
  isPlaceholder: Scalars['Boolean']['output'];
  /** What kind of thing. */
  kind: AssetKind;
  /** ACTIVE, DEPRECATED or RETIRED. */
  lifecycle: Scalars['String']['output'];
  /** Why it is deprecated. */
  lifecycleNote?: Maybe<Scalars['String']['output']>;
  /** Name inside that system, byte-exact. */
  name: Scalars['String']['output'];
  /** System it lives in, as OpenLineage spells it. */
  namespace: Scalars['String']['output'];
  /** Handles of owning people and teams. */
  owners: Array<Scalars['String']['output']>;
  /** postgres, snowflake, kafka, s3, airflow, … */
  platform?: Maybe<Scalars['String']['output']>;
  /** Whether the sources that list it still do. */
  presence: AssetPresence;
  /** Since when it is missing or removed; null while it is present. */
  presenceSince?: Maybe<Scalars['DateTime']['output']>;
  /** Where each shown value comes from. */
  provenance: Array<Provenance>;
  /** `kind:namespace/name`, percent-encoded parts: readable and unique. */
  ref: Scalars['String']['output'];
  /** How carefully to treat it. */
  sensitivity?: Maybe<Sensitivity>;
  /** The sources that list it, under whatever name. */
  sources: Array<AssetSource>;
  /** TABLE, VIEW, TOPIC, MODEL, … */
  subtype?: Maybe<Scalars['String']['output']>;
  /** What to use instead; null also when the caller may not see it. */
  successor?: Maybe<Asset>;
  /** Free labels. */
  tags: Array<Scalars['String']['output']>;
  /** Glossary terms, as their sources name them. */
  terms: Array<Scalars['String']['output']>;
  /** Last change of the assembled view. */
  updatedAt: Scalars['DateTime']['output'];
  /** How much it is used, as counted every five minutes. */
  usage: AssetUsage;
  /** What the caller may do with it. */
  viewerCan: Array<Action>;
};

/** The system a dataset lives in. */
export type DataSource = {
  /** Its name. */
  name?: Maybe<Scalars['String']['output']>;
  /** Where it is. */
  uri?: Maybe<Scalars['String']['output']>;
};

/** A table, view, topic or file set. */
export type Dataset = Asset & {
  /** Other names that are this dataset: spellings, symlinks, earlier names. */
  aliases: Array<AssetAlias>;
  /** The catalog it is registered in. */
  catalog?: Maybe<DatasetCatalog>;
  /** How far a person vouches for it. */
  certification?: Maybe<Certification>;
  /** The columns the caller may see, in order. */
  columns: Array<Column>;
  /** Names of the data products it belongs to. */
  dataProducts: Array<Scalars['String']['output']>;
  /** The system it lives in, as a producer describes it. */
  dataSource?: Maybe<DataSource>;
  /** What it is. */
  description?: Maybe<Scalars['String']['output']>;
  /** Name for people to read. */
  displayName: Scalars['String']['output'];
  /** Business domain as a slash path. */
  domain?: Maybe<Scalars['String']['output']>;
  /** Facets kept verbatim, by name. */
  facets: Array<Facet>;
  /** The terms of the glossary that go by these names, as far as the caller may see them. */
  glossaryTerms: Array<Term>;
  /** The levels it lies in, from the top. */
  hierarchy: Array<HierarchyLevel>;
  /** Opaque and permanent; renames keep it. */
  id: Scalars['ID']['output'];
  /** Named by others, described by nobody yet. */
  isPlaceholder: Scalars['Boolean']['output'];
  /** What kind of thing. */
  kind: AssetKind;
  /** ACTIVE, DEPRECATED or RETIRED. */
  lifecycle: Scalars['String']['output'];
  /** What was last done to it as a whole. */
  lifecycleChange?: Maybe<LifecycleChange>;
  /** Why it is deprecated. */
  lifecycleNote?: Maybe<Scalars['String']['output']>;
  /** Name inside that system, byte-exact. */
  name: Scalars['String']['output'];
  /** System it lives in, as OpenLineage spells it. */
  namespace: Scalars['String']['output'];
  /** Handles of owning people and teams. */
  owners: Array<Scalars['String']['output']>;
  /** Owners as a producer names them, with their types; `owners` are the handles in force. */
  ownership: Array<Ownership>;
  /** How its database keeps it; null when no database has said so. */
  physical?: Maybe<Physical>;
  /** postgres, snowflake, kafka, s3, airflow, … */
  platform?: Maybe<Scalars['String']['output']>;
  /** Whether the sources that list it still do. */
  presence: AssetPresence;
  /** Since when it is missing or removed; null while it is present. */
  presenceSince?: Maybe<Scalars['DateTime']['output']>;
  /** Where each shown value comes from. */
  provenance: Array<Provenance>;
  /** The last word of every job, and of declarations, on whether its content is as expected; newest first. */
  qualityResults: Array<QualityResult>;
  /** `kind:namespace/name`, percent-encoded parts: readable and unique. */
  ref: Scalars['String']['output'];
  /** Runs that read or wrote it, newest first. */
  runs: RunDatasetConnection;
  /** How carefully to treat it. */
  sensitivity?: Maybe<Sensitivity>;
  /** Tags as a producer sent them, with their sources; `tags` are those in force. */
  sourceTags: Array<SourceTag>;
  /** The sources that list it, under whatever name. */
  sources: Array<AssetSource>;
  /** The newest figures about its content. */
  statistics?: Maybe<DatasetStatistics>;
  /** How it is stored. */
  storage?: Maybe<DatasetStorage>;
  /** TABLE, VIEW, TOPIC, MODEL, … */
  subtype?: Maybe<Scalars['String']['output']>;
  /** What subtype more exactly: EXTERNAL, MATERIALIZED, TEMPORARY, … */
  subtypeDetail?: Maybe<Scalars['String']['output']>;
  /** What to use instead; null also when the caller may not see it. */
  successor?: Maybe<Asset>;
  /** Free labels. */
  tags: Array<Scalars['String']['output']>;
  /** Glossary terms, as their sources name them. */
  terms: Array<Scalars['String']['output']>;
  /** Last change of the assembled view. */
  updatedAt: Scalars['DateTime']['output'];
  /** How much it is used, as counted every five minutes. */
  usage: AssetUsage;
  /** Version that a producer last named. */
  version?: Maybe<Scalars['String']['output']>;
  /** What the caller may do with it. */
  viewerCan: Array<Action>;
};


/** A table, view, topic or file set. */
export type DatasetRunsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  direction?: InputMaybe<RunDirection>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** The catalog a dataset is registered in. */
export type DatasetCatalog = {
  /** hive, iceberg, unity, … */
  framework?: Maybe<Scalars['String']['output']>;
  /** Where its metadata is. */
  metadataUri?: Maybe<Scalars['String']['output']>;
  /** Its name, as configured. */
  name?: Maybe<Scalars['String']['output']>;
  /** Other settings of it. */
  properties: Scalars['JSON']['output'];
  /** What uses it: spark, flink, hive, … */
  source?: Maybe<Scalars['String']['output']>;
  /** jdbc, glue, polaris, … */
  type?: Maybe<Scalars['String']['output']>;
  /** Where its data is. */
  warehouseUri?: Maybe<Scalars['String']['output']>;
};

/** Figures about the content of a dataset. */
export type DatasetStatistics = {
  /** When it was said. */
  at: Scalars['DateTime']['output'];
  /** By column. */
  columns: Array<ColumnStatistics>;
  /** Files. */
  fileCount?: Maybe<Scalars['Float']['output']>;
  /** When the content last changed. */
  lastUpdatedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Rows. */
  rowCount?: Maybe<Scalars['Float']['output']>;
  /** The run that said so; null when it was declared, or its job is hidden. */
  run?: Maybe<Run>;
  /** Bytes. */
  size?: Maybe<Scalars['Float']['output']>;
};

/** How a dataset is stored. */
export type DatasetStorage = {
  /** parquet, csv, avro, … */
  fileFormat?: Maybe<Scalars['String']['output']>;
  /** iceberg, delta, hudi, … */
  layer?: Maybe<Scalars['String']['output']>;
};

/** Outcome of a decision. */
export type Decision =
  /** May. */
  | 'ALLOW'
  /** May not. */
  | 'DENY';

/** An area of the business. */
export type Domain = Asset & {
  /** How far a person vouches for it. */
  certification?: Maybe<Certification>;
  /** Names of the data products it belongs to. */
  dataProducts: Array<Scalars['String']['output']>;
  /** What it is. */
  description?: Maybe<Scalars['String']['output']>;
  /** Name for people to read. */
  displayName: Scalars['String']['output'];
  /** Business domain as a slash path. */
  domain?: Maybe<Scalars['String']['output']>;
  /** The terms of the glossary that go by these names, as far as the caller may see them. */
  glossaryTerms: Array<Term>;
  /** Opaque and permanent; renames keep it. */
  id: Scalars['ID']['output'];
  /** Named by others, described by nobody yet. */
  isPlaceholder: Scalars['Boolean']['output'];
  /** What kind of thing. */
  kind: AssetKind;
  /** ACTIVE, DEPRECATED or RETIRED. */
  lifecycle: Scalars['String']['output'];
  /** Why it is deprecated. */
  lifecycleNote?: Maybe<Scalars['String']['output']>;
  /** Name inside that system, byte-exact. */
  name: Scalars['String']['output'];
  /** System it lives in, as OpenLineage spells it. */
  namespace: Scalars['String']['output'];
  /** Handles of owning people and teams. */
  owners: Array<Scalars['String']['output']>;
  /** postgres, snowflake, kafka, s3, airflow, … */
  platform?: Maybe<Scalars['String']['output']>;
  /** Whether the sources that list it still do. */
  presence: AssetPresence;
  /** Since when it is missing or removed; null while it is present. */
  presenceSince?: Maybe<Scalars['DateTime']['output']>;
  /** Where each shown value comes from. */
  provenance: Array<Provenance>;
  /** `kind:namespace/name`, percent-encoded parts: readable and unique. */
  ref: Scalars['String']['output'];
  /** How carefully to treat it. */
  sensitivity?: Maybe<Sensitivity>;
  /** The sources that list it, under whatever name. */
  sources: Array<AssetSource>;
  /** TABLE, VIEW, TOPIC, MODEL, … */
  subtype?: Maybe<Scalars['String']['output']>;
  /** What to use instead; null also when the caller may not see it. */
  successor?: Maybe<Asset>;
  /** Free labels. */
  tags: Array<Scalars['String']['output']>;
  /** Glossary terms, as their sources name them. */
  terms: Array<Scalars['String']['output']>;
  /** Last change of the assembled view. */
  updatedAt: Scalars['DateTime']['output'];
  /** How much it is used, as counted every five minutes. */
  usage: AssetUsage;
  /** What the caller may do with it. */
  viewerCan: Array<Action>;
};

/** What would happen to an asset. */
export type DryRunChange = {
  /** What would happen. */
  change: DryRunChangeKind;
  /** Its values that would be others. */
  fields: Array<DryRunField>;
  /** Its reference. */
  ref: Scalars['String']['output'];
};

/** Kinds of change. */
export type DryRunChangeKind =
  /** It has other values. */
  | 'CHANGED'
  /** It is new. */
  | 'CREATED'
  /** No source has it any more, or not yet for long. */
  | 'MISSING'
  /** It goes. */
  | 'REMOVED'
  /** It is there again. */
  | 'RETURNED';

/** A flow. */
export type DryRunEdge = {
  /** Reference of the asset that it comes from. */
  from: Scalars['String']['output'];
  /** Reference of the job between them. */
  job?: Maybe<Scalars['String']['output']>;
  /** Reference of the asset that it goes to. */
  to: Scalars['String']['output'];
};

/** A value that would be another. */
export type DryRunField = {
  /** As it would be. */
  after?: Maybe<Scalars['JSON']['output']>;
  /** Its name; `column` when the column itself comes or goes. */
  attribute: Scalars['String']['output'];
  /** As it is. */
  before?: Maybe<Scalars['JSON']['output']>;
  /** Path of the column; null for the asset itself. */
  column?: Maybe<Scalars['String']['output']>;
};

/** A sync that would be held. */
export type DryRunHeld = {
  /** How many of these the sync does not see. */
  goneCount: Scalars['Int']['output'];
  /** What the source has in the scope of the sync. */
  knownCount: Scalars['Int']['output'];
  /** Key of the source. */
  sourceKey: Scalars['String']['output'];
};

/** What would change, as far as the caller sees it before or after; what is hidden is reported like what is not there. */
export type DryRunReport = {
  /** At most 1,000 assets, by reference; those that stay as they are are left out. */
  changes: Array<DryRunChange>;
  /** Flows that would be new. */
  edgesAdded: Array<DryRunEdge>;
  /** Flows that would end. */
  edgesRemoved: Array<DryRunEdge>;
  /** Syncs that would be held, because too much would go. */
  held: Array<DryRunHeld>;
  /** Whether there are more. */
  isTruncated: Scalars['Boolean']['output'];
  /** How many assets would be … */
  summary: DryRunSummary;
  /** What would be odd, and taken all the same. */
  warnings: Array<FieldWarning>;
};

/** Numbers of assets. */
export type DryRunSummary = {
  /** With another value. */
  changed: Scalars['Int']['output'];
  /** New. */
  created: Scalars['Int']['output'];
  /** Missing from their sources. */
  missing: Scalars['Int']['output'];
  /** Removed. */
  removed: Scalars['Int']['output'];
  /** Missing or removed before, and there again. */
  returned: Scalars['Int']['output'];
  /** As before. */
  unchanged: Scalars['Int']['output'];
};

/** When a job sends events, and what each of them says. */
export type EmissionPattern = {
  /** ACCUMULATIVE: events of a run add up. COMPLETE_SNAPSHOT: each says everything, so the newest counts. */
  eventContentMode?: Maybe<Scalars['String']['output']>;
  /** EVENT_BASED or PERIODIC. */
  eventTrigger?: Maybe<Scalars['String']['output']>;
  /** How many seconds each event is about. */
  windowSeconds?: Maybe<Scalars['Int']['output']>;
};

/** Circumstances of a request, as policies ask for them under `env`; what is left out is not known. */
export type EnvironmentInput = {
  /** How the request comes. */
  channel?: InputMaybe<Channel>;
  /** Address of who asks, IPv4 or IPv6. */
  ip?: InputMaybe<Scalars['String']['input']>;
  /** What the data is wanted for; it counts where the account has this purpose. */
  purpose?: InputMaybe<Scalars['String']['input']>;
};

/** Why something is allowed or denied. */
export type Explanation = {
  /** The rule that decided; null means nothing allowed it. */
  decidedBy?: Maybe<PolicyRule>;
  /** ALLOW or DENY. */
  decision: Decision;
  /** What somebody can do who may not; null for what is allowed. */
  howToGet?: Maybe<HowToGet>;
  /** What values are to be shown as, where it is allowed: partial, hash or null. */
  mask?: Maybe<Scalars['String']['output']>;
  /** Every rule that applied. */
  matched: Array<PolicyRule>;
  /** Attributes a rule needed and nobody has filled in. */
  missingAttributes: Array<Scalars['String']['output']>;
  /** Allowing rules that nearly applied. */
  nearestMisses: Array<PolicyMiss>;
  /** Version of the policy set. */
  policyVersion: Scalars['Int']['output'];
  /** Which rows only are to be shown; all of them apply. */
  rowFilters: Array<Scalars['String']['output']>;
};

/** A query by which another system knows a run. */
export type ExternalQuery = {
  /** Its id there. */
  id?: Maybe<Scalars['String']['output']>;
  /** That system. */
  source?: Maybe<Scalars['String']['output']>;
};

/** What a producer could not read. */
export type ExtractionError = {
  /** In words. */
  message?: Maybe<Scalars['String']['output']>;
  /** Where in the program. */
  stackTrace?: Maybe<Scalars['String']['output']>;
  /** The task, such as a query. */
  task?: Maybe<Scalars['String']['output']>;
  /** Its number. */
  taskNumber?: Maybe<Scalars['Int']['output']>;
};

/** What a producer could not read of a run. */
export type ExtractionErrors = {
  /** Why not. */
  errors: Array<ExtractionError>;
  /** Tasks it could not read. */
  failedTasks?: Maybe<Scalars['Int']['output']>;
  /** Tasks in all. */
  totalTasks?: Maybe<Scalars['Int']['output']>;
};

/** A facet that is kept as the producer sent it. */
export type Facet = {
  /** When it was said. */
  at: Scalars['DateTime']['output'];
  /** Facet key. */
  name: Scalars['String']['output'];
  /** Which source sent it. */
  source: Scalars['String']['output'];
  /** The facet, verbatim. */
  value?: Maybe<Scalars['JSON']['output']>;
};

/** A message that was received, kept and could not be projected. */
export type FailedEvent = {
  /** Why it could not be projected. */
  error: Scalars['String']['output'];
  /** Its number in the raw log. */
  id: Scalars['ID']['output'];
  /** OPENLINEAGE or DBT. */
  kind: Scalars['String']['output'];
  /** The message, verbatim. */
  payload: Scalars['JSON']['output'];
  /** When it came. */
  receivedAt: Scalars['DateTime']['output'];
};

/** A page of failed messages. */
export type FailedEventConnection = {
  /** This page. */
  nodes: Array<FailedEvent>;
  /** Where this page ends. */
  pageInfo: PageInfo;
};

/** Something odd in a message. */
export type FieldWarning = {
  /** What. */
  message: Scalars['String']['output'];
  /** Where, dotted. */
  path: Scalars['String']['output'];
};

/** How bad a finding is. */
export type FindingSeverity =
  /** The set does not come into force. */
  | 'ERROR'
  /** Worth a look. */
  | 'WARNING';

/** A follower of the change log. */
export type Follower = {
  /** Entries it is behind. */
  lag: Scalars['Int']['output'];
  /** Why its last attempt failed. */
  lastError?: Maybe<Scalars['String']['output']>;
  /** Its name. */
  name: Scalars['String']['output'];
  /** Last position it has worked off. */
  position: Scalars['String']['output'];
};

/** A key that points to another dataset. */
export type ForeignKey = {
  /** Columns, in order. */
  columns: Array<Scalars['String']['output']>;
  /** What it points to. */
  dataset: Dataset;
  /** Name in the database. */
  name: Scalars['String']['output'];
  /** Columns there, in the same order. */
  referencedColumns: Array<Scalars['String']['output']>;
};

/** One level that a dataset lies in. */
export type HierarchyLevel = {
  /** Its name. */
  name?: Maybe<Scalars['String']['output']>;
  /** DATABASE, SCHEMA, TABLE, … */
  type?: Maybe<Scalars['String']['output']>;
};

/** How access can be had. */
export type HowToGet = {
  /** Handles of who could grant it; empty means whoever may change policies. */
  approvers: Array<Scalars['String']['output']>;
  /** Whether `accessRequestCreate` can help: nothing that was granted stands against a denying rule. */
  isRequestable: Scalars['Boolean']['output'];
};

/** How much depends on something. */
export type Impact = {
  /** By business domain, most first. */
  byDomain: Array<ImpactCount>;
  /** By kind of asset, most first. */
  byKind: Array<ImpactCount>;
  /** By owner, most first: whom to tell. An asset counts for each of its owners. */
  byOwner: Array<ImpactCount>;
  /** Assets; those asked about are not counted. For columns, the datasets that hold a column that depends on them. */
  count: Scalars['Int']['output'];
  /** Position of the change log: every change up to there is in the answer. */
  sequence: Scalars['String']['output'];
};

/** A part of an impact. */
export type ImpactCount = {
  /** Assets. */
  count: Scalars['Int']['output'];
  /** Kind, domain or handle; null for assets without one. */
  name?: Maybe<Scalars['String']['output']>;
};

/** A received message in which something was odd; it was taken all the same. */
export type IngestWarning = {
  /** Its number in the raw log. */
  id: Scalars['ID']['output'];
  /** OPENLINEAGE, DBT, … */
  kind: Scalars['String']['output'];
  /** The message, verbatim. */
  payload: Scalars['JSON']['output'];
  /** When it came. */
  receivedAt: Scalars['DateTime']['output'];
  /** What was odd. */
  warnings: Array<FieldWarning>;
};

/** A page of messages in which something was odd. */
export type IngestWarningConnection = {
  /** This page. */
  nodes: Array<IngestWarning>;
  /** Where this page ends. */
  pageInfo: PageInfo;
};

/** A task, model or procedure that moves data. */
export type Job = Asset & {
  /** How far a person vouches for it. */
  certification?: Maybe<Certification>;
  /** Names of the data products it belongs to. */
  dataProducts: Array<Scalars['String']['output']>;
  /** Jobs that it waits for or starts, as its newest run says. */
  dependencies: Array<JobDependency>;
  /** What it is. */
  description?: Maybe<Scalars['String']['output']>;
  /** Name for people to read. */
  displayName: Scalars['String']['output'];
  /** Business domain as a slash path. */
  domain?: Maybe<Scalars['String']['output']>;
  /** When it sends events, and what each of them says. */
  emissionPattern?: Maybe<EmissionPattern>;
  /** Facets kept verbatim, by name. */
  facets: Array<Facet>;
  /** The terms of the glossary that go by these names, as far as the caller may see them. */
  glossaryTerms: Array<Term>;
  /** Opaque and permanent; renames keep it. */
  id: Scalars['ID']['output'];
  /** What sent it: SPARK, AIRFLOW, DBT, …; as spelt. */
  integration?: Maybe<Scalars['String']['output']>;
  /** Named by others, described by nobody yet. */
  isPlaceholder: Scalars['Boolean']['output'];
  /** What kind of thing. */
  kind: AssetKind;
  /** ACTIVE, DEPRECATED or RETIRED. */
  lifecycle: Scalars['String']['output'];
  /** Why it is deprecated. */
  lifecycleNote?: Maybe<Scalars['String']['output']>;
  /** Name inside that system, byte-exact. */
  name: Scalars['String']['output'];
  /** System it lives in, as OpenLineage spells it. */
  namespace: Scalars['String']['output'];
  /** Handles of owning people and teams. */
  owners: Array<Scalars['String']['output']>;
  /** Owners as a producer names them, with their types; `owners` are the handles in force. */
  ownership: Array<Ownership>;
  /** postgres, snowflake, kafka, s3, airflow, … */
  platform?: Maybe<Scalars['String']['output']>;
  /** Whether the sources that list it still do. */
  presence: AssetPresence;
  /** Since when it is missing or removed; null while it is present. */
  presenceSince?: Maybe<Scalars['DateTime']['output']>;
  /** BATCH, STREAMING or SERVICE. */
  processingType?: Maybe<Scalars['String']['output']>;
  /** Where each shown value comes from. */
  provenance: Array<Provenance>;
  /** Whether its runs come as usual; null for streams and services, and with fewer than three runs to go by. */
  punctuality?: Maybe<JobPunctuality>;
  /** `kind:namespace/name`, percent-encoded parts: readable and unique. */
  ref: Scalars['String']['output'];
  /** Runs, newest first. */
  runs: RunConnection;
  /** How carefully to treat it. */
  sensitivity?: Maybe<Sensitivity>;
  /** Its code. Hidden from those who do not see all that the job reads and writes. */
  sourceCode?: Maybe<SourceCode>;
  /** Where its code is kept. */
  sourceCodeLocation?: Maybe<SourceCodeLocation>;
  /** Tags as a producer sent them, with their sources; `tags` are those in force. */
  sourceTags: Array<SourceTag>;
  /** The sources that list it, under whatever name. */
  sources: Array<AssetSource>;
  /** The query it runs. Hidden from those who do not see all that the job reads and writes. */
  sql?: Maybe<JobSql>;
  /** TABLE, VIEW, TOPIC, MODEL, … */
  subtype?: Maybe<Scalars['String']['output']>;
  /** What to use instead; null also when the caller may not see it. */
  successor?: Maybe<Asset>;
  /** Free labels. */
  tags: Array<Scalars['String']['output']>;
  /** Glossary terms, as their sources name them. */
  terms: Array<Scalars['String']['output']>;
  /** Last change of the assembled view. */
  updatedAt: Scalars['DateTime']['output'];
  /** How much it is used, as counted every five minutes. */
  usage: AssetUsage;
  /** What the caller may do with it. */
  viewerCan: Array<Action>;
};


/** A task, model or procedure that moves data. */
export type JobRunsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A job that another one waits for or starts. */
export type JobDependency = {
  /** UPSTREAM: waited for. DOWNSTREAM: started. */
  direction: LineageDirection;
  /** The producer's id of its run, where one is named. */
  externalId?: Maybe<Scalars['String']['output']>;
  /** The other job. */
  job: Job;
  /** That run, as far as it has been heard of. */
  run?: Maybe<Run>;
  /** FINISH_TO_START, … */
  sequenceTriggerRule?: Maybe<Scalars['String']['output']>;
  /** EXECUTE_ON_SUCCESS, EXECUTE_EVERY_TIME, … */
  statusTriggerRule?: Maybe<Scalars['String']['output']>;
  /** DIRECT_INVOCATION, IMPLICIT_DEPENDENCY, … */
  type?: Maybe<Scalars['String']['output']>;
};

/** How a job keeps to the rhythm of its own runs. */
export type JobPunctuality = {
  /** When the next one would begin. */
  expectedAt: Scalars['DateTime']['output'];
  /** The job. */
  job: Job;
  /** Start of the newest run. */
  lastStartAt: Scalars['DateTime']['output'];
  /** Where it stands now. */
  state: PunctualityState;
  /** Median time between its newest 20 runs: between the times they are about, where they say so, else between their starts. */
  usualSeconds: Scalars['Float']['output'];
};

/** The query a job runs. */
export type JobSql = {
  /** In which dialect. */
  dialect?: Maybe<Scalars['String']['output']>;
  /** Its text. */
  query?: Maybe<Scalars['String']['output']>;
};

/** A page of jobs that are late. */
export type LateJobConnection = {
  /** This page. */
  nodes: Array<JobPunctuality>;
  /** Where this page ends. */
  pageInfo: PageInfo;
};

/** Something done to a dataset as a whole. */
export type LifecycleChange = {
  /** When. */
  at: Scalars['DateTime']['output'];
  /** ALTER, CREATE, DROP, OVERWRITE, RENAME or TRUNCATE. After a RENAME the earlier name is one of `aliases`. */
  change: Scalars['String']['output'];
};

/** Bounds of a walk. */
export type LineageBound =
  /** Of the flows that lead over what a filter left out, 20000 are shown, and 100000 are looked at. */
  | 'EDGES'
  /** maxHops. */
  | 'HOPS'
  /** maxNodes. */
  | 'NODES';

/** How the lineage of two moments differs. */
export type LineageDiff = {
  /** What the later has and the earlier has not. */
  added: LineagePart;
  /** What is said otherwise of the assets that both have: columns, types, owners, tags, … */
  changed: Array<AssetDifference>;
  /** What the earlier has and the later has not. */
  removed: LineagePart;
  /** True when a bound cut one of the two: what lies beyond is in neither. */
  truncated: Scalars['Boolean']['output'];
};

/** Which way to walk. */
export type LineageDirection =
  /** Towards the uses. */
  | 'DOWNSTREAM'
  /** Towards the origins. */
  | 'UPSTREAM';

/** A flow of data from one asset to another. */
export type LineageEdge = {
  /** When it was first said. */
  firstSeenAt: Scalars['DateTime']['output'];
  /** Id of the asset the data comes from. */
  from: Scalars['ID']['output'];
  /** Whether it leads over one or more assets that the filter left out, by a shortest way. It has no job and no origins then; `firstSeenAt` and `lastSeenAt` are the time in which the whole way was there. */
  isContracted: Scalars['Boolean']['output'];
  /** The job that moves it; null when it was declared without one. */
  job?: Maybe<Job>;
  /** When it was last said. */
  lastSeenAt: Scalars['DateTime']['output'];
  /** Who says so: DECLARED, OBSERVED, SQL, DBT, MANUAL. */
  origins: Array<Scalars['String']['output']>;
  /** Id of the asset the data goes to. */
  to: Scalars['ID']['output'];
};

/** Result of saying or taking back a flow. */
export type LineageEdgePayload = {
  /** The flow. */
  edge?: Maybe<ManualEdge>;
  /** Position of the change log: `minSequence` of a walk that must have the change. */
  sequence?: Maybe<Scalars['String']['output']>;
  /** What the caller can correct. */
  userErrors: Array<UserError>;
};

/** What is shown of a lineage. An asset that is left out is passed through: the walk goes on behind it, its bounds count it, and the root is always shown. */
export type LineageFilter = {
  /** Only in one of these domains and what lies under them. */
  domains?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Only these kinds. */
  kinds?: InputMaybe<Array<AssetKind>>;
  /** Only in these namespaces. */
  namespaces?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Only along flows whose both ends one of these says; others cut the walk. */
  origins?: InputMaybe<Array<LineageOrigin>>;
  /** Only these platforms. */
  platforms?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Only with all of these tags. */
  tags?: InputMaybe<Array<Scalars['String']['input']>>;
};

/** How a lineage is written for other programs. */
export type LineageFormat =
  /** A row for each flow: from, to, job, origins, first_seen, last_seen. */
  | 'CSV'
  /** A graph of Graphviz. */
  | 'DOT'
  /** A flowchart of Mermaid. */
  | 'MERMAID'
  /** OpenLineage JobEvents and DatasetEvents, as a JSON array that can be sent to /api/v1/lineage/batch. */
  | 'OPENLINEAGE';

/** A walk over the assets the caller may see. */
export type LineageGraph = {
  /** The flows between them, in the direction of the data. */
  edges: Array<LineageEdge>;
  /** The same as a text for other programs. */
  export: Scalars['String']['output'];
  /** How many of the assets that were walked over, all of them visible to the caller, the filter does not show. */
  leftOut: Scalars['Int']['output'];
  /** Every asset reached, the root first, nearest first. */
  nodes: Array<LineageNode>;
  /** Where it starts. */
  root: Asset;
  /** Position of the change log: every change up to there is in the answer. */
  sequence: Scalars['String']['output'];
  /** True when a bound cut the walk; then `truncatedBy` says which. */
  truncated: Scalars['Boolean']['output'];
  /** Which bound cut the walk. */
  truncatedBy?: Maybe<LineageBound>;
};


/** A walk over the assets the caller may see. */
export type LineageGraphExportArgs = {
  format: LineageFormat;
};

/** An asset in a walk. */
export type LineageNode = {
  /** The asset. */
  asset: Asset;
  /** Neighbours one hop further that the caller may see. */
  degree: Scalars['Int']['output'];
  /** Hops from the root. */
  distance: Scalars['Int']['output'];
  /** Those of them that are not in this answer, because a bound cut it. */
  hiddenDegree: Scalars['Int']['output'];
  /** Of a job its newest run, of anything else the newest that wrote it; with `asOf`, the newest that had begun by then. */
  lastRun?: Maybe<Run>;
  /** How many shortest ways lead here from the root; each job on the way makes one. At most 2147483647. */
  pathCount: Scalars['Int']['output'];
  /** What was known of it at `asOf`; null without `asOf`. */
  state?: Maybe<AssetState>;
};

/** Who says that data flows. */
export type LineageOrigin =
  /** dbt. */
  | 'DBT'
  /** A producer, without a run. */
  | 'DECLARED'
  /** A person. */
  | 'MANUAL'
  /** A run. */
  | 'OBSERVED'
  /** The query of a job. */
  | 'SQL';

/** Some assets and flows of a lineage. */
export type LineagePart = {
  /** Nearest first. */
  assets: Array<Asset>;
  /** In the direction of the data. */
  edges: Array<LineageEdge>;
};

/** One way from one asset to another. */
export type LineagePath = {
  /** Hops. */
  length: Scalars['Int']['output'];
  /** From the start to the end, both included. */
  nodes: Array<Asset>;
};

/** Ways from one asset to another. */
export type LineagePaths = {
  /** Shortest first; each without an asset twice. */
  paths: Array<LineagePath>;
  /** Position of the change log: every change up to there is in the answer. */
  sequence: Scalars['String']['output'];
  /** True when there are more, or when there was too much between the two to look at. */
  truncated: Scalars['Boolean']['output'];
};

/** A flow that a person said. */
export type ManualEdge = {
  /** When. */
  addedAt: Scalars['DateTime']['output'];
  /** Handle of who said it. */
  addedBy: Scalars['String']['output'];
  /** Why it was taken back. */
  endReason?: Maybe<Scalars['String']['output']>;
  /** When it was taken back. */
  endedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Handle of who took it back; null while it holds. */
  endedBy?: Maybe<Scalars['String']['output']>;
  /** Feeds the other. */
  from: Asset;
  /** Why. */
  reason: Scalars['String']['output'];
  /** Is fed. */
  to: Asset;
};

/** Changes. Each answers with the changed object, or with what the caller can correct. */
export type Mutation = {
  /** Ask for one's own grant once more; the new one takes its place. Purpose and days are the old ones unless given. */
  accessGrantRenew: AccessRequestPayload;
  /** End what was granted on a request at once: as who could grant it, or as who has it. */
  accessGrantRevoke: AccessRequestPayload;
  /** Ask for access to an asset one has heard of. The answer is the same whether it is hidden or does not exist. */
  accessRequestCreate: AccessRequestPayload;
  /** Grant or refuse what somebody asked for: as an owner, from RESTRICTED on with `manage_policies`, never for oneself. */
  accessRequestDecide: AccessRequestPayload;
  /** Take one's own request back while it waits. */
  accessRequestWithdraw: AccessRequestPayload;
  /** Make a person or service account. Needs `manage_accounts`. */
  accountCreate: AccountPayload;
  /** Change roles, teams or attributes. Needs `manage_accounts`. */
  accountUpdate: AccountPayload;
  /** Vouch for an asset, best until some time; without a level the certification is taken back. */
  assetCertify: AssetPayload;
  /** Classify: domain path and sensitivity. Null clears the people's word. */
  assetClassify: AssetPayload;
  /** Say that an asset is not to be used any more and what is instead; `isDeprecated: false` takes that back. */
  assetDeprecate: AssetPayload;
  /** Say what an asset or one of its columns is. A person's words win over every machine's and survive any later ingest. */
  assetDescribe: AssetPayload;
  /** Say that two datasets are one: `alias` becomes another name of `ref`. Undone by `assetSeparate`. */
  assetMerge: AssetPayload;
  /** Say that a name is not this dataset. No machine binds the two again. */
  assetSeparate: AssetPayload;
  /** Name the owners (account or team handles). An empty list clears the people's word and shows the machines' again. */
  assetSetOwners: AssetPayload;
  /** Attach and detach glossary terms. */
  assetSetTerms: AssetPayload;
  /** Add and remove tags. A removed machine tag stays removed whatever is ingested later. */
  assetTag: AssetPayload;
  /** Sign how far the audit log has come. Needs `read_audit`. */
  auditCheckpointCreate: AuditCheckpointPayload;
  /** Erase who a disabled account was and what the audit log says of it in detail. Its chain stays whole. Needs `manage_accounts`. */
  auditErase: AuditErasePayload;
  /** Ask for access in an emergency: for hours, above rules of domains and assets. A second person grants it, a third reviews it. */
  breakGlassRequest: AccessRequestPayload;
  /** Say whether an emergency was one; ends it when it was none. By who may decide, and neither asked nor granted. */
  breakGlassReview: AccessRequestPayload;
  /** Project every message anew, as after an upgrade that reads more. Readers see the old state until it is done; what people said stays. Needs `operate`. */
  catalogRebuild: RebuildPayload;
  /** Project failed messages again. Needs `operate`. */
  failedEventsReplay: ReplayPayload;
  /** Says that one asset feeds another, which no source knows. Needs `edit` on the one that is fed. */
  lineageEdgeAdd: LineageEdgePayload;
  /** Takes back what a person said; what machines observe stays. Needs `edit` on the one that is fed. */
  lineageEdgeRemove: LineageEdgePayload;
  /** Mark notices as read; all of the caller's when no ids are given. */
  noticesMarkRead: NoticesPayload;
  /** Keep things of another system, or their new properties: a list of `id` and `properties`. Needs `manage_policies`. */
  outsideResourcesPut: OutsideResourcesPayload;
  /** Forget things of another system. Needs `manage_policies`. */
  outsideResourcesRemove: OutsideResourcesPayload;
  /** Put an earlier version in force again. Needs `manage_policies`. */
  policySetActivate: PolicySetPayload;
  /** Replace the policy set: checked, its tests run, stored as a new immutable version and put in force. Needs `manage_policies`. */
  policySetApply: PolicySetPayload;
  /** Store policy documents as a new version without putting it in force. Needs `manage_policies`. */
  policySetPropose: PolicySetPayload;
  /** Keep a search. With `watch` its owner is told what newly matches. */
  savedSearchCreate: SavedSearchPayload;
  /** Keep a search no longer; its notices go with it. */
  savedSearchDelete: SavedSearchDeletePayload;
  /** Rename or change a search that one keeps; what is left out stays. */
  savedSearchUpdate: SavedSearchPayload;
  /** Build the search index anew from the catalog. Needs `operate`. */
  searchReindex: ReindexPayload;
  /** Say which other words search takes for a word, both ways; none takes it out of the list. Needs `operate`. */
  searchSynonymSet: SearchSynonymPayload;
  /** Stop the run; takes a second or two, and takes nothing away. Needs `operate`. */
  sourceCancel: SourceRunPayload;
  /** Define a database to crawl. Needs `operate`. */
  sourceCreate: SourcePayload;
  /** Forget a source that was made by `sourceCreate`. What it has listed stays in the catalog as it is, unless `withdraw` ends that too, as `sourceWithdraw` does. Needs `operate`. */
  sourceDelete: SourceDeletePayload;
  /** Crawl now. Answers with the run that waits or runs already, if there is one. `dryRun`: wait for the crawl, at most four minutes, answer with what it would change, and change nothing. Needs `operate`. */
  sourceRun: SourceRunPayload;
  /** Let a held sync count: what it did not see goes missing. Needs `operate`. */
  sourceSyncRelease: SourceSyncPayload;
  /** Connect, count tables, and tell the real reason when it does not work. Needs `operate`. */
  sourceTest: SourceTestPayload;
  /** Replace the definition of a source that was made by `sourceCreate`. What a narrower filter leaves out is out of scope, not gone. Needs `operate`. */
  sourceUpdate: SourcePayload;
  /** End what a source says, by its key in `sources` of an asset. What only it had is removed at once, stays to be seen as such with what people said of it, and becomes a tombstone when it was removed for long; it is back when the source lists it again. Nothing that other sources say changes. Needs `operate`. */
  sourceWithdraw: SourceWithdrawPayload;
  /** Say what kind of word a term is, and its other words. Null clears the people's word. */
  termChange: AssetPayload;
  /** Make a term of the glossary. Its definition, owners, sensitivity and successor are changed like every asset's. */
  termCreate: AssetPayload;
  /** Make a token; its secret is shown once. For oneself, or with `manage_accounts` for others. */
  tokenCreate: TokenPayload;
  /** End a token at once. */
  tokenRevoke: TokenRevokePayload;
};


/** Changes. Each answers with the changed object, or with what the caller can correct. */
export type MutationAccessGrantRenewArgs = {
  days?: InputMaybe<Scalars['Int']['input']>;
  purpose?: InputMaybe<Scalars['String']['input']>;
  request: Scalars['ID']['input'];
};


/** Changes. Each answers with the changed object, or with what the caller can correct. */
export type MutationAccessGrantRevokeArgs = {
  reason: Scalars['String']['input'];
  request: Scalars['ID']['input'];
};


/** Changes. Each answers with the changed object, or with what the caller can correct. */
export type MutationAccessRequestCreateArgs = {
  input: AccessRequestCreateInput;
};


/** Changes. Each answers with the changed object, or with what the caller can correct. */
export type MutationAccessRequestDecideArgs = {
  days?: InputMaybe<Scalars['Int']['input']>;
  id: Scalars['ID']['input'];
  isApproved: Scalars['Boolean']['input'];
  reason: Scalars['String']['input'];
};


/** Changes. Each answers with the changed object, or with what the caller can correct. */
export type MutationAccessRequestWithdrawArgs = {
  id: Scalars['ID']['input'];
};


/** Changes. Each answers with the changed object, or with what the caller can correct. */
export type MutationAccountCreateArgs = {
  input: AccountCreateInput;
};


/** Changes. Each answers with the changed object, or with what the caller can correct. */
export type MutationAccountUpdateArgs = {
  handle: Scalars['String']['input'];
  input: AccountUpdateInput;
};


/** Changes. Each answers with the changed object, or with what the caller can correct. */
export type MutationAssetCertifyArgs = {
  expiresAt?: InputMaybe<Scalars['DateTime']['input']>;
  level?: InputMaybe<CertificationLevel>;
  note?: InputMaybe<Scalars['String']['input']>;
  ref: Scalars['String']['input'];
};


/** Changes. Each answers with the changed object, or with what the caller can correct. */
export type MutationAssetClassifyArgs = {
  column?: InputMaybe<Scalars['String']['input']>;
  domain?: InputMaybe<Scalars['String']['input']>;
  ref: Scalars['String']['input'];
  sensitivity?: InputMaybe<Sensitivity>;
};


/** Changes. Each answers with the changed object, or with what the caller can correct. */
export type MutationAssetDeprecateArgs = {
  isDeprecated?: Scalars['Boolean']['input'];
  note?: InputMaybe<Scalars['String']['input']>;
  ref: Scalars['String']['input'];
  successor?: InputMaybe<Scalars['String']['input']>;
};


/** Changes. Each answers with the changed object, or with what the caller can correct. */
export type MutationAssetDescribeArgs = {
  column?: InputMaybe<Scalars['String']['input']>;
  description?: InputMaybe<Scalars['String']['input']>;
  ref: Scalars['String']['input'];
};


/** Changes. Each answers with the changed object, or with what the caller can correct. */
export type MutationAssetMergeArgs = {
  alias: Scalars['String']['input'];
  reason: Scalars['String']['input'];
  ref: Scalars['String']['input'];
};


/** Changes. Each answers with the changed object, or with what the caller can correct. */
export type MutationAssetSeparateArgs = {
  alias: Scalars['String']['input'];
  reason: Scalars['String']['input'];
  ref: Scalars['String']['input'];
};


/** Changes. Each answers with the changed object, or with what the caller can correct. */
export type MutationAssetSetOwnersArgs = {
  owners: Array<Scalars['String']['input']>;
  ref: Scalars['String']['input'];
};


/** Changes. Each answers with the changed object, or with what the caller can correct. */
export type MutationAssetSetTermsArgs = {
  add?: InputMaybe<Array<Scalars['String']['input']>>;
  column?: InputMaybe<Scalars['String']['input']>;
  ref: Scalars['String']['input'];
  remove?: InputMaybe<Array<Scalars['String']['input']>>;
};


/** Changes. Each answers with the changed object, or with what the caller can correct. */
export type MutationAssetTagArgs = {
  add?: InputMaybe<Array<Scalars['String']['input']>>;
  column?: InputMaybe<Scalars['String']['input']>;
  ref: Scalars['String']['input'];
  remove?: InputMaybe<Array<Scalars['String']['input']>>;
};


/** Changes. Each answers with the changed object, or with what the caller can correct. */
export type MutationAuditEraseArgs = {
  account: Scalars['String']['input'];
  reason: Scalars['String']['input'];
};


/** Changes. Each answers with the changed object, or with what the caller can correct. */
export type MutationBreakGlassRequestArgs = {
  input: BreakGlassInput;
};


/** Changes. Each answers with the changed object, or with what the caller can correct. */
export type MutationBreakGlassReviewArgs = {
  isJustified: Scalars['Boolean']['input'];
  reason: Scalars['String']['input'];
  request: Scalars['ID']['input'];
};


/** Changes. Each answers with the changed object, or with what the caller can correct. */
export type MutationFailedEventsReplayArgs = {
  ids?: InputMaybe<Array<Scalars['ID']['input']>>;
};


/** Changes. Each answers with the changed object, or with what the caller can correct. */
export type MutationLineageEdgeAddArgs = {
  from: Scalars['String']['input'];
  reason: Scalars['String']['input'];
  to: Scalars['String']['input'];
};


/** Changes. Each answers with the changed object, or with what the caller can correct. */
export type MutationLineageEdgeRemoveArgs = {
  from: Scalars['String']['input'];
  reason: Scalars['String']['input'];
  to: Scalars['String']['input'];
};


/** Changes. Each answers with the changed object, or with what the caller can correct. */
export type MutationNoticesMarkReadArgs = {
  ids?: InputMaybe<Array<Scalars['ID']['input']>>;
};


/** Changes. Each answers with the changed object, or with what the caller can correct. */
export type MutationOutsideResourcesPutArgs = {
  resources: Scalars['JSON']['input'];
  type: Scalars['String']['input'];
};


/** Changes. Each answers with the changed object, or with what the caller can correct. */
export type MutationOutsideResourcesRemoveArgs = {
  ids: Array<Scalars['String']['input']>;
  type: Scalars['String']['input'];
};


/** Changes. Each answers with the changed object, or with what the caller can correct. */
export type MutationPolicySetActivateArgs = {
  version: Scalars['Int']['input'];
};


/** Changes. Each answers with the changed object, or with what the caller can correct. */
export type MutationPolicySetApplyArgs = {
  documents: Scalars['JSON']['input'];
  note?: InputMaybe<Scalars['String']['input']>;
};


/** Changes. Each answers with the changed object, or with what the caller can correct. */
export type MutationPolicySetProposeArgs = {
  documents: Scalars['JSON']['input'];
  note?: InputMaybe<Scalars['String']['input']>;
};


/** Changes. Each answers with the changed object, or with what the caller can correct. */
export type MutationSavedSearchCreateArgs = {
  input: SavedSearchInput;
};


/** Changes. Each answers with the changed object, or with what the caller can correct. */
export type MutationSavedSearchDeleteArgs = {
  id: Scalars['ID']['input'];
};


/** Changes. Each answers with the changed object, or with what the caller can correct. */
export type MutationSavedSearchUpdateArgs = {
  id: Scalars['ID']['input'];
  input: SavedSearchChangeInput;
};


/** Changes. Each answers with the changed object, or with what the caller can correct. */
export type MutationSearchSynonymSetArgs = {
  synonyms: Array<Scalars['String']['input']>;
  word: Scalars['String']['input'];
};


/** Changes. Each answers with the changed object, or with what the caller can correct. */
export type MutationSourceCancelArgs = {
  key: Scalars['String']['input'];
};


/** Changes. Each answers with the changed object, or with what the caller can correct. */
export type MutationSourceCreateArgs = {
  input: SourceInput;
};


/** Changes. Each answers with the changed object, or with what the caller can correct. */
export type MutationSourceDeleteArgs = {
  key: Scalars['String']['input'];
  withdraw?: InputMaybe<Scalars['Boolean']['input']>;
};


/** Changes. Each answers with the changed object, or with what the caller can correct. */
export type MutationSourceRunArgs = {
  dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  key: Scalars['String']['input'];
  removals?: InputMaybe<SourceRemovals>;
};


/** Changes. Each answers with the changed object, or with what the caller can correct. */
export type MutationSourceSyncReleaseArgs = {
  reason: Scalars['String']['input'];
  source: Scalars['String']['input'];
  sync: Scalars['ID']['input'];
};


/** Changes. Each answers with the changed object, or with what the caller can correct. */
export type MutationSourceTestArgs = {
  key: Scalars['String']['input'];
};


/** Changes. Each answers with the changed object, or with what the caller can correct. */
export type MutationSourceUpdateArgs = {
  input: SourceInput;
};


/** Changes. Each answers with the changed object, or with what the caller can correct. */
export type MutationSourceWithdrawArgs = {
  reason: Scalars['String']['input'];
  source: Scalars['String']['input'];
};


/** Changes. Each answers with the changed object, or with what the caller can correct. */
export type MutationTermChangeArgs = {
  kind?: InputMaybe<TermKind>;
  ref: Scalars['String']['input'];
  synonyms?: InputMaybe<Array<Scalars['String']['input']>>;
};


/** Changes. Each answers with the changed object, or with what the caller can correct. */
export type MutationTermCreateArgs = {
  input: TermCreateInput;
};


/** Changes. Each answers with the changed object, or with what the caller can correct. */
export type MutationTokenCreateArgs = {
  input: TokenCreateInput;
};


/** Changes. Each answers with the changed object, or with what the caller can correct. */
export type MutationTokenRevokeArgs = {
  id: Scalars['ID']['input'];
};

/** What a watched search has found. */
export type Notice = {
  /** The asset, or the dataset of the column, as it is now. */
  asset: Asset;
  /** When it was found out. */
  at: Scalars['DateTime']['output'];
  /** The column, when it is about one. */
  column?: Maybe<Column>;
  /** Opaque and permanent. */
  id: Scalars['ID']['output'];
  /** Whether it is marked as read. */
  isRead: Scalars['Boolean']['output'];
  /** The search. */
  savedSearch: SavedSearch;
  /** What happened. */
  type: NoticeType;
};

/** A page of notices. At most 1,000 are kept. */
export type NoticeConnection = {
  /** This page. */
  nodes: Array<Notice>;
  /** Where this page ends. */
  pageInfo: PageInfo;
  /** How many there are in all. */
  totalCount: Scalars['Int']['output'];
  /** How many of the caller's are not read, whatever the filter. */
  unreadCount: Scalars['Int']['output'];
};

/** Which notices. */
export type NoticeFilter =
  /** All. */
  | 'ALL'
  /** Those that are not marked as read. */
  | 'UNREAD';

/** What a notice says. */
export type NoticeType =
  /** It matches, and did not before. */
  | 'MATCHES'
  /** It matched, and does no longer. */
  | 'NO_LONGER_MATCHES';

/** What became of notices. */
export type NoticesPayload = {
  /** How many are not read. */
  unreadCount?: Maybe<Scalars['Int']['output']>;
  /** What to correct. */
  userErrors: Array<UserError>;
};

/** How the service is doing. */
export type Operations = {
  /** Last position of the change log. */
  changeLogPosition: Scalars['String']['output'];
  /** Messages that could not be projected. */
  failedEvents: Scalars['Int']['output'];
  /** Followers of the change log. */
  followers: Array<Follower>;
  /** Received messages that wait for projection. */
  ingestBacklog: Scalars['Int']['output'];
  /** A rebuild waits or is at work. */
  isRebuilding: Scalars['Boolean']['output'];
};

/** What became of a change to things of another system. */
export type OutsideResourcesPayload = {
  /** How many were kept or forgotten. */
  count?: Maybe<Scalars['Int']['output']>;
  /** What the caller can correct. */
  userErrors: Array<UserError>;
};

/** An owner as a producer names it. */
export type Ownership = {
  /** As spelt: 'team:data', 'anna', … */
  name: Scalars['String']['output'];
  /** MAINTAINER, OWNER, STEWARD, … */
  type?: Maybe<Scalars['String']['output']>;
};

/** Where a page ends. */
export type PageInfo = {
  /** Give it as `after` for the next page. */
  endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether there is more. */
  hasNextPage: Scalars['Boolean']['output'];
};

/** Why somebody might, or might not, at a time that is over. */
export type PastExplanation = {
  /** What it rests on. */
  asOf: AccessAsOf;
  /** The rule that decided; null means nothing allowed it. */
  decidedBy?: Maybe<PolicyRule>;
  /** ALLOW or DENY. */
  decision: Decision;
  /** Every rule that applied. */
  matched: Array<PolicyRule>;
  /** Attributes a rule needed and nobody had filled in. */
  missingAttributes: Array<Scalars['String']['output']>;
};

/** A person or a team, as owners are shown. People are found by those who may see something they own. */
export type Person = {
  /** Short unique name, used in owners. */
  handle: Scalars['String']['output'];
  /** Whether it is a team. */
  isTeam: Scalars['Boolean']['output'];
  /** Name for people to read. */
  name: Scalars['String']['output'];
};

/** How a database keeps a dataset, as far as the caller may see its columns and what it points to. */
export type Physical = {
  /** Keys that point to other datasets. */
  foreignKeys: Array<ForeignKey>;
  /** Indexes, those of keys too. */
  indexes: Array<TableIndex>;
  /** Columns of the primary key, in order. */
  primaryKey: Array<Scalars['String']['output']>;
  /** Rows, as the database estimates. */
  rowEstimate?: Maybe<Scalars['Float']['output']>;
  /** Bytes, with indexes. */
  sizeBytes?: Maybe<Scalars['Float']['output']>;
  /** Other unique keys. */
  uniqueKeys: Array<TableKey>;
  /** SQL of a view, for those who see all that it reads and gives. */
  viewSql?: Maybe<Scalars['String']['output']>;
};

/** The steps of a run: the runs without parts of their own that are part of it, as far as the caller may see them. */
export type Pipeline = {
  /** The steps that waited for each other and together took longest: none of the others makes it faster. */
  criticalPath: Array<PipelineStep>;
  /** What these took together, without waiting. */
  criticalSeconds: Scalars['Float']['output'];
  /** The step that took longest. */
  slowestStep?: Maybe<PipelineStep>;
  /** In the order in which they began, at most 1000. */
  steps: Array<PipelineStep>;
  /** True when there are more parts than are looked at: 500 of a run, 8 levels, 1000 steps. */
  truncated: Scalars['Boolean']['output'];
};

/** A step of a pipeline. */
export type PipelineStep = {
  /** Whether it is on the critical path. */
  isCritical: Scalars['Boolean']['output'];
  /** The run. */
  run: Run;
  /** From its start to its end; to now while it runs; 0 where one of them was never said. */
  seconds: Scalars['Float']['output'];
  /** From the end of the last step that it waited for to its start; null when it waited for none. */
  waitedSeconds?: Maybe<Scalars['Float']['output']>;
  /** Ids of the runs that it waited for: said by its job's dependencies, or what it read was written by one that had ended. */
  waitsFor: Array<Scalars['ID']['output']>;
};

/** Something in a policy that is hardly meant. */
export type PolicyFinding = {
  /** NEVER_MATCHES, OPEN_TO_EVERYBODY, ALLOWS_EVERYTHING, DENY_WITHOUT_TEST, NO_TEST, EXPIRED. */
  code: Scalars['String']['output'];
  /** In words. */
  message: Scalars['String']['output'];
  /** Id of the rule. */
  policyId: Scalars['ID']['output'];
  /** ERROR keeps the set from coming into force. */
  severity: FindingSeverity;
};

/** What a policy change would do, for one action. */
export type PolicyImpact = {
  /** The action. */
  action: Action;
  /** Some of them. */
  examples: Array<PolicyImpactExample>;
  /** Pairs of account and asset (or column) that may afterwards and might not before. */
  gained: Scalars['Int']['output'];
  /** Pairs that might before and may not afterwards. */
  lost: Scalars['Int']['output'];
  /** Pairs that may before and afterwards, and are then shown another mask or other rows. */
  maskChanged: Scalars['Int']['output'];
};

/** One pair of account and asset for which a decision would change. */
export type PolicyImpactExample = {
  /** Handle of the account. */
  account: Scalars['String']['output'];
  /** Which way. */
  change: AccessChange;
  /** Name of the asset; of a column with `#` and its path. */
  resource: Scalars['String']['output'];
};

/** A rule that nearly applied. */
export type PolicyMiss = {
  /** What was not fulfilled, in words. */
  failed: Array<Scalars['String']['output']>;
  /** Its id. */
  policyId: Scalars['ID']['output'];
  /** Its title. */
  title: Scalars['String']['output'];
};

/** A mistake that no test notices. */
export type PolicyMutant = {
  /** What was changed. */
  change: Scalars['String']['output'];
  /** Id of the rule. */
  policyId: Scalars['ID']['output'];
};

/** How much of a policy set its own tests pin down. */
export type PolicyMutationScore = {
  /** How many made a test fail. */
  caught: Scalars['Int']['output'];
  /** False when there were too many to try. */
  isComplete: Scalars['Boolean']['output'];
  /** Mistakes that were tried: an effect turned, a condition left out. */
  mutants: Scalars['Int']['output'];
  /** Mistakes that no test notices. */
  survivors: Array<PolicyMutant>;
};

/** What can be said of policy documents. */
export type PolicyReport = {
  /** SHA-256 of their canonical JSON. */
  contentHash: Scalars['String']['output'];
  /** Tests that fail, with what they expected. */
  failures: Array<Scalars['String']['output']>;
  /** What is valid and hardly meant. */
  findings: Array<PolicyFinding>;
  /** Whether they could come into force. */
  isSound: Scalars['Boolean']['output'];
  /** What makes them no policy set, each with its path. */
  problems: Array<Scalars['String']['output']>;
  /** How many tests are in them. */
  tests: Scalars['Int']['output'];
};

/** A rule of the policy set. */
export type PolicyRule = {
  /** platform, domain or asset. */
  band: Scalars['String']['output'];
  /** ALLOW or DENY. */
  effect: Decision;
  /** Its id. */
  id: Scalars['ID']['output'];
  /** Its title. */
  title: Scalars['String']['output'];
};

/** One immutable version of all policy documents. */
export type PolicySet = {
  /** When it came into force last; null: never. */
  activatedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Handle of who put it in force. */
  activatedBy?: Maybe<Scalars['String']['output']>;
  /** SHA-256 of its canonical JSON. */
  contentHash: Scalars['String']['output'];
  /** When it was made. */
  createdAt: Scalars['DateTime']['output'];
  /** Who made it. */
  createdBy: Scalars['String']['output'];
  /** The documents. */
  documents: Scalars['JSON']['output'];
  /** Whether it is in force. */
  isActive: Scalars['Boolean']['output'];
  /** Why it was made. */
  note?: Maybe<Scalars['String']['output']>;
  /** Its number. */
  version: Scalars['Int']['output'];
};

/** A page of policy sets. */
export type PolicySetConnection = {
  /** This page. */
  nodes: Array<PolicySet>;
  /** Where this page ends. */
  pageInfo: PageInfo;
};

/** Outcome. */
export type PolicySetPayload = {
  /** The set in force. */
  policySet?: Maybe<PolicySet>;
  /** What the caller can correct. */
  userErrors: Array<UserError>;
};

/** What ran a run. */
export type ProcessingEngine = {
  /** Version of what sends its events. */
  adapterVersion?: Maybe<Scalars['String']['output']>;
  /** Spark, Airflow, … */
  name?: Maybe<Scalars['String']['output']>;
  /** Its version. */
  version?: Maybe<Scalars['String']['output']>;
};

/** What may come to a column. */
export type PropagatedKind =
  /** How carefully to treat it. */
  | 'SENSITIVITY'
  /** A label. */
  | 'TAG'
  /** A glossary term. */
  | 'TERM';

/** A tag, term or sensitivity that comes to a column over direct flows, none of which masks. */
export type PropagatedWord = {
  /** The column it comes to. */
  column: Scalars['String']['output'];
  /** What it is. */
  kind: PropagatedKind;
  /** The tag, the term or the level. */
  value: Scalars['String']['output'];
  /** Why: from the column that has it to the one that it comes to, both included. */
  via: Array<PropagationStep>;
};

/** What comes to the columns of a dataset from where their values come from. */
export type PropagatedWords = {
  /** True when there was more to look at than 5000 columns or 20 hops. */
  truncated: Scalars['Boolean']['output'];
  /** By column; of each word the nearest cause, of sensitivities the highest. What a column has itself is not among them. */
  words: Array<PropagatedWord>;
};

/** A column on the way of a word. */
export type PropagationStep = {
  /** Its dataset. */
  asset: Asset;
  /** Its path. */
  column: Scalars['String']['output'];
};

/** One source's claim to a shown value. */
export type Provenance = {
  /** When it was said. */
  at: Scalars['DateTime']['output'];
  /** description, owners, tags, … */
  attribute: Scalars['String']['output'];
  /** Handle of the person, or producer URI. */
  by?: Maybe<Scalars['String']['output']>;
  /** people, openlineage, dbt:<project>. */
  source: Scalars['String']['output'];
};

/** Whether runs come as usual. */
export type PunctualityState =
  /** A run is overdue by more than a quarter of the usual time and five minutes. */
  | 'LATE'
  /** The next run is not due, or not for long. */
  | 'ON_TIME'
  /** At least three runs did not come. */
  | 'STALE';

/** One expectation of a dataset's content, and whether it was met. */
export type QualityResult = {
  /** What was found. */
  actual?: Maybe<Scalars['String']['output']>;
  /** not_null, unique, accepted_values, … */
  assertion: Scalars['String']['output'];
  /** When it was said. */
  at: Scalars['DateTime']['output'];
  /** The column it is about; null for the whole dataset. */
  column?: Maybe<Scalars['String']['output']>;
  /** The expectation itself, such as a query. */
  content?: Maybe<Scalars['String']['output']>;
  /** What `content` is: sql, json, … */
  contentType?: Maybe<Scalars['String']['output']>;
  /** In words. */
  description?: Maybe<Scalars['String']['output']>;
  /** What was expected. */
  expected?: Maybe<Scalars['String']['output']>;
  /** Name of this expectation. */
  name?: Maybe<Scalars['String']['output']>;
  /** Settings of it. */
  params?: Maybe<Scalars['JSON']['output']>;
  /** The run that said so; null when it was declared, or its job is hidden. */
  run?: Maybe<Run>;
  /** ERROR or WARN: how bad it is if not met. */
  severity?: Maybe<Scalars['String']['output']>;
  /** Whether it was met. */
  success: Scalars['Boolean']['output'];
};

/** One quantile. */
export type Quantile = {
  /** Which: '0.25', … */
  quantile: Scalars['String']['output'];
  /** Its value. */
  value: Scalars['Float']['output'];
};

/** Reads. */
export type Query = {
  /** What granting a request would change for who asks. For those who may decide it. */
  accessRequestEffect: AccessEffect;
  /** Requests for access, newest first: one's own, and those one may decide. */
  accessRequests: AccessRequestConnection;
  /** Accounts in handle order. Needs `manage_accounts`. */
  accounts: AccountConnection;
  /** Pairs of names that wait for a decision: `assetMerge` or `assetSeparate`. */
  aliasProposals: AliasProposalConnection;
  /** One asset by id, by `kind:namespace/name` reference or by its URN in DataHub; null when it does not exist or is hidden. */
  asset?: Maybe<Asset>;
  /** What was known of an asset at a moment: what its sources and people had said by then. Null when there is none. */
  assetAsOf?: Maybe<AssetState>;
  /** Assets in name order. */
  assets: AssetConnection;
  /** What happened, newest first. Needs `read_audit`. */
  auditLog: AuditConnection;
  /** Position of the newest change. As `minPosition` of a search it waits for what one has just changed. */
  changeLogPosition: Scalars['String']['output'];
  /** The columns that feed or are fed by one column. */
  columnLineage: ColumnLineageGraph;
  /** Which rule decides whether an account (default: the caller) may do something with an asset or column, and why. */
  explain: Explanation;
  /** Which rule decided whether an account might do something at a time that is over. Needs `explain`. */
  explainAsOf: PastExplanation;
  /** Received messages that could not be projected, newest first. Needs `operate`. */
  failedEvents: FailedEventConnection;
  /** What depends on assets, or on columns, counted over everything the caller may see. At most 100 at a time. */
  impact: Impact;
  /** Received messages in which something was odd and taken all the same, newest first: the caller's own, or with `operate` everybody's. */
  ingestWarnings: IngestWarningConnection;
  /** Jobs whose next run should have begun by now, the longest overdue first. Removed and retired ones are left out. */
  lateJobs: LateJobConnection;
  /** The assets that feed (UPSTREAM) or are fed by (DOWNSTREAM) an asset. A hop is one step from dataset to dataset. */
  lineage: LineageGraph;
  /** How the lineage of an asset differs between two moments. */
  lineageDiff: LineageDiff;
  /** One hop from an asset, by name and page by page: what a bound of `lineage` cut off. */
  lineageNeighbours: AssetNeighbourConnection;
  /** The ways on which data of one asset comes to another, shortest first. */
  lineagePaths: LineagePaths;
  /** What people have said feeds an asset or is fed by it, newest first; also what they took back. */
  manualEdges: Array<ManualEdge>;
  /** Who is asking. */
  me: Account;
  /** What the caller's watched searches have found, newest first; only of what he may see now. */
  notices: NoticeConnection;
  /** How far each follower of the change log and the ingestion have come. Needs `operate`. */
  operations: Operations;
  /** How many mistakes in documents their own tests would catch. Needs `manage_policies`. */
  policyMutationScore: PolicyMutationScore;
  /** Whether documents could come into force, and what looks wrong. Changes nothing. Needs `manage_policies`. */
  policyReport: PolicyReport;
  /** The policy set in force, or a version of it. Needs `manage_policies` or `read_audit`. */
  policySet: PolicySet;
  /** Every version, newest first. Needs `manage_policies` or `read_audit`. */
  policySets: PolicySetConnection;
  /** What would change against the set in force: exact, over all accounts and the whole catalog. Needs `manage_policies`. */
  policySimulation: Array<PolicyImpact>;
  /** Tags, terms and sensitivities that come to the columns of a dataset with the values they are made of, and why. */
  propagatedWords: PropagatedWords;
  /** Assets whose page the caller opened lately and may see now, newest first; at most 500, for 180 days. Nobody else sees them. */
  recentlyViewed: ViewedAssetConnection;
  /** One of them; null when it does not exist or is somebody else's. */
  savedSearch?: Maybe<SavedSearch>;
  /** What one of them finds now, with the caller's rights; null when it does not exist or is somebody else's. */
  savedSearchResults?: Maybe<SearchConnection>;
  /** Searches that the caller keeps, and those that his teams are shown, by name. */
  savedSearches: SavedSearchConnection;
  /**
   * Assets, columns and people that match, best first. `query` holds words, "phrases", -excluded words and qualifiers such
   * as `owner:me tag:pii type:table -domain:sandbox`; without words everything is listed, columns and people only where
   * their kind is asked for.
   */
  search: SearchConnection;
  /** How big the search index is, and how far building it anew has come. Needs `operate`. */
  searchIndex: SearchIndexState;
  /** Names that start like the given text, best first, at most 10. */
  searchSuggest: Array<SearchHit>;
  /** Other words that search takes for a word, in order of the words; those of the glossary are with its terms. */
  searchSynonyms: SearchSynonymConnection;
  /** Datasets that have columns and words of their names in common with a dataset, the most alike first; at most 50. */
  similarDatasets: Array<SimilarDataset>;
  /** One of them; null when there is none. Needs `operate`. */
  source?: Maybe<Source>;
  /** One run of a source; null when there is none. Needs `operate`. */
  sourceRun?: Maybe<SourceRun>;
  /** Syncs of one source, or of all, newest first. Needs `operate`. */
  sourceSyncs: SourceSyncConnection;
  /** Databases that are crawled, in key order. Needs `operate`. */
  sources: SourceConnection;
  /** Everything an account (default: the caller) may do, or one action of it, complete. About others it takes `explain`. */
  whatCan: WhatCanConnection;
  /** Everybody who may do something with an asset or column, complete. Needs `explain`. */
  whoCan: WhoCanConnection;
  /** Everybody who might do something with an asset or column at a time that is over, complete. Needs `explain`. */
  whoCanAsOf: WhoCanAsOfConnection;
};


/** Reads. */
export type QueryAccessRequestEffectArgs = {
  id: Scalars['ID']['input'];
};


/** Reads. */
export type QueryAccessRequestsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  needsReview?: InputMaybe<Scalars['Boolean']['input']>;
};


/** Reads. */
export type QueryAccountsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Reads. */
export type QueryAliasProposalsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Reads. */
export type QueryAssetArgs = {
  ref: Scalars['String']['input'];
};


/** Reads. */
export type QueryAssetAsOfArgs = {
  at: Scalars['DateTime']['input'];
  ref: Scalars['String']['input'];
};


/** Reads. */
export type QueryAssetsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<AssetFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Reads. */
export type QueryAuditLogArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<AuditFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Reads. */
export type QueryColumnLineageArgs = {
  column: Scalars['String']['input'];
  direction: LineageDirection;
  filter?: InputMaybe<ColumnLineageFilter>;
  maxHops?: InputMaybe<Scalars['Int']['input']>;
  maxNodes?: InputMaybe<Scalars['Int']['input']>;
  ref: Scalars['String']['input'];
};


/** Reads. */
export type QueryExplainArgs = {
  account?: InputMaybe<Scalars['String']['input']>;
  action: Action;
  column?: InputMaybe<Scalars['String']['input']>;
  environment?: InputMaybe<EnvironmentInput>;
  ref: Scalars['String']['input'];
};


/** Reads. */
export type QueryExplainAsOfArgs = {
  account: Scalars['String']['input'];
  action: Action;
  at: Scalars['DateTime']['input'];
  column?: InputMaybe<Scalars['String']['input']>;
  ref: Scalars['String']['input'];
};


/** Reads. */
export type QueryFailedEventsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Reads. */
export type QueryImpactArgs = {
  columns?: InputMaybe<Array<ColumnRefInput>>;
  direction?: InputMaybe<LineageDirection>;
  refs?: InputMaybe<Array<Scalars['String']['input']>>;
};


/** Reads. */
export type QueryIngestWarningsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Reads. */
export type QueryLateJobsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Reads. */
export type QueryLineageArgs = {
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
  direction: LineageDirection;
  filter?: InputMaybe<LineageFilter>;
  maxHops?: InputMaybe<Scalars['Int']['input']>;
  maxNodes?: InputMaybe<Scalars['Int']['input']>;
  minSequence?: InputMaybe<Scalars['String']['input']>;
  ref: Scalars['String']['input'];
  run?: InputMaybe<Scalars['ID']['input']>;
  seenSince?: InputMaybe<Scalars['DateTime']['input']>;
};


/** Reads. */
export type QueryLineageDiffArgs = {
  direction: LineageDirection;
  from: Scalars['DateTime']['input'];
  maxHops?: InputMaybe<Scalars['Int']['input']>;
  maxNodes?: InputMaybe<Scalars['Int']['input']>;
  ref: Scalars['String']['input'];
  to: Scalars['DateTime']['input'];
};


/** Reads. */
export type QueryLineageNeighboursArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  direction: LineageDirection;
  first?: InputMaybe<Scalars['Int']['input']>;
  ref: Scalars['String']['input'];
};


/** Reads. */
export type QueryLineagePathsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  from: Scalars['String']['input'];
  maxHops?: InputMaybe<Scalars['Int']['input']>;
  to: Scalars['String']['input'];
};


/** Reads. */
export type QueryManualEdgesArgs = {
  ref: Scalars['String']['input'];
};


/** Reads. */
export type QueryNoticesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<NoticeFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Reads. */
export type QueryPolicyMutationScoreArgs = {
  documents: Scalars['JSON']['input'];
};


/** Reads. */
export type QueryPolicyReportArgs = {
  documents: Scalars['JSON']['input'];
};


/** Reads. */
export type QueryPolicySetArgs = {
  version?: InputMaybe<Scalars['Int']['input']>;
};


/** Reads. */
export type QueryPolicySetsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Reads. */
export type QueryPolicySimulationArgs = {
  documents: Scalars['JSON']['input'];
};


/** Reads. */
export type QueryPropagatedWordsArgs = {
  ref: Scalars['String']['input'];
};


/** Reads. */
export type QueryRecentlyViewedArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Reads. */
export type QuerySavedSearchArgs = {
  id: Scalars['ID']['input'];
};


/** Reads. */
export type QuerySavedSearchResultsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  explain?: InputMaybe<Scalars['Boolean']['input']>;
  facets?: InputMaybe<Array<SearchField>>;
  first?: InputMaybe<Scalars['Int']['input']>;
  id: Scalars['ID']['input'];
};


/** Reads. */
export type QuerySavedSearchesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Reads. */
export type QuerySearchArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  explain?: InputMaybe<Scalars['Boolean']['input']>;
  facets?: InputMaybe<Array<SearchField>>;
  filter?: InputMaybe<SearchFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  minPosition?: InputMaybe<Scalars['String']['input']>;
  query: Scalars['String']['input'];
  sort?: InputMaybe<SearchSort>;
};


/** Reads. */
export type QuerySearchSuggestArgs = {
  prefix: Scalars['String']['input'];
};


/** Reads. */
export type QuerySearchSynonymsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Reads. */
export type QuerySimilarDatasetsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  ref: Scalars['String']['input'];
};


/** Reads. */
export type QuerySourceArgs = {
  key: Scalars['String']['input'];
};


/** Reads. */
export type QuerySourceRunArgs = {
  id: Scalars['ID']['input'];
};


/** Reads. */
export type QuerySourceSyncsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  source?: InputMaybe<Scalars['String']['input']>;
};


/** Reads. */
export type QuerySourcesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Reads. */
export type QueryWhatCanArgs = {
  account?: InputMaybe<Scalars['String']['input']>;
  action?: InputMaybe<Action>;
  after?: InputMaybe<Scalars['String']['input']>;
  environment?: InputMaybe<EnvironmentInput>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Reads. */
export type QueryWhoCanArgs = {
  action: Action;
  after?: InputMaybe<Scalars['String']['input']>;
  column?: InputMaybe<Scalars['String']['input']>;
  environment?: InputMaybe<EnvironmentInput>;
  first?: InputMaybe<Scalars['Int']['input']>;
  ref: Scalars['String']['input'];
};


/** Reads. */
export type QueryWhoCanAsOfArgs = {
  action: Action;
  after?: InputMaybe<Scalars['String']['input']>;
  at: Scalars['DateTime']['input'];
  column?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  ref: Scalars['String']['input'];
};

/** Result of asking for a rebuild. */
export type RebuildPayload = {
  /** It will run, or runs already. */
  isScheduled: Scalars['Boolean']['output'];
  /** What the caller can correct. */
  userErrors: Array<UserError>;
};

/** What a source has come to say about an asset it lists. */
export type RecordState =
  /** Not in its last complete sync. */
  | 'MISSING'
  /** Its filter no longer covers the name: it says nothing about it. */
  | 'OUT_OF_SCOPE'
  /** In its last complete sync, or seen since. */
  | 'PRESENT'
  /** Not in its last three complete syncs, or missing for a week. */
  | 'REMOVED';

/** Outcome. */
export type ReindexPayload = {
  /** Whether the work is scheduled. */
  isScheduled: Scalars['Boolean']['output'];
  /** What the caller can correct. */
  userErrors: Array<UserError>;
};

/** Outcome. */
export type ReplayPayload = {
  /** How many messages wait for projection again. */
  replayed: Scalars['Int']['output'];
  /** What the caller can correct. */
  userErrors: Array<UserError>;
};

/** One execution of a job. What its producer wrote in free text is hidden from those who do not see all that the job reads and writes. */
export type Run = {
  /** Runs that are part of it, newest first. Those of hidden jobs are left out, so a page can be shorter than asked. */
  children: RunConnection;
  /** Jobs that it waited for or started. */
  dependencies: Array<JobDependency>;
  /** Terminal event. */
  endedAt?: Maybe<Scalars['DateTime']['output']>;
  /** What ran it. */
  engine?: Maybe<ProcessingEngine>;
  /** Environment variables, without what looks like a secret. */
  environment: Array<RunVariable>;
  /** Why it failed, in full. */
  error?: Maybe<RunError>;
  /** Why it failed. */
  errorMessage?: Maybe<Scalars['String']['output']>;
  /** The producer's run id, byte-exact. */
  externalId: Scalars['String']['output'];
  /** The query by which another system knows it. */
  externalQuery?: Maybe<ExternalQuery>;
  /** What its producer could not read of it. */
  extractionErrors?: Maybe<ExtractionErrors>;
  /** Run facets, verbatim. */
  facets: Array<RunFacet>;
  /** Opaque. */
  id: Scalars['ID']['output'];
  /** What it read. */
  inputs: Array<RunDataset>;
  /** Not ended, no stream, and not heard of for a day. Its state stays: nobody invents an end. */
  isLost: Scalars['Boolean']['output'];
  /** What was executed. */
  job?: Maybe<Job>;
  /** Newest event. */
  lastEventAt: Scalars['DateTime']['output'];
  /** End of the time it is about. */
  nominalEndAt?: Maybe<Scalars['DateTime']['output']>;
  /** Beginning of the time it is about, such as the day of a daily run. */
  nominalStartAt?: Maybe<Scalars['DateTime']['output']>;
  /** What it wrote. */
  outputs: Array<RunDataset>;
  /** Parameters, without what looks like a secret. */
  parameters: Array<RunParameter>;
  /** The run it is a part of; null when there is none, or its job is hidden. */
  parent?: Maybe<RunReference>;
  /** What the runs that are part of it did one after another; a run without parts is its own only step. */
  pipeline: Pipeline;
  /** The run at the top that it is a part of; null when there is none, or its job is hidden. */
  root?: Maybe<RunReference>;
  /** First START. */
  startedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Where it stands. */
  state: RunState;
  /** Tags as its producer sent them. */
  tags: Array<SourceTag>;
  /** Tests that it executed. */
  tests: Array<RunTest>;
  /** How what it waited for was joined: ALL_SUCCESS, … */
  triggerRule?: Maybe<Scalars['String']['output']>;
};


/** One execution of a job. What its producer wrote in free text is hidden from those who do not see all that the job reads and writes. */
export type RunChildrenArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of runs. */
export type RunConnection = {
  /** This page. */
  nodes: Array<Run>;
  /** Where this page ends. */
  pageInfo: PageInfo;
};

/** What one run read or wrote. */
export type RunDataset = {
  /** The dataset; null when it is hidden. */
  dataset?: Maybe<Dataset>;
  /** Which side of the run it is on. */
  direction: RunDirection;
  /** Facets of this reading or writing, verbatim. */
  facets: Array<RunFacet>;
  /** Files read or written. */
  fileCount?: Maybe<Scalars['Float']['output']>;
  /** Rows read or written. */
  rowCount?: Maybe<Scalars['Float']['output']>;
  /** The run; null when its job is hidden. */
  run?: Maybe<Run>;
  /** Bytes read or written. */
  size?: Maybe<Scalars['Float']['output']>;
  /** Which part: the condition as the producer sent it (OpenLineage BaseSubsetDatasetFacet). */
  subset?: Maybe<Scalars['JSON']['output']>;
  /** Version that was read or written. */
  version?: Maybe<Scalars['String']['output']>;
};

/** A page of what runs read or wrote. */
export type RunDatasetConnection = {
  /** This page. */
  nodes: Array<RunDataset>;
  /** Where this page ends. */
  pageInfo: PageInfo;
};

/** Which side of a run a dataset is on. */
export type RunDirection =
  /** Read. */
  | 'INPUT'
  /** Written. */
  | 'OUTPUT';

/** Why a run failed. */
export type RunError = {
  /** Language of the program. */
  language?: Maybe<Scalars['String']['output']>;
  /** In words. */
  message: Scalars['String']['output'];
  /** Where in the program. */
  stackTrace?: Maybe<Scalars['String']['output']>;
};

/** A run facet, verbatim. */
export type RunFacet = {
  /** Facet key. */
  name: Scalars['String']['output'];
  /** The facet, verbatim. */
  value?: Maybe<Scalars['JSON']['output']>;
};

/** A parameter of a run. */
export type RunParameter = {
  /** What it is. */
  description?: Maybe<Scalars['String']['output']>;
  /** Its key. */
  key: Scalars['String']['output'];
  /** Name for people to read. */
  name?: Maybe<Scalars['String']['output']>;
  /** Its value. */
  value?: Maybe<Scalars['JSON']['output']>;
};

/** A run that another one names. */
export type RunReference = {
  /** The producer's id of it. */
  externalId?: Maybe<Scalars['String']['output']>;
  /** Its job. */
  job: Job;
  /** The run, as far as it has been heard of. */
  run?: Maybe<Run>;
};

/** States of a run. */
export type RunState =
  /** Stopped. */
  | 'ABORT'
  /** Ended well. */
  | 'COMPLETE'
  /** Ended badly. */
  | 'FAIL'
  /** Announced, not started. */
  | 'PENDING'
  /** Started, no end seen. */
  | 'RUNNING';

/** A test that a run executed; it need not be about one dataset. */
export type RunTest = {
  /** What was found. */
  actual?: Maybe<Scalars['String']['output']>;
  /** The test itself, such as a query. */
  content?: Maybe<Scalars['String']['output']>;
  /** What `content` is: sql, json, … */
  contentType?: Maybe<Scalars['String']['output']>;
  /** In words. */
  description?: Maybe<Scalars['String']['output']>;
  /** What was expected. */
  expected?: Maybe<Scalars['String']['output']>;
  /** Its name. */
  name: Scalars['String']['output'];
  /** Settings of it. */
  params?: Maybe<Scalars['JSON']['output']>;
  /** ERROR or WARN: how bad a failure is. */
  severity?: Maybe<Scalars['String']['output']>;
  /** PASS, FAIL or SKIP. */
  status?: Maybe<Scalars['String']['output']>;
  /** What kind: not_null, freshness, … */
  type?: Maybe<Scalars['String']['output']>;
};

/** An environment variable of a run. */
export type RunVariable = {
  /** Its name. */
  name: Scalars['String']['output'];
  /** Its value. */
  value?: Maybe<Scalars['String']['output']>;
};

/** A search that somebody keeps. */
export type SavedSearch = {
  /** When it was kept. */
  createdAt: Scalars['DateTime']['output'];
  /** What narrows it. */
  filter: SavedSearchFilter;
  /** Opaque and permanent. */
  id: Scalars['ID']['output'];
  /** Whether the caller is its owner. */
  isMine: Scalars['Boolean']['output'];
  /** What its owner calls it. */
  name: Scalars['String']['output'];
  /** Handle of its owner, the only one who may change it. */
  owner: Scalars['String']['output'];
  /** What is searched. */
  query: Scalars['String']['output'];
  /** What its results are ordered by. */
  sort: SearchSort;
  /** Handle of the team whose members may read and run it too. */
  team?: Maybe<Scalars['String']['output']>;
  /** Whether the caller is told what newly matches. */
  watch: SavedSearchWatch;
};

/** Changes of a search that is kept; what is left out stays. */
export type SavedSearchChangeInput = {
  /** What narrows it, as a whole. */
  filter?: InputMaybe<SearchFilter>;
  /** What its owner calls it. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** What is searched. What matches then is where watching begins anew. */
  query?: InputMaybe<Scalars['String']['input']>;
  /** What its results are ordered by. */
  sort?: InputMaybe<SearchSort>;
  /** Handle of a team whose members may read and run it too; null: nobody else. */
  team?: InputMaybe<Scalars['String']['input']>;
  /** Whether its owner is told what newly matches. */
  watch?: InputMaybe<Scalars['Boolean']['input']>;
};

/** A page of searches that are kept. */
export type SavedSearchConnection = {
  /** This page. */
  nodes: Array<SavedSearch>;
  /** Where this page ends. */
  pageInfo: PageInfo;
};

/** What became of a search that was to be kept no longer. */
export type SavedSearchDeletePayload = {
  /** Of the search that is gone. */
  id?: Maybe<Scalars['ID']['output']>;
  /** What to correct. */
  userErrors: Array<UserError>;
};

/** What narrows a search that is kept; as `SearchFilter`. */
export type SavedSearchFilter = {
  /** Only in the data product of this name. */
  dataProduct?: Maybe<Scalars['String']['output']>;
  /** Only this domain and what lies under it. */
  domain?: Maybe<Scalars['String']['output']>;
  /** Only these kinds. */
  kinds?: Maybe<Array<SearchKind>>;
  /** Only up to this sensitivity. */
  maxSensitivity?: Maybe<Sensitivity>;
  /** Only certified at least so far, and not expired. */
  minCertification?: Maybe<CertificationLevel>;
  /** Only in this namespace. */
  namespace?: Maybe<Scalars['String']['output']>;
  /** Only owned by one of these handles. */
  owners?: Maybe<Array<Scalars['String']['output']>>;
  /** Only these platforms. */
  platforms?: Maybe<Array<Scalars['String']['output']>>;
  /** Only with this presence. */
  presence?: Maybe<Array<AssetPresence>>;
  /** Only with all of these tags. */
  tags?: Maybe<Array<Scalars['String']['output']>>;
  /** Only with all of these glossary terms. */
  terms?: Maybe<Array<Scalars['String']['output']>>;
};

/** A search to keep. */
export type SavedSearchInput = {
  /** What narrows it. */
  filter?: InputMaybe<SearchFilter>;
  /** What its owner calls it; unique among his own. */
  name: Scalars['String']['input'];
  /** What is searched, as in `search`. */
  query: Scalars['String']['input'];
  /** What its results are ordered by. */
  sort?: InputMaybe<SearchSort>;
  /** Handle of a team of the owner's whose members may read and run it too. */
  team?: InputMaybe<Scalars['String']['input']>;
  /** Whether its owner is told what newly matches, and what no longer does. */
  watch?: InputMaybe<Scalars['Boolean']['input']>;
};

/** What became of a search that is kept. */
export type SavedSearchPayload = {
  /** As it is now. */
  savedSearch?: Maybe<SavedSearch>;
  /** What to correct. */
  userErrors: Array<UserError>;
};

/** Whether the caller is told what newly matches a search. */
export type SavedSearchWatch =
  /** He is not. */
  | 'OFF'
  /** He is, about five minutes after it was found at the latest while searches are few. */
  | 'ON'
  /** It matches more than 1,000 assets and columns; narrow it to be told. */
  | 'TOO_BROAD';

/** A page of search hits. */
export type SearchConnection = {
  /** The words that were searched in place of misspelled ones. */
  didYouMean?: Maybe<Scalars['String']['output']>;
  /** Counts over everything that matches, in the order asked for. */
  facets: Array<SearchFacet>;
  /** This page. */
  nodes: Array<SearchHit>;
  /** What of the query could not be taken as it was meant. */
  notices: Array<SearchNotice>;
  /** Where this page ends. */
  pageInfo: PageInfo;
  /** Position of the change log that the answer reflects at least. */
  position: Scalars['String']['output'];
  /** How many there are in all, after policy. */
  totalCount: Scalars['Int']['output'];
};

/** Matches counted by one field. */
export type SearchFacet = {
  /** The field. */
  field: SearchField;
  /** At most 100 values, the most frequent first. */
  values: Array<SearchFacetValue>;
  /** How many matches have no value. */
  without: Scalars['Int']['output'];
};

/** How many matches have a value. */
export type SearchFacetValue = {
  /** How many. */
  count: Scalars['Int']['output'];
  /** The value. */
  value: Scalars['String']['output'];
};

/** What matches can be counted by. */
export type SearchField =
  /** How far it is certified now. */
  | 'CERTIFICATION'
  /** Its domain. */
  | 'DOMAIN'
  /** What it is. */
  | 'KIND'
  /** Whether it is still to be used. */
  | 'LIFECYCLE'
  /** Its namespace. */
  | 'NAMESPACE'
  /** Who owns it. */
  | 'OWNER'
  /** Where it lives. */
  | 'PLATFORM'
  /** Whether the sources that list it still do. */
  | 'PRESENCE'
  /** The data products it belongs to. */
  | 'PRODUCT'
  /** How sensitive it is; of a column itself. */
  | 'SENSITIVITY'
  /** Its tags; of a column its own. */
  | 'TAG'
  /** Its glossary terms; of a column its own. */
  | 'TERM'
  /** Finer than the kind, as producers spell it. */
  | 'TYPE';

/** Narrows a search; a list of kinds may name columns and people too. */
export type SearchFilter = {
  /** Only in the data product of this name. */
  dataProduct?: InputMaybe<Scalars['String']['input']>;
  /** Only this domain and what lies under it. */
  domain?: InputMaybe<Scalars['String']['input']>;
  /** Only these kinds. */
  kinds?: InputMaybe<Array<SearchKind>>;
  /** Only up to this sensitivity; of a column its own. */
  maxSensitivity?: InputMaybe<Sensitivity>;
  /** Only certified at least so far, and not expired. */
  minCertification?: InputMaybe<CertificationLevel>;
  /** Only in this namespace. */
  namespace?: InputMaybe<Scalars['String']['input']>;
  /** Only owned by one of these handles. */
  owners?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Only these platforms. */
  platforms?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Only with this presence; left out, what was removed is not listed. */
  presence?: InputMaybe<Array<AssetPresence>>;
  /** Only with all of these tags; of a column its own. */
  tags?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Only with all of these glossary terms; of a column its own. */
  terms?: InputMaybe<Array<Scalars['String']['input']>>;
};

/** Part of a text, in UTF-16 code units. */
export type SearchHighlight = {
  /** How long it is. */
  length: Scalars['Int']['output'];
  /** Where it begins, from 0 on. */
  start: Scalars['Int']['output'];
};

/** Something that matched. */
export type SearchHit = {
  /** The asset, or the dataset of the column that matched; null for people. */
  asset?: Maybe<Asset>;
  /** The column that matched. */
  column?: Maybe<Column>;
  /** As `after` it asks for what comes behind this hit. */
  cursor: Scalars['String']['output'];
  /** What matched. */
  item: SearchItem;
  /** The texts that hold what was searched, the most telling first. */
  matches: Array<SearchMatch>;
  /** What its place inside the tier is made of, the biggest part first; null unless asked to explain. */
  score?: Maybe<Array<SearchScorePart>>;
  /** How well it matched. */
  tier: SearchTier;
};

/** How the search index is. */
export type SearchIndexState = {
  /** Its size in bytes, as a whole number in text. */
  bytes: Scalars['String']['output'];
  /** Documents in it: assets, columns, people and teams. */
  documents: Scalars['Int']['output'];
  /** The last time it was built anew; null when that never was. */
  rebuild?: Maybe<SearchRebuild>;
};

/** What a search finds. */
export type SearchItem = Column | Dashboard | DataProduct | Dataset | Domain | Job | Person | Term;

/** What is searched. */
export type SearchKind =
  /** A column of a dataset. */
  | 'COLUMN'
  /** A dashboard or report. */
  | 'DASHBOARD'
  /** A table, view, topic or file set. */
  | 'DATASET'
  /** Data offered to others as a whole. */
  | 'DATA_PRODUCT'
  /** An area of the business. */
  | 'DOMAIN'
  /** A task, model or procedure. */
  | 'JOB'
  /** A person or a team. */
  | 'PERSON'
  /** A word of the business. */
  | 'TERM';

/** A text of a hit that holds what was searched. */
export type SearchMatch = {
  /** Where the text is from. */
  field: SearchMatchField;
  /** Where in the text, in order. */
  highlights: Array<SearchHighlight>;
  /** The text; of a long one the part around the first match, with … where it is cut. */
  text: Scalars['String']['output'];
};

/** Where a matched text is from. */
export type SearchMatchField =
  /** What is said of it. */
  | 'DESCRIPTION'
  /** The name for people to read. */
  | 'DISPLAY_NAME'
  /** Its domain. */
  | 'DOMAIN'
  /** The name; of a column its path. */
  | 'NAME'
  /** An owner. */
  | 'OWNER'
  /** A data product it belongs to. */
  | 'PRODUCT'
  /** Another word for it. */
  | 'SYNONYM'
  /** A tag. */
  | 'TAG'
  /** A glossary term. */
  | 'TERM';

/** Something of a query that was not taken as it was meant. */
export type SearchNotice = {
  /** What is wrong, and what to write instead. */
  message: Scalars['String']['output'];
  /** The part of the query, or the argument. */
  text: Scalars['String']['output'];
};

/** Building the search index anew. Search goes on meanwhile, and what was interrupted goes on where it was. */
export type SearchRebuild = {
  /** Assets and people that are indexed. */
  done: Scalars['Int']['output'];
  /** When it was finished. */
  finishedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Whether it is not finished. */
  isRunning: Scalars['Boolean']['output'];
  /** When it began. */
  startedAt: Scalars['DateTime']['output'];
  /** Assets and people that there were when it began. */
  total: Scalars['Int']['output'];
};

/** What a score is made of. */
export type SearchScoreName =
  /** How short its name is. */
  | 'BREVITY'
  /** How far it is certified. */
  | 'CERTIFICATION'
  /** Whether it is described. */
  | 'DESCRIPTION'
  /** How lately it changed. */
  | 'FRESHNESS'
  /** What it is: datasets come before jobs. */
  | 'KIND'
  /** Below 0 for what is deprecated, retired or removed: last in its tier. */
  | 'LIFECYCLE'
  /** Whether it has an owner. */
  | 'OWNERSHIP'
  /** Runs that read or wrote it, queries, and people who opened its page. */
  | 'USAGE';

/** Part of a hit's score. */
export type SearchScorePart = {
  /** What it is for. */
  name: SearchScoreName;
  /** Points, the more the better. */
  points: Scalars['Int']['output'];
};

/** What a search is ordered by. */
export type SearchSort =
  /** The name. */
  | 'NAME'
  /** The tier; inside a tier usage, certification, ownership and freshness, what is deprecated last. */
  | 'RELEVANCE'
  /** What was changed last comes first. */
  | 'UPDATED'
  /** What is used most comes first. */
  | 'USAGE';

/** A word and others for it, in small letters without separators. */
export type SearchSynonym = {
  /** What is as good, both ways. */
  synonyms: Array<Scalars['String']['output']>;
  /** The word, or words. */
  word: Scalars['String']['output'];
};

/** A page of words with other words for them. */
export type SearchSynonymConnection = {
  /** This page. */
  nodes: Array<SearchSynonym>;
  /** Where this page ends. */
  pageInfo: PageInfo;
};

/** What became of other words for a word. */
export type SearchSynonymPayload = {
  /** As it is now. */
  synonym?: Maybe<SearchSynonym>;
  /** What to correct. */
  userErrors: Array<UserError>;
};

/** How well something matched, best first. */
export type SearchTier =
  /** The name of a column, its beginning, or all words in it and its dataset's name. */
  | 'COLUMN_NAME'
  /** The name, in any spelling of separators and case. */
  | 'EXACT_NAME'
  /** The beginning of the name. */
  | 'NAME_PREFIX'
  /** All words in the name. */
  | 'NAME_WORDS'
  /** The end of the qualified name. */
  | 'QUALIFIED_NAME'
  /** Other words that are spelled nearly alike, as nothing has these. */
  | 'SIMILAR'
  /** Some of the words, as nothing has them all. */
  | 'SOME_WORDS'
  /** All words in name, description, terms, tags or owners. */
  | 'TEXT';

/** Where a secret is read from. One of the two. */
export type SecretReference = {
  /** Variable of the service's environment. */
  env?: Maybe<Scalars['String']['output']>;
  /** File on the service's machine. */
  file?: Maybe<Scalars['String']['output']>;
};

/** Where a secret is read from. Give one of the two. */
export type SecretReferenceInput = {
  /** Variable of the service's environment; its name begins with CADASTRE_SECRET_. */
  env?: InputMaybe<Scalars['String']['input']>;
  /** File below the folder for secrets. */
  file?: InputMaybe<Scalars['String']['input']>;
};

/** How carefully to treat data, in rising order. */
export type Sensitivity =
  /** Those who need it. */
  | 'CONFIDENTIAL'
  /** Everybody in the company. */
  | 'INTERNAL'
  /** Anybody. */
  | 'PUBLIC'
  /** Named people only. */
  | 'RESTRICTED';

/** A dataset like another, and why. What the caller may not see is in no count. */
export type SimilarDataset = {
  /** Columns of the first one that it has too, in any spelling of separators and case; the most telling first. */
  columns: Array<Scalars['String']['output']>;
  /** The other dataset. */
  dataset: Dataset;
  /** From 0 to 1: how much of what tells the first one apart it has too; what few have counts more. */
  score: Scalars['Float']['output'];
  /** Tags of both. */
  tags: Array<Scalars['String']['output']>;
  /** Glossary terms of both. */
  terms: Array<Scalars['String']['output']>;
  /** Words of the first one's name that its name has too, in whatever form. */
  words: Array<Scalars['String']['output']>;
};

/** A database that is crawled: by its schedule, or when somebody asks. */
export type Source = {
  /** Database; null for all of a MySQL server. */
  database?: Maybe<Scalars['String']['output']>;
  /** Globs of what is left out. */
  exclude: Array<Scalars['String']['output']>;
  /** Source of its facts and syncs: `postgres:<key>`. */
  factSource: Scalars['String']['output'];
  /** Name or address. */
  host: Scalars['String']['output'];
  /** Globs over `schema.table` (MySQL: `database.table`) of what is looked at; none is everything. */
  include: Array<Scalars['String']['output']>;
  /** Whether the schedule is followed. */
  isEnabled: Scalars['Boolean']['output'];
  /** Defined in the configuration file: to be changed there. */
  isReadOnly: Scalars['Boolean']['output'];
  /** Short unique name. */
  key: Scalars['String']['output'];
  /** Newest run. */
  lastRun?: Maybe<SourceRun>;
  /** Namespace of its datasets. */
  namespace: Scalars['String']['output'];
  /** When it runs next by its schedule. */
  nextRunAt?: Maybe<Scalars['DateTime']['output']>;
  /** Where it is defined. */
  origin: SourceOrigin;
  /** Where the password is read from; never the password. */
  password?: Maybe<SecretReference>;
  /** Port. */
  port: Scalars['Int']['output'];
  /** Runs, newest first; the last 100 are kept. */
  runs: SourceRunConnection;
  /** Cron expression in UTC, or @daily and its like; null: only when somebody asks. */
  schedule?: Maybe<Scalars['String']['output']>;
  /** How the connection is protected. */
  ssl: SourceSsl;
  /** What speaks there. */
  type: SourceType;
  /** Last change of the definition. */
  updatedAt: Scalars['DateTime']['output'];
  /** Handle of who made it; null for the configuration file. */
  updatedBy?: Maybe<Scalars['String']['output']>;
  /** User that reads. */
  user: Scalars['String']['output'];
};


/** A database that is crawled: by its schedule, or when somebody asks. */
export type SourceRunsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** The code of a job. */
export type SourceCode = {
  /** In which language. */
  language?: Maybe<Scalars['String']['output']>;
  /** Its text. */
  text?: Maybe<Scalars['String']['output']>;
};

/** Where the code of a job is kept. */
export type SourceCodeLocation = {
  /** Branch. */
  branch?: Maybe<Scalars['String']['output']>;
  /** Path inside it. */
  path?: Maybe<Scalars['String']['output']>;
  /** Pull request that brought it. */
  pullRequestNumber?: Maybe<Scalars['String']['output']>;
  /** The repository. */
  repoUrl?: Maybe<Scalars['String']['output']>;
  /** Tag. */
  tag?: Maybe<Scalars['String']['output']>;
  /** git, svn, … */
  type?: Maybe<Scalars['String']['output']>;
  /** The file, for people to open. */
  url?: Maybe<Scalars['String']['output']>;
  /** Commit. */
  version?: Maybe<Scalars['String']['output']>;
};

/** A page of sources. */
export type SourceConnection = {
  /** This page. */
  nodes: Array<Source>;
  /** Where this page ends. */
  pageInfo: PageInfo;
};

/** Outcome. */
export type SourceDeletePayload = {
  /** Assets that it listed and that stay as they are. */
  assetsKept?: Maybe<Scalars['Int']['output']>;
  /** Assets that it listed and no longer has: those that no other source has are removed. */
  assetsWithdrawn?: Maybe<Scalars['Int']['output']>;
  /** Key of what was forgotten. */
  key?: Maybe<Scalars['String']['output']>;
  /** What the caller can correct. */
  userErrors: Array<UserError>;
};

/** Why a database cannot be crawled. */
export type SourceFailureCode =
  /** There is no such database. */
  | 'DATABASE_UNKNOWN'
  /** Nobody knows the host. */
  | 'HOST_UNKNOWN'
  /** User or password are refused. */
  | 'LOGIN_REFUSED'
  /** Something else; see the message. */
  | 'OTHER'
  /** The user may not read it. */
  | 'PERMISSION_DENIED'
  /** The password is not where it should be. */
  | 'SECRET_MISSING'
  /** No answer in time. */
  | 'TIMEOUT'
  /** The connection cannot be protected as asked. */
  | 'TLS'
  /** Nothing answers there. */
  | 'UNREACHABLE';

/** A database to crawl. */
export type SourceInput = {
  /** Needed for PostgreSQL. */
  database?: InputMaybe<Scalars['String']['input']>;
  /** Globs of what is left out. */
  exclude?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Name or address. */
  host: Scalars['String']['input'];
  /** Globs over `schema.table` (MySQL: `database.table`): `*` is any run of characters. None is everything. */
  include?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Whether the schedule is followed. */
  isEnabled?: InputMaybe<Scalars['Boolean']['input']>;
  /** Short unique name: lower case letters, digits, - and _. */
  key: Scalars['String']['input'];
  /** As OpenLineage spells it, when left out: postgres://host:port, mysql://host:port. */
  namespace?: InputMaybe<Scalars['String']['input']>;
  /** Where the password is; a password itself is refused. */
  password?: InputMaybe<SecretReferenceInput>;
  /** Standard port when left out. */
  port?: InputMaybe<Scalars['Int']['input']>;
  /** Cron expression in UTC, or @daily and its like. */
  schedule?: InputMaybe<Scalars['String']['input']>;
  /** DISABLE on this machine and VERIFY_FULL elsewhere, when left out. */
  ssl?: InputMaybe<SourceSsl>;
  /** What speaks there. */
  type: SourceType;
  /** User that reads. */
  user: Scalars['String']['input'];
};

/** Where a source is defined. */
export type SourceOrigin =
  /** By `sourceCreate`. */
  | 'API'
  /** In the configuration file. */
  | 'FILE';

/** Outcome. */
export type SourcePayload = {
  /** The source as it is now. */
  source?: Maybe<Source>;
  /** What the caller can correct. */
  userErrors: Array<UserError>;
};

/** What happens when more than a fifth of what the source had is gone. */
export type SourceRemovals =
  /** It goes missing at once. */
  | 'APPLY'
  /** A person decides. */
  | 'GUARD';

/** One crawl. Its id is that of its sync. */
export type SourceRun = {
  /** Handle of who cancelled it. */
  cancelRequestedBy?: Maybe<Scalars['String']['output']>;
  /** So far. */
  counts: SourceRunCounts;
  /** When it ended. */
  endedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Why it failed. */
  error?: Maybe<Scalars['String']['output']>;
  /** Opaque; also the id of the sync (`sourceSyncs`). */
  id: Scalars['ID']['output'];
  /** What happened, oldest first. To follow a run, ask again with `after` = the `endCursor` before. */
  log: SourceRunLineConnection;
  /** What happens when much is gone. */
  removals: SourceRemovals;
  /** When it was asked for. */
  requestedAt: Scalars['DateTime']['output'];
  /** Handle of who asked for it; null: the schedule. */
  requestedBy?: Maybe<Scalars['String']['output']>;
  /** Key of the source. */
  source: Scalars['String']['output'];
  /** When it began. */
  startedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Where it stands. */
  state: SourceRunState;
};


/** One crawl. Its id is that of its sync. */
export type SourceRunLogArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of runs. */
export type SourceRunConnection = {
  /** This page. */
  nodes: Array<SourceRun>;
  /** Where this page ends. */
  pageInfo: PageInfo;
};

/** Tables and views, counted. */
export type SourceRunCounts = {
  /** Described anew. */
  changed: Scalars['Int']['output'];
  /** New to this source. */
  created: Scalars['Int']['output'];
  /** Known before and not there; null until the catalog has caught up. */
  missing?: Maybe<Scalars['Int']['output']>;
  /** Missing for so long that they were removed; null until the catalog has caught up. */
  removed?: Maybe<Scalars['Int']['output']>;
  /** Outside the filters. */
  skipped: Scalars['Int']['output'];
  /** As before. */
  unchanged: Scalars['Int']['output'];
  /** What could not be read. */
  warnings: Scalars['Int']['output'];
};

/** One line of the log of a run. */
export type SourceRunLine = {
  /** When. */
  at: Scalars['DateTime']['output'];
  /** How grave. */
  level: SourceRunLineLevel;
  /** What happened. */
  message: Scalars['String']['output'];
};

/** A page of a log. `endCursor` is there also when there is no more yet. */
export type SourceRunLineConnection = {
  /** This page. */
  nodes: Array<SourceRunLine>;
  /** Where this page ends. */
  pageInfo: PageInfo;
};

/** Levels of a log line. */
export type SourceRunLineLevel =
  /** The run ended. */
  | 'ERROR'
  /** As it should be. */
  | 'INFO'
  /** Something was not read. */
  | 'WARNING';

/** Outcome. */
export type SourceRunPayload = {
  /** What a dry run has found; null when it was none. */
  foreseen?: Maybe<DryRunReport>;
  /** The run; null for a dry run. */
  run?: Maybe<SourceRun>;
  /** What the caller can correct. */
  userErrors: Array<UserError>;
};

/** States of a run. */
export type SourceRunState =
  /** Stopped by a person; it takes nothing away. */
  | 'CANCELLED'
  /** Everything was listed. */
  | 'COMPLETE'
  /** Ended early; it takes nothing away. */
  | 'FAILED'
  /** Complete, but so much would go that a person decides: `sourceSyncRelease`. */
  | 'HELD'
  /** At work. */
  | 'RUNNING'
  /** Asked for. */
  | 'WAITING';

/** How a connection is protected. */
export type SourceSsl =
  /** Not at all. */
  | 'DISABLE'
  /** Encrypted. */
  | 'REQUIRE'
  /** Encrypted, and the server shows a certificate for its name. */
  | 'VERIFY_FULL';

/** One look of a source at what it has. */
export type SourceSync = {
  /** When it began. */
  at: Scalars['DateTime']['output'];
  /** When it was released. */
  decidedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Handle of the person who released it. */
  decidedBy?: Maybe<Scalars['String']['output']>;
  /** Names it left out, as globs. */
  exclude: Array<Scalars['String']['output']>;
  /** How many of these the sync did not see. */
  goneCount: Scalars['Int']['output'];
  /** Unique among the syncs of the source. */
  id: Scalars['ID']['output'];
  /** Names it looked at, as globs; none is everything. */
  include: Array<Scalars['String']['output']>;
  /** A person has ended the source: what it had is removed. */
  isWithdrawal: Scalars['Boolean']['output'];
  /** What the source had in this scope. */
  knownCount: Scalars['Int']['output'];
  /** Why it was released. */
  reason?: Maybe<Scalars['String']['output']>;
  /** dbt:<project>, postgres:<key>, csv:<name>, … */
  source: Scalars['String']['output'];
  /** Where it stands. */
  state: SourceSyncState;
};

/** A page of syncs. */
export type SourceSyncConnection = {
  /** This page. */
  nodes: Array<SourceSync>;
  /** Where this page ends. */
  pageInfo: PageInfo;
};

/** Outcome. */
export type SourceSyncPayload = {
  /** The sync as it is now. */
  sync?: Maybe<SourceSync>;
  /** What the caller can correct. */
  userErrors: Array<UserError>;
};

/** States of a sync. */
export type SourceSyncState =
  /** Everything in its scope was listed. */
  | 'COMPLETE'
  /** Complete, but too much would go: a person decides. */
  | 'HELD'
  /** Not all of it has come: it takes nothing away. */
  | 'PARTIAL';

/** A tag as a producer sent it. */
export type SourceTag = {
  /** The column it is about; null for the whole. */
  column?: Maybe<Scalars['String']['output']>;
  /** What it is about. */
  key: Scalars['String']['output'];
  /** Who set it there: CONFIG, INTEGRATION, USER, … */
  source?: Maybe<Scalars['String']['output']>;
  /** What it says. */
  value: Scalars['String']['output'];
};

/** Outcome. */
export type SourceTestPayload = {
  /** What the test found; null when there is no such source. */
  result?: Maybe<SourceTestResult>;
  /** What the caller can correct. */
  userErrors: Array<UserError>;
};

/** What a connection test found. */
export type SourceTestResult = {
  /** Why not. */
  code?: Maybe<SourceFailureCode>;
  /** Whether it can be crawled. */
  isOk: Scalars['Boolean']['output'];
  /** In words, with what the database itself says. */
  message: Scalars['String']['output'];
  /** Tables and views outside. */
  skipped?: Maybe<Scalars['Int']['output']>;
  /** Tables and views within the filters. */
  tables?: Maybe<Scalars['Int']['output']>;
  /** Version of the server, as it tells it. */
  version?: Maybe<Scalars['String']['output']>;
};

/** Kinds of database. */
export type SourceType =
  /** MySQL 5.7 and later, MariaDB 10.3 and later. */
  | 'MYSQL'
  /** PostgreSQL 12 and later. */
  | 'POSTGRES';

/** Outcome. */
export type SourceWithdrawPayload = {
  /** Assets that it listed until now. */
  assets?: Maybe<Scalars['Int']['output']>;
  /** Key of the source. */
  source?: Maybe<Scalars['String']['output']>;
  /** What the caller can correct. */
  userErrors: Array<UserError>;
};

/** An index. */
export type TableIndex = {
  /** Columns, in order; expressions are none. */
  columns: Array<Scalars['String']['output']>;
  /** Covers only rows that fulfil a condition. */
  isPartial: Scalars['Boolean']['output'];
  /** Whether it keeps rows unique. */
  isUnique: Scalars['Boolean']['output'];
  /** btree, hash, gin, fulltext, … */
  method: Scalars['String']['output'];
  /** Name in the database. */
  name: Scalars['String']['output'];
};

/** A unique key. */
export type TableKey = {
  /** Columns, in order. */
  columns: Array<Scalars['String']['output']>;
  /** Name in the database. */
  name: Scalars['String']['output'];
};

/** A word of the business and what it means. */
export type Term = Asset & {
  /** How far a person vouches for it. */
  certification?: Maybe<Certification>;
  /** Names of the data products it belongs to. */
  dataProducts: Array<Scalars['String']['output']>;
  /** What it is. */
  description?: Maybe<Scalars['String']['output']>;
  /** Name for people to read. */
  displayName: Scalars['String']['output'];
  /** Business domain as a slash path. */
  domain?: Maybe<Scalars['String']['output']>;
  /** The terms of the glossary that go by these names, as far as the caller may see them. */
  glossaryTerms: Array<Term>;
  /** Opaque and permanent; renames keep it. */
  id: Scalars['ID']['output'];
  /** Named by others, described by nobody yet. */
  isPlaceholder: Scalars['Boolean']['output'];
  /** What kind of thing. */
  kind: AssetKind;
  /** ACTIVE, DEPRECATED or RETIRED. */
  lifecycle: Scalars['String']['output'];
  /** Why it is deprecated. */
  lifecycleNote?: Maybe<Scalars['String']['output']>;
  /** Name inside that system, byte-exact. */
  name: Scalars['String']['output'];
  /** System it lives in, as OpenLineage spells it. */
  namespace: Scalars['String']['output'];
  /** Handles of owning people and teams. */
  owners: Array<Scalars['String']['output']>;
  /** postgres, snowflake, kafka, s3, airflow, … */
  platform?: Maybe<Scalars['String']['output']>;
  /** Whether the sources that list it still do. */
  presence: AssetPresence;
  /** Since when it is missing or removed; null while it is present. */
  presenceSince?: Maybe<Scalars['DateTime']['output']>;
  /** Where each shown value comes from. */
  provenance: Array<Provenance>;
  /** `kind:namespace/name`, percent-encoded parts: readable and unique. */
  ref: Scalars['String']['output'];
  /** How carefully to treat it. */
  sensitivity?: Maybe<Sensitivity>;
  /** The sources that list it, under whatever name. */
  sources: Array<AssetSource>;
  /** TABLE, VIEW, TOPIC, MODEL, … */
  subtype?: Maybe<Scalars['String']['output']>;
  /** What to use instead; null also when the caller may not see it. */
  successor?: Maybe<Asset>;
  /** Other words for it. */
  synonyms: Array<Scalars['String']['output']>;
  /** Free labels. */
  tags: Array<Scalars['String']['output']>;
  /** Glossary terms, as their sources name them. */
  terms: Array<Scalars['String']['output']>;
  /** Last change of the assembled view. */
  updatedAt: Scalars['DateTime']['output'];
  /** How much it is used, as counted every five minutes. */
  usage: AssetUsage;
  /** What the caller may do with it. */
  viewerCan: Array<Action>;
};

/** A new term. */
export type TermCreateInput = {
  /** What it means. */
  definition: Scalars['String']['input'];
  /** Business domain as a slash path. */
  domain?: InputMaybe<Scalars['String']['input']>;
  /** The glossary; 'glossary' when left out. */
  glossary?: InputMaybe<Scalars['String']['input']>;
  /** What kind of word; CONCEPT when left out. */
  kind?: InputMaybe<TermKind>;
  /** The word, unique in its glossary. */
  name: Scalars['String']['input'];
  /** Handles of owning people and teams. */
  owners?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Other words for it. */
  synonyms?: InputMaybe<Array<Scalars['String']['input']>>;
};

/** Kinds of term; shown as the term's subtype. */
export type TermKind =
  /** A short form. */
  | 'ACRONYM'
  /** A thing or an idea of the business. */
  | 'CONCEPT'
  /** A field that means the same wherever it stands. */
  | 'DATA_ELEMENT'
  /** Something that is counted or computed. */
  | 'METRIC';

/** A token without its secret. */
export type Token = {
  /** When it was made. */
  createdAt: Scalars['DateTime']['output'];
  /** When it ends by itself. */
  expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** Opaque. */
  id: Scalars['ID']['output'];
  /** Namespaces it may ingest into; null means no such limit. */
  ingestNamespaces?: Maybe<Array<Scalars['String']['output']>>;
  /** Where its secret counts. */
  kind: TokenKind;
  /** Last use, to within 15 minutes. */
  lastUsedAt?: Maybe<Scalars['DateTime']['output']>;
  /** What it is for. */
  name: Scalars['String']['output'];
  /** First characters, to recognise it by. */
  prefix: Scalars['String']['output'];
  /** When somebody ended it. */
  revokedAt?: Maybe<Scalars['DateTime']['output']>;
  /** What it may do at most; null means everything its account may. */
  scopes?: Maybe<Array<TokenScope>>;
  /** Whether attributes that it sends with a question count (AuthZEN). */
  trustsAttributes: Scalars['Boolean']['output'];
};

/** A new token. */
export type TokenCreateInput = {
  /** Handle of the account; the caller's own when left out. */
  account?: InputMaybe<Scalars['String']['input']>;
  /** Days until it ends: 1–366, 90 when left out. */
  expiresInDays?: InputMaybe<Scalars['Int']['input']>;
  /** Namespaces it may ingest into; none means no such limit. */
  ingestNamespaces?: InputMaybe<Array<Scalars['String']['input']>>;
  /** What it is for. */
  name: Scalars['String']['input'];
  /** What it may do at most; none means everything its account may. */
  scopes?: InputMaybe<Array<TokenScope>>;
  /** Whether attributes that it sends with a question count (AuthZEN). Needs `manage_accounts`. */
  trustsAttributes?: InputMaybe<Scalars['Boolean']['input']>;
};

/** Where a secret counts. */
export type TokenKind =
  /** In the cookie of a browser in which somebody signed in. */
  | 'SESSION'
  /** In the Authorization header. */
  | 'TOKEN';

/** Outcome. */
export type TokenPayload = {
  /** Shown this once. */
  secret?: Maybe<Scalars['String']['output']>;
  /** The token. */
  token?: Maybe<Token>;
  /** What the caller can correct. */
  userErrors: Array<UserError>;
};

/** Outcome. */
export type TokenRevokePayload = {
  /** The token as it is now. */
  token?: Maybe<Token>;
  /** What the caller can correct. */
  userErrors: Array<UserError>;
};

/** What a token may do at most; each still takes a policy that allows it. */
export type TokenScope =
  /** See that an asset exists, and read it. */
  | 'discover'
  /** Change what people say about an asset. */
  | 'edit'
  /** Ask why another account may or may not. */
  | 'explain'
  /** Send metadata. */
  | 'ingest'
  /** Change accounts and tokens. */
  | 'manage_accounts'
  /** Change policies. */
  | 'manage_policies'
  /** Look after the service. */
  | 'operate'
  /** Read the audit log. */
  | 'read_audit'
  /** Read a column; takes `discover` too. */
  | 'read_column'
  /** Provision people and groups (SCIM 2.0); takes an account that may `manage_accounts`. */
  | 'scim';

/** Whether a column holds values of another, or is influenced by it (OpenLineage ColumnLineageDatasetFacet). */
export type TransformationType =
  /** Its values come from the other. */
  | 'DIRECT'
  /** The other decides which values there are. */
  | 'INDIRECT';

/** What a caller can correct. */
export type UserError = {
  /** INVALID, NOT_FOUND, FORBIDDEN or CONFLICT. */
  code: Scalars['String']['output'];
  /** Path of the argument at fault. */
  field?: Maybe<Array<Scalars['String']['output']>>;
  /** What is wrong and how to mend it. */
  message: Scalars['String']['output'];
};

/** An asset whose page was opened. */
export type ViewedAsset = {
  /** The asset as it is now. */
  asset: Asset;
  /** When its page was opened last. */
  viewedAt: Scalars['DateTime']['output'];
};

/** A page of assets that were opened. */
export type ViewedAssetConnection = {
  /** This page. */
  nodes: Array<ViewedAsset>;
  /** Where this page ends. */
  pageInfo: PageInfo;
  /** How many there are in all. */
  totalCount: Scalars['Int']['output'];
};

/** Something that somebody may do. */
export type WhatCan = {
  /** What he may do. */
  action: Action;
  /** The asset, where the caller may see it too. */
  asset?: Maybe<Asset>;
  /** Path of the column, for `read_column`. */
  column?: Maybe<Scalars['String']['output']>;
  /** Reference of the asset; null for actions on the service. */
  ref?: Maybe<Scalars['String']['output']>;
};

/** A page of what somebody may. */
export type WhatCanConnection = {
  /** This page: action by action, assets by name, columns by asset and path. */
  nodes: Array<WhatCan>;
  /** Where this page ends. */
  pageInfo: PageInfo;
};

/** An account that may, and by which rule. */
export type WhoCan = {
  /** Its handle. */
  handle: Scalars['String']['output'];
  /** PERSON or SERVICE. */
  kind: AccountKind;
  /** Name for people to read. */
  name: Scalars['String']['output'];
  /** The rule that allows it. */
  rule: PolicyRule;
};

/** A page of accounts that might. */
export type WhoCanAsOfConnection = {
  /** What it rests on. */
  asOf: AccessAsOf;
  /** This page, in handle order. */
  nodes: Array<WhoCan>;
  /** Where this page ends. */
  pageInfo: PageInfo;
};

/** A page of accounts that may. */
export type WhoCanConnection = {
  /** This page, in handle order. */
  nodes: Array<WhoCan>;
  /** Where this page ends. */
  pageInfo: PageInfo;
};



export type ResolverTypeWrapper<T> = Promise<T> | T;


export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;



/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  SearchItem:
    | ( Omit<Column, 'glossaryTerms' | 'provenance'> & { glossaryTerms: Array<_RefType['Term']>, provenance: Array<_RefType['Provenance']> } )
    | ( Omit<Dashboard, 'glossaryTerms' | 'provenance' | 'successor'> & { glossaryTerms: Array<_RefType['Term']>, provenance: Array<_RefType['Provenance']>, successor?: Maybe<_RefType['Asset']> } )
    | ( Omit<DataProduct, 'glossaryTerms' | 'provenance' | 'successor'> & { glossaryTerms: Array<_RefType['Term']>, provenance: Array<_RefType['Provenance']>, successor?: Maybe<_RefType['Asset']> } )
    | ( Omit<Dataset, 'aliases' | 'columns' | 'glossaryTerms' | 'physical' | 'provenance' | 'qualityResults' | 'runs' | 'statistics' | 'successor'> & { aliases: Array<_RefType['AssetAlias']>, columns: Array<_RefType['Column']>, glossaryTerms: Array<_RefType['Term']>, physical?: Maybe<_RefType['Physical']>, provenance: Array<_RefType['Provenance']>, qualityResults: Array<_RefType['QualityResult']>, runs: _RefType['RunDatasetConnection'], statistics?: Maybe<_RefType['DatasetStatistics']>, successor?: Maybe<_RefType['Asset']> } )
    | ( Omit<Domain, 'glossaryTerms' | 'provenance' | 'successor'> & { glossaryTerms: Array<_RefType['Term']>, provenance: Array<_RefType['Provenance']>, successor?: Maybe<_RefType['Asset']> } )
    | ( Omit<Job, 'dependencies' | 'emissionPattern' | 'glossaryTerms' | 'provenance' | 'punctuality' | 'runs' | 'successor'> & { dependencies: Array<_RefType['JobDependency']>, emissionPattern?: Maybe<_RefType['EmissionPattern']>, glossaryTerms: Array<_RefType['Term']>, provenance: Array<_RefType['Provenance']>, punctuality?: Maybe<_RefType['JobPunctuality']>, runs: _RefType['RunConnection'], successor?: Maybe<_RefType['Asset']> } )
    | ( Person )
    | ( Omit<Term, 'glossaryTerms' | 'provenance' | 'successor'> & { glossaryTerms: Array<_RefType['Term']>, provenance: Array<_RefType['Provenance']>, successor?: Maybe<_RefType['Asset']> } )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Asset:
    | ( Omit<Dashboard, 'glossaryTerms' | 'provenance' | 'successor'> & { glossaryTerms: Array<_RefType['Term']>, provenance: Array<_RefType['Provenance']>, successor?: Maybe<_RefType['Asset']> } )
    | ( Omit<DataProduct, 'glossaryTerms' | 'provenance' | 'successor'> & { glossaryTerms: Array<_RefType['Term']>, provenance: Array<_RefType['Provenance']>, successor?: Maybe<_RefType['Asset']> } )
    | ( Omit<Dataset, 'aliases' | 'columns' | 'glossaryTerms' | 'physical' | 'provenance' | 'qualityResults' | 'runs' | 'statistics' | 'successor'> & { aliases: Array<_RefType['AssetAlias']>, columns: Array<_RefType['Column']>, glossaryTerms: Array<_RefType['Term']>, physical?: Maybe<_RefType['Physical']>, provenance: Array<_RefType['Provenance']>, qualityResults: Array<_RefType['QualityResult']>, runs: _RefType['RunDatasetConnection'], statistics?: Maybe<_RefType['DatasetStatistics']>, successor?: Maybe<_RefType['Asset']> } )
    | ( Omit<Domain, 'glossaryTerms' | 'provenance' | 'successor'> & { glossaryTerms: Array<_RefType['Term']>, provenance: Array<_RefType['Provenance']>, successor?: Maybe<_RefType['Asset']> } )
    | ( Omit<Job, 'dependencies' | 'emissionPattern' | 'glossaryTerms' | 'provenance' | 'punctuality' | 'runs' | 'successor'> & { dependencies: Array<_RefType['JobDependency']>, emissionPattern?: Maybe<_RefType['EmissionPattern']>, glossaryTerms: Array<_RefType['Term']>, provenance: Array<_RefType['Provenance']>, punctuality?: Maybe<_RefType['JobPunctuality']>, runs: _RefType['RunConnection'], successor?: Maybe<_RefType['Asset']> } )
    | ( Omit<Term, 'glossaryTerms' | 'provenance' | 'successor'> & { glossaryTerms: Array<_RefType['Term']>, provenance: Array<_RefType['Provenance']>, successor?: Maybe<_RefType['Asset']> } )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AccessAsOf: ResolverTypeWrapper<AccessAsOf>;
  AccessChange: AccessChange;
  AccessEffect: ResolverTypeWrapper<AccessEffect>;
  AccessRequest: ResolverTypeWrapper<Omit<AccessRequest, 'asset'> & { asset?: Maybe<ResolversTypes['Asset']> }>;
  AccessRequestConnection: ResolverTypeWrapper<Omit<AccessRequestConnection, 'nodes'> & { nodes: Array<ResolversTypes['AccessRequest']> }>;
  AccessRequestCreateInput: AccessRequestCreateInput;
  AccessRequestPayload: ResolverTypeWrapper<Omit<AccessRequestPayload, 'request'> & { request?: Maybe<ResolversTypes['AccessRequest']> }>;
  AccessRequestState: AccessRequestState;
  Account: ResolverTypeWrapper<Account>;
  AccountConnection: ResolverTypeWrapper<AccountConnection>;
  AccountCreateInput: AccountCreateInput;
  AccountKind: AccountKind;
  AccountPayload: ResolverTypeWrapper<AccountPayload>;
  AccountUpdateInput: AccountUpdateInput;
  Action: Action;
  AliasOrigin: AliasOrigin;
  AliasProposal: ResolverTypeWrapper<Omit<AliasProposal, 'alias' | 'asset'> & { alias: ResolversTypes['Dataset'], asset: ResolversTypes['Dataset'] }>;
  AliasProposalConnection: ResolverTypeWrapper<Omit<AliasProposalConnection, 'nodes'> & { nodes: Array<ResolversTypes['AliasProposal']> }>;
  Asset: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Asset']>;
  AssetAlias: ResolverTypeWrapper<AssetAlias>;
  AssetConnection: ResolverTypeWrapper<Omit<AssetConnection, 'nodes'> & { nodes: Array<ResolversTypes['Asset']> }>;
  AssetDifference: ResolverTypeWrapper<Omit<AssetDifference, 'asset'> & { asset: ResolversTypes['Asset'] }>;
  AssetFilter: AssetFilter;
  AssetKind: AssetKind;
  AssetNeighbourConnection: ResolverTypeWrapper<Omit<AssetNeighbourConnection, 'nodes'> & { nodes: Array<ResolversTypes['Asset']> }>;
  AssetPayload: ResolverTypeWrapper<Omit<AssetPayload, 'asset'> & { asset?: Maybe<ResolversTypes['Asset']> }>;
  AssetPresence: AssetPresence;
  AssetSource: ResolverTypeWrapper<AssetSource>;
  AssetState: ResolverTypeWrapper<Omit<AssetState, 'asset'> & { asset: ResolversTypes['Asset'] }>;
  AssetUsage: ResolverTypeWrapper<AssetUsage>;
  AuditCheckpoint: ResolverTypeWrapper<AuditCheckpoint>;
  AuditCheckpointPayload: ResolverTypeWrapper<AuditCheckpointPayload>;
  AuditConnection: ResolverTypeWrapper<AuditConnection>;
  AuditEntry: ResolverTypeWrapper<AuditEntry>;
  AuditErasePayload: ResolverTypeWrapper<AuditErasePayload>;
  AuditFilter: AuditFilter;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  BreakGlassInput: BreakGlassInput;
  Certification: ResolverTypeWrapper<Certification>;
  CertificationLevel: CertificationLevel;
  Channel: Channel;
  Column: ResolverTypeWrapper<Omit<Column, 'glossaryTerms' | 'provenance'> & { glossaryTerms: Array<ResolversTypes['Term']>, provenance: Array<ResolversTypes['Provenance']> }>;
  ColumnLineageEdge: ResolverTypeWrapper<ColumnLineageEdge>;
  ColumnLineageFilter: ColumnLineageFilter;
  ColumnLineageGraph: ResolverTypeWrapper<Omit<ColumnLineageGraph, 'nodes'> & { nodes: Array<ResolversTypes['ColumnLineageNode']> }>;
  ColumnLineageNode: ResolverTypeWrapper<Omit<ColumnLineageNode, 'asset'> & { asset: ResolversTypes['Asset'] }>;
  ColumnRefInput: ColumnRefInput;
  ColumnState: ResolverTypeWrapper<ColumnState>;
  ColumnStatistics: ResolverTypeWrapper<ColumnStatistics>;
  Dashboard: ResolverTypeWrapper<Omit<Dashboard, 'glossaryTerms' | 'provenance' | 'successor'> & { glossaryTerms: Array<ResolversTypes['Term']>, provenance: Array<ResolversTypes['Provenance']>, successor?: Maybe<ResolversTypes['Asset']> }>;
  DataProduct: ResolverTypeWrapper<Omit<DataProduct, 'glossaryTerms' | 'provenance' | 'successor'> & { glossaryTerms: Array<ResolversTypes['Term']>, provenance: Array<ResolversTypes['Provenance']>, successor?: Maybe<ResolversTypes['Asset']> }>;
  DataSource: ResolverTypeWrapper<DataSource>;
  Dataset: ResolverTypeWrapper<Omit<Dataset, 'aliases' | 'columns' | 'glossaryTerms' | 'physical' | 'provenance' | 'qualityResults' | 'runs' | 'statistics' | 'successor'> & { aliases: Array<ResolversTypes['AssetAlias']>, columns: Array<ResolversTypes['Column']>, glossaryTerms: Array<ResolversTypes['Term']>, physical?: Maybe<ResolversTypes['Physical']>, provenance: Array<ResolversTypes['Provenance']>, qualityResults: Array<ResolversTypes['QualityResult']>, runs: ResolversTypes['RunDatasetConnection'], statistics?: Maybe<ResolversTypes['DatasetStatistics']>, successor?: Maybe<ResolversTypes['Asset']> }>;
  DatasetCatalog: ResolverTypeWrapper<DatasetCatalog>;
  DatasetStatistics: ResolverTypeWrapper<Omit<DatasetStatistics, 'run'> & { run?: Maybe<ResolversTypes['Run']> }>;
  DatasetStorage: ResolverTypeWrapper<DatasetStorage>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Decision: Decision;
  Domain: ResolverTypeWrapper<Omit<Domain, 'glossaryTerms' | 'provenance' | 'successor'> & { glossaryTerms: Array<ResolversTypes['Term']>, provenance: Array<ResolversTypes['Provenance']>, successor?: Maybe<ResolversTypes['Asset']> }>;
  DryRunChange: ResolverTypeWrapper<DryRunChange>;
  DryRunChangeKind: DryRunChangeKind;
  DryRunEdge: ResolverTypeWrapper<DryRunEdge>;
  DryRunField: ResolverTypeWrapper<DryRunField>;
  DryRunHeld: ResolverTypeWrapper<DryRunHeld>;
  DryRunReport: ResolverTypeWrapper<DryRunReport>;
  DryRunSummary: ResolverTypeWrapper<DryRunSummary>;
  EmissionPattern: ResolverTypeWrapper<EmissionPattern>;
  EnvironmentInput: EnvironmentInput;
  Explanation: ResolverTypeWrapper<Explanation>;
  ExternalQuery: ResolverTypeWrapper<ExternalQuery>;
  ExtractionError: ResolverTypeWrapper<ExtractionError>;
  ExtractionErrors: ResolverTypeWrapper<ExtractionErrors>;
  Facet: ResolverTypeWrapper<Facet>;
  FailedEvent: ResolverTypeWrapper<FailedEvent>;
  FailedEventConnection: ResolverTypeWrapper<FailedEventConnection>;
  FieldWarning: ResolverTypeWrapper<FieldWarning>;
  FindingSeverity: FindingSeverity;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  Follower: ResolverTypeWrapper<Follower>;
  ForeignKey: ResolverTypeWrapper<Omit<ForeignKey, 'dataset'> & { dataset: ResolversTypes['Dataset'] }>;
  HierarchyLevel: ResolverTypeWrapper<HierarchyLevel>;
  HowToGet: ResolverTypeWrapper<HowToGet>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Impact: ResolverTypeWrapper<Impact>;
  ImpactCount: ResolverTypeWrapper<ImpactCount>;
  IngestWarning: ResolverTypeWrapper<IngestWarning>;
  IngestWarningConnection: ResolverTypeWrapper<IngestWarningConnection>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  Job: ResolverTypeWrapper<Omit<Job, 'dependencies' | 'emissionPattern' | 'glossaryTerms' | 'provenance' | 'punctuality' | 'runs' | 'successor'> & { dependencies: Array<ResolversTypes['JobDependency']>, emissionPattern?: Maybe<ResolversTypes['EmissionPattern']>, glossaryTerms: Array<ResolversTypes['Term']>, provenance: Array<ResolversTypes['Provenance']>, punctuality?: Maybe<ResolversTypes['JobPunctuality']>, runs: ResolversTypes['RunConnection'], successor?: Maybe<ResolversTypes['Asset']> }>;
  JobDependency: ResolverTypeWrapper<Omit<JobDependency, 'job' | 'run'> & { job: ResolversTypes['Job'], run?: Maybe<ResolversTypes['Run']> }>;
  JobPunctuality: ResolverTypeWrapper<Omit<JobPunctuality, 'job'> & { job: ResolversTypes['Job'] }>;
  JobSql: ResolverTypeWrapper<JobSql>;
  LateJobConnection: ResolverTypeWrapper<Omit<LateJobConnection, 'nodes'> & { nodes: Array<ResolversTypes['JobPunctuality']> }>;
  LifecycleChange: ResolverTypeWrapper<LifecycleChange>;
  LineageBound: LineageBound;
  LineageDiff: ResolverTypeWrapper<Omit<LineageDiff, 'added' | 'changed' | 'removed'> & { added: ResolversTypes['LineagePart'], changed: Array<ResolversTypes['AssetDifference']>, removed: ResolversTypes['LineagePart'] }>;
  LineageDirection: LineageDirection;
  LineageEdge: ResolverTypeWrapper<Omit<LineageEdge, 'job'> & { job?: Maybe<ResolversTypes['Job']> }>;
  LineageEdgePayload: ResolverTypeWrapper<Omit<LineageEdgePayload, 'edge'> & { edge?: Maybe<ResolversTypes['ManualEdge']> }>;
  LineageFilter: LineageFilter;
  LineageFormat: LineageFormat;
  LineageGraph: ResolverTypeWrapper<Omit<LineageGraph, 'edges' | 'nodes' | 'root'> & { edges: Array<ResolversTypes['LineageEdge']>, nodes: Array<ResolversTypes['LineageNode']>, root: ResolversTypes['Asset'] }>;
  LineageNode: ResolverTypeWrapper<Omit<LineageNode, 'asset' | 'lastRun' | 'state'> & { asset: ResolversTypes['Asset'], lastRun?: Maybe<ResolversTypes['Run']>, state?: Maybe<ResolversTypes['AssetState']> }>;
  LineageOrigin: LineageOrigin;
  LineagePart: ResolverTypeWrapper<Omit<LineagePart, 'assets' | 'edges'> & { assets: Array<ResolversTypes['Asset']>, edges: Array<ResolversTypes['LineageEdge']> }>;
  LineagePath: ResolverTypeWrapper<Omit<LineagePath, 'nodes'> & { nodes: Array<ResolversTypes['Asset']> }>;
  LineagePaths: ResolverTypeWrapper<Omit<LineagePaths, 'paths'> & { paths: Array<ResolversTypes['LineagePath']> }>;
  ManualEdge: ResolverTypeWrapper<Omit<ManualEdge, 'from' | 'to'> & { from: ResolversTypes['Asset'], to: ResolversTypes['Asset'] }>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Notice: ResolverTypeWrapper<Omit<Notice, 'asset' | 'column'> & { asset: ResolversTypes['Asset'], column?: Maybe<ResolversTypes['Column']> }>;
  NoticeConnection: ResolverTypeWrapper<Omit<NoticeConnection, 'nodes'> & { nodes: Array<ResolversTypes['Notice']> }>;
  NoticeFilter: NoticeFilter;
  NoticeType: NoticeType;
  NoticesPayload: ResolverTypeWrapper<NoticesPayload>;
  Operations: ResolverTypeWrapper<Operations>;
  OutsideResourcesPayload: ResolverTypeWrapper<OutsideResourcesPayload>;
  Ownership: ResolverTypeWrapper<Ownership>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  PastExplanation: ResolverTypeWrapper<PastExplanation>;
  Person: ResolverTypeWrapper<Person>;
  Physical: ResolverTypeWrapper<Omit<Physical, 'foreignKeys'> & { foreignKeys: Array<ResolversTypes['ForeignKey']> }>;
  Pipeline: ResolverTypeWrapper<Omit<Pipeline, 'criticalPath' | 'slowestStep' | 'steps'> & { criticalPath: Array<ResolversTypes['PipelineStep']>, slowestStep?: Maybe<ResolversTypes['PipelineStep']>, steps: Array<ResolversTypes['PipelineStep']> }>;
  PipelineStep: ResolverTypeWrapper<Omit<PipelineStep, 'run'> & { run: ResolversTypes['Run'] }>;
  PolicyFinding: ResolverTypeWrapper<PolicyFinding>;
  PolicyImpact: ResolverTypeWrapper<PolicyImpact>;
  PolicyImpactExample: ResolverTypeWrapper<PolicyImpactExample>;
  PolicyMiss: ResolverTypeWrapper<PolicyMiss>;
  PolicyMutant: ResolverTypeWrapper<PolicyMutant>;
  PolicyMutationScore: ResolverTypeWrapper<PolicyMutationScore>;
  PolicyReport: ResolverTypeWrapper<PolicyReport>;
  PolicyRule: ResolverTypeWrapper<PolicyRule>;
  PolicySet: ResolverTypeWrapper<PolicySet>;
  PolicySetConnection: ResolverTypeWrapper<PolicySetConnection>;
  PolicySetPayload: ResolverTypeWrapper<PolicySetPayload>;
  ProcessingEngine: ResolverTypeWrapper<ProcessingEngine>;
  PropagatedKind: PropagatedKind;
  PropagatedWord: ResolverTypeWrapper<Omit<PropagatedWord, 'via'> & { via: Array<ResolversTypes['PropagationStep']> }>;
  PropagatedWords: ResolverTypeWrapper<Omit<PropagatedWords, 'words'> & { words: Array<ResolversTypes['PropagatedWord']> }>;
  PropagationStep: ResolverTypeWrapper<Omit<PropagationStep, 'asset'> & { asset: ResolversTypes['Asset'] }>;
  Provenance: ResolverTypeWrapper<Provenance>;
  PunctualityState: PunctualityState;
  QualityResult: ResolverTypeWrapper<Omit<QualityResult, 'run'> & { run?: Maybe<ResolversTypes['Run']> }>;
  Quantile: ResolverTypeWrapper<Quantile>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RebuildPayload: ResolverTypeWrapper<RebuildPayload>;
  RecordState: RecordState;
  ReindexPayload: ResolverTypeWrapper<ReindexPayload>;
  ReplayPayload: ResolverTypeWrapper<ReplayPayload>;
  Run: ResolverTypeWrapper<Omit<Run, 'children' | 'dependencies' | 'inputs' | 'job' | 'outputs' | 'parent' | 'pipeline' | 'root'> & { children: ResolversTypes['RunConnection'], dependencies: Array<ResolversTypes['JobDependency']>, inputs: Array<ResolversTypes['RunDataset']>, job?: Maybe<ResolversTypes['Job']>, outputs: Array<ResolversTypes['RunDataset']>, parent?: Maybe<ResolversTypes['RunReference']>, pipeline: ResolversTypes['Pipeline'], root?: Maybe<ResolversTypes['RunReference']> }>;
  RunConnection: ResolverTypeWrapper<Omit<RunConnection, 'nodes'> & { nodes: Array<ResolversTypes['Run']> }>;
  RunDataset: ResolverTypeWrapper<Omit<RunDataset, 'dataset' | 'run'> & { dataset?: Maybe<ResolversTypes['Dataset']>, run?: Maybe<ResolversTypes['Run']> }>;
  RunDatasetConnection: ResolverTypeWrapper<Omit<RunDatasetConnection, 'nodes'> & { nodes: Array<ResolversTypes['RunDataset']> }>;
  RunDirection: RunDirection;
  RunError: ResolverTypeWrapper<RunError>;
  RunFacet: ResolverTypeWrapper<RunFacet>;
  RunParameter: ResolverTypeWrapper<RunParameter>;
  RunReference: ResolverTypeWrapper<Omit<RunReference, 'job' | 'run'> & { job: ResolversTypes['Job'], run?: Maybe<ResolversTypes['Run']> }>;
  RunState: RunState;
  RunTest: ResolverTypeWrapper<RunTest>;
  RunVariable: ResolverTypeWrapper<RunVariable>;
  SavedSearch: ResolverTypeWrapper<SavedSearch>;
  SavedSearchChangeInput: SavedSearchChangeInput;
  SavedSearchConnection: ResolverTypeWrapper<SavedSearchConnection>;
  SavedSearchDeletePayload: ResolverTypeWrapper<SavedSearchDeletePayload>;
  SavedSearchFilter: ResolverTypeWrapper<SavedSearchFilter>;
  SavedSearchInput: SavedSearchInput;
  SavedSearchPayload: ResolverTypeWrapper<SavedSearchPayload>;
  SavedSearchWatch: SavedSearchWatch;
  SearchConnection: ResolverTypeWrapper<Omit<SearchConnection, 'nodes'> & { nodes: Array<ResolversTypes['SearchHit']> }>;
  SearchFacet: ResolverTypeWrapper<SearchFacet>;
  SearchFacetValue: ResolverTypeWrapper<SearchFacetValue>;
  SearchField: SearchField;
  SearchFilter: SearchFilter;
  SearchHighlight: ResolverTypeWrapper<SearchHighlight>;
  SearchHit: ResolverTypeWrapper<Omit<SearchHit, 'asset' | 'column' | 'item'> & { asset?: Maybe<ResolversTypes['Asset']>, column?: Maybe<ResolversTypes['Column']>, item: ResolversTypes['SearchItem'] }>;
  SearchIndexState: ResolverTypeWrapper<SearchIndexState>;
  SearchItem: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['SearchItem']>;
  SearchKind: SearchKind;
  SearchMatch: ResolverTypeWrapper<SearchMatch>;
  SearchMatchField: SearchMatchField;
  SearchNotice: ResolverTypeWrapper<SearchNotice>;
  SearchRebuild: ResolverTypeWrapper<SearchRebuild>;
  SearchScoreName: SearchScoreName;
  SearchScorePart: ResolverTypeWrapper<SearchScorePart>;
  SearchSort: SearchSort;
  SearchSynonym: ResolverTypeWrapper<SearchSynonym>;
  SearchSynonymConnection: ResolverTypeWrapper<SearchSynonymConnection>;
  SearchSynonymPayload: ResolverTypeWrapper<SearchSynonymPayload>;
  SearchTier: SearchTier;
  SecretReference: ResolverTypeWrapper<SecretReference>;
  SecretReferenceInput: SecretReferenceInput;
  Sensitivity: Sensitivity;
  SimilarDataset: ResolverTypeWrapper<Omit<SimilarDataset, 'dataset'> & { dataset: ResolversTypes['Dataset'] }>;
  Source: ResolverTypeWrapper<Source>;
  SourceCode: ResolverTypeWrapper<SourceCode>;
  SourceCodeLocation: ResolverTypeWrapper<SourceCodeLocation>;
  SourceConnection: ResolverTypeWrapper<SourceConnection>;
  SourceDeletePayload: ResolverTypeWrapper<SourceDeletePayload>;
  SourceFailureCode: SourceFailureCode;
  SourceInput: SourceInput;
  SourceOrigin: SourceOrigin;
  SourcePayload: ResolverTypeWrapper<SourcePayload>;
  SourceRemovals: SourceRemovals;
  SourceRun: ResolverTypeWrapper<SourceRun>;
  SourceRunConnection: ResolverTypeWrapper<SourceRunConnection>;
  SourceRunCounts: ResolverTypeWrapper<SourceRunCounts>;
  SourceRunLine: ResolverTypeWrapper<SourceRunLine>;
  SourceRunLineConnection: ResolverTypeWrapper<SourceRunLineConnection>;
  SourceRunLineLevel: SourceRunLineLevel;
  SourceRunPayload: ResolverTypeWrapper<SourceRunPayload>;
  SourceRunState: SourceRunState;
  SourceSsl: SourceSsl;
  SourceSync: ResolverTypeWrapper<SourceSync>;
  SourceSyncConnection: ResolverTypeWrapper<SourceSyncConnection>;
  SourceSyncPayload: ResolverTypeWrapper<SourceSyncPayload>;
  SourceSyncState: SourceSyncState;
  SourceTag: ResolverTypeWrapper<SourceTag>;
  SourceTestPayload: ResolverTypeWrapper<SourceTestPayload>;
  SourceTestResult: ResolverTypeWrapper<SourceTestResult>;
  SourceType: SourceType;
  SourceWithdrawPayload: ResolverTypeWrapper<SourceWithdrawPayload>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  TableIndex: ResolverTypeWrapper<TableIndex>;
  TableKey: ResolverTypeWrapper<TableKey>;
  Term: ResolverTypeWrapper<Omit<Term, 'glossaryTerms' | 'provenance' | 'successor'> & { glossaryTerms: Array<ResolversTypes['Term']>, provenance: Array<ResolversTypes['Provenance']>, successor?: Maybe<ResolversTypes['Asset']> }>;
  TermCreateInput: TermCreateInput;
  TermKind: TermKind;
  Token: ResolverTypeWrapper<Token>;
  TokenCreateInput: TokenCreateInput;
  TokenKind: TokenKind;
  TokenPayload: ResolverTypeWrapper<TokenPayload>;
  TokenRevokePayload: ResolverTypeWrapper<TokenRevokePayload>;
  TokenScope: TokenScope;
  TransformationType: TransformationType;
  UserError: ResolverTypeWrapper<UserError>;
  ViewedAsset: ResolverTypeWrapper<Omit<ViewedAsset, 'asset'> & { asset: ResolversTypes['Asset'] }>;
  ViewedAssetConnection: ResolverTypeWrapper<Omit<ViewedAssetConnection, 'nodes'> & { nodes: Array<ResolversTypes['ViewedAsset']> }>;
  WhatCan: ResolverTypeWrapper<Omit<WhatCan, 'asset'> & { asset?: Maybe<ResolversTypes['Asset']> }>;
  WhatCanConnection: ResolverTypeWrapper<Omit<WhatCanConnection, 'nodes'> & { nodes: Array<ResolversTypes['WhatCan']> }>;
  WhoCan: ResolverTypeWrapper<WhoCan>;
  WhoCanAsOfConnection: ResolverTypeWrapper<WhoCanAsOfConnection>;
  WhoCanConnection: ResolverTypeWrapper<WhoCanConnection>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AccessAsOf: AccessAsOf;
  AccessEffect: AccessEffect;
  AccessRequest: Omit<AccessRequest, 'asset'> & { asset?: Maybe<ResolversParentTypes['Asset']> };
  AccessRequestConnection: Omit<AccessRequestConnection, 'nodes'> & { nodes: Array<ResolversParentTypes['AccessRequest']> };
  AccessRequestCreateInput: AccessRequestCreateInput;
  AccessRequestPayload: Omit<AccessRequestPayload, 'request'> & { request?: Maybe<ResolversParentTypes['AccessRequest']> };
  Account: Account;
  AccountConnection: AccountConnection;
  AccountCreateInput: AccountCreateInput;
  AccountPayload: AccountPayload;
  AccountUpdateInput: AccountUpdateInput;
  AliasProposal: Omit<AliasProposal, 'alias' | 'asset'> & { alias: ResolversParentTypes['Dataset'], asset: ResolversParentTypes['Dataset'] };
  AliasProposalConnection: Omit<AliasProposalConnection, 'nodes'> & { nodes: Array<ResolversParentTypes['AliasProposal']> };
  Asset: ResolversInterfaceTypes<ResolversParentTypes>['Asset'];
  AssetAlias: AssetAlias;
  AssetConnection: Omit<AssetConnection, 'nodes'> & { nodes: Array<ResolversParentTypes['Asset']> };
  AssetDifference: Omit<AssetDifference, 'asset'> & { asset: ResolversParentTypes['Asset'] };
  AssetFilter: AssetFilter;
  AssetNeighbourConnection: Omit<AssetNeighbourConnection, 'nodes'> & { nodes: Array<ResolversParentTypes['Asset']> };
  AssetPayload: Omit<AssetPayload, 'asset'> & { asset?: Maybe<ResolversParentTypes['Asset']> };
  AssetSource: AssetSource;
  AssetState: Omit<AssetState, 'asset'> & { asset: ResolversParentTypes['Asset'] };
  AssetUsage: AssetUsage;
  AuditCheckpoint: AuditCheckpoint;
  AuditCheckpointPayload: AuditCheckpointPayload;
  AuditConnection: AuditConnection;
  AuditEntry: AuditEntry;
  AuditErasePayload: AuditErasePayload;
  AuditFilter: AuditFilter;
  Boolean: Scalars['Boolean']['output'];
  BreakGlassInput: BreakGlassInput;
  Certification: Certification;
  Column: Omit<Column, 'glossaryTerms' | 'provenance'> & { glossaryTerms: Array<ResolversParentTypes['Term']>, provenance: Array<ResolversParentTypes['Provenance']> };
  ColumnLineageEdge: ColumnLineageEdge;
  ColumnLineageFilter: ColumnLineageFilter;
  ColumnLineageGraph: Omit<ColumnLineageGraph, 'nodes'> & { nodes: Array<ResolversParentTypes['ColumnLineageNode']> };
  ColumnLineageNode: Omit<ColumnLineageNode, 'asset'> & { asset: ResolversParentTypes['Asset'] };
  ColumnRefInput: ColumnRefInput;
  ColumnState: ColumnState;
  ColumnStatistics: ColumnStatistics;
  Dashboard: Omit<Dashboard, 'glossaryTerms' | 'provenance' | 'successor'> & { glossaryTerms: Array<ResolversParentTypes['Term']>, provenance: Array<ResolversParentTypes['Provenance']>, successor?: Maybe<ResolversParentTypes['Asset']> };
  DataProduct: Omit<DataProduct, 'glossaryTerms' | 'provenance' | 'successor'> & { glossaryTerms: Array<ResolversParentTypes['Term']>, provenance: Array<ResolversParentTypes['Provenance']>, successor?: Maybe<ResolversParentTypes['Asset']> };
  DataSource: DataSource;
  Dataset: Omit<Dataset, 'aliases' | 'columns' | 'glossaryTerms' | 'physical' | 'provenance' | 'qualityResults' | 'runs' | 'statistics' | 'successor'> & { aliases: Array<ResolversParentTypes['AssetAlias']>, columns: Array<ResolversParentTypes['Column']>, glossaryTerms: Array<ResolversParentTypes['Term']>, physical?: Maybe<ResolversParentTypes['Physical']>, provenance: Array<ResolversParentTypes['Provenance']>, qualityResults: Array<ResolversParentTypes['QualityResult']>, runs: ResolversParentTypes['RunDatasetConnection'], statistics?: Maybe<ResolversParentTypes['DatasetStatistics']>, successor?: Maybe<ResolversParentTypes['Asset']> };
  DatasetCatalog: DatasetCatalog;
  DatasetStatistics: Omit<DatasetStatistics, 'run'> & { run?: Maybe<ResolversParentTypes['Run']> };
  DatasetStorage: DatasetStorage;
  DateTime: Scalars['DateTime']['output'];
  Domain: Omit<Domain, 'glossaryTerms' | 'provenance' | 'successor'> & { glossaryTerms: Array<ResolversParentTypes['Term']>, provenance: Array<ResolversParentTypes['Provenance']>, successor?: Maybe<ResolversParentTypes['Asset']> };
  DryRunChange: DryRunChange;
  DryRunEdge: DryRunEdge;
  DryRunField: DryRunField;
  DryRunHeld: DryRunHeld;
  DryRunReport: DryRunReport;
  DryRunSummary: DryRunSummary;
  EmissionPattern: EmissionPattern;
  EnvironmentInput: EnvironmentInput;
  Explanation: Explanation;
  ExternalQuery: ExternalQuery;
  ExtractionError: ExtractionError;
  ExtractionErrors: ExtractionErrors;
  Facet: Facet;
  FailedEvent: FailedEvent;
  FailedEventConnection: FailedEventConnection;
  FieldWarning: FieldWarning;
  Float: Scalars['Float']['output'];
  Follower: Follower;
  ForeignKey: Omit<ForeignKey, 'dataset'> & { dataset: ResolversParentTypes['Dataset'] };
  HierarchyLevel: HierarchyLevel;
  HowToGet: HowToGet;
  ID: Scalars['ID']['output'];
  Impact: Impact;
  ImpactCount: ImpactCount;
  IngestWarning: IngestWarning;
  IngestWarningConnection: IngestWarningConnection;
  Int: Scalars['Int']['output'];
  JSON: Scalars['JSON']['output'];
  Job: Omit<Job, 'dependencies' | 'emissionPattern' | 'glossaryTerms' | 'provenance' | 'punctuality' | 'runs' | 'successor'> & { dependencies: Array<ResolversParentTypes['JobDependency']>, emissionPattern?: Maybe<ResolversParentTypes['EmissionPattern']>, glossaryTerms: Array<ResolversParentTypes['Term']>, provenance: Array<ResolversParentTypes['Provenance']>, punctuality?: Maybe<ResolversParentTypes['JobPunctuality']>, runs: ResolversParentTypes['RunConnection'], successor?: Maybe<ResolversParentTypes['Asset']> };
  JobDependency: Omit<JobDependency, 'job' | 'run'> & { job: ResolversParentTypes['Job'], run?: Maybe<ResolversParentTypes['Run']> };
  JobPunctuality: Omit<JobPunctuality, 'job'> & { job: ResolversParentTypes['Job'] };
  JobSql: JobSql;
  LateJobConnection: Omit<LateJobConnection, 'nodes'> & { nodes: Array<ResolversParentTypes['JobPunctuality']> };
  LifecycleChange: LifecycleChange;
  LineageDiff: Omit<LineageDiff, 'added' | 'changed' | 'removed'> & { added: ResolversParentTypes['LineagePart'], changed: Array<ResolversParentTypes['AssetDifference']>, removed: ResolversParentTypes['LineagePart'] };
  LineageEdge: Omit<LineageEdge, 'job'> & { job?: Maybe<ResolversParentTypes['Job']> };
  LineageEdgePayload: Omit<LineageEdgePayload, 'edge'> & { edge?: Maybe<ResolversParentTypes['ManualEdge']> };
  LineageFilter: LineageFilter;
  LineageGraph: Omit<LineageGraph, 'edges' | 'nodes' | 'root'> & { edges: Array<ResolversParentTypes['LineageEdge']>, nodes: Array<ResolversParentTypes['LineageNode']>, root: ResolversParentTypes['Asset'] };
  LineageNode: Omit<LineageNode, 'asset' | 'lastRun' | 'state'> & { asset: ResolversParentTypes['Asset'], lastRun?: Maybe<ResolversParentTypes['Run']>, state?: Maybe<ResolversParentTypes['AssetState']> };
  LineagePart: Omit<LineagePart, 'assets' | 'edges'> & { assets: Array<ResolversParentTypes['Asset']>, edges: Array<ResolversParentTypes['LineageEdge']> };
  LineagePath: Omit<LineagePath, 'nodes'> & { nodes: Array<ResolversParentTypes['Asset']> };
  LineagePaths: Omit<LineagePaths, 'paths'> & { paths: Array<ResolversParentTypes['LineagePath']> };
  ManualEdge: Omit<ManualEdge, 'from' | 'to'> & { from: ResolversParentTypes['Asset'], to: ResolversParentTypes['Asset'] };
  Mutation: Record<PropertyKey, never>;
  Notice: Omit<Notice, 'asset' | 'column'> & { asset: ResolversParentTypes['Asset'], column?: Maybe<ResolversParentTypes['Column']> };
  NoticeConnection: Omit<NoticeConnection, 'nodes'> & { nodes: Array<ResolversParentTypes['Notice']> };
  NoticesPayload: NoticesPayload;
  Operations: Operations;
  OutsideResourcesPayload: OutsideResourcesPayload;
  Ownership: Ownership;
  PageInfo: PageInfo;
  PastExplanation: PastExplanation;
  Person: Person;
  Physical: Omit<Physical, 'foreignKeys'> & { foreignKeys: Array<ResolversParentTypes['ForeignKey']> };
  Pipeline: Omit<Pipeline, 'criticalPath' | 'slowestStep' | 'steps'> & { criticalPath: Array<ResolversParentTypes['PipelineStep']>, slowestStep?: Maybe<ResolversParentTypes['PipelineStep']>, steps: Array<ResolversParentTypes['PipelineStep']> };
  PipelineStep: Omit<PipelineStep, 'run'> & { run: ResolversParentTypes['Run'] };
  PolicyFinding: PolicyFinding;
  PolicyImpact: PolicyImpact;
  PolicyImpactExample: PolicyImpactExample;
  PolicyMiss: PolicyMiss;
  PolicyMutant: PolicyMutant;
  PolicyMutationScore: PolicyMutationScore;
  PolicyReport: PolicyReport;
  PolicyRule: PolicyRule;
  PolicySet: PolicySet;
  PolicySetConnection: PolicySetConnection;
  PolicySetPayload: PolicySetPayload;
  ProcessingEngine: ProcessingEngine;
  PropagatedWord: Omit<PropagatedWord, 'via'> & { via: Array<ResolversParentTypes['PropagationStep']> };
  PropagatedWords: Omit<PropagatedWords, 'words'> & { words: Array<ResolversParentTypes['PropagatedWord']> };
  PropagationStep: Omit<PropagationStep, 'asset'> & { asset: ResolversParentTypes['Asset'] };
  Provenance: Provenance;
  QualityResult: Omit<QualityResult, 'run'> & { run?: Maybe<ResolversParentTypes['Run']> };
  Quantile: Quantile;
  Query: Record<PropertyKey, never>;
  RebuildPayload: RebuildPayload;
  ReindexPayload: ReindexPayload;
  ReplayPayload: ReplayPayload;
  Run: Omit<Run, 'children' | 'dependencies' | 'inputs' | 'job' | 'outputs' | 'parent' | 'pipeline' | 'root'> & { children: ResolversParentTypes['RunConnection'], dependencies: Array<ResolversParentTypes['JobDependency']>, inputs: Array<ResolversParentTypes['RunDataset']>, job?: Maybe<ResolversParentTypes['Job']>, outputs: Array<ResolversParentTypes['RunDataset']>, parent?: Maybe<ResolversParentTypes['RunReference']>, pipeline: ResolversParentTypes['Pipeline'], root?: Maybe<ResolversParentTypes['RunReference']> };
  RunConnection: Omit<RunConnection, 'nodes'> & { nodes: Array<ResolversParentTypes['Run']> };
  RunDataset: Omit<RunDataset, 'dataset' | 'run'> & { dataset?: Maybe<ResolversParentTypes['Dataset']>, run?: Maybe<ResolversParentTypes['Run']> };
  RunDatasetConnection: Omit<RunDatasetConnection, 'nodes'> & { nodes: Array<ResolversParentTypes['RunDataset']> };
  RunError: RunError;
  RunFacet: RunFacet;
  RunParameter: RunParameter;
  RunReference: Omit<RunReference, 'job' | 'run'> & { job: ResolversParentTypes['Job'], run?: Maybe<ResolversParentTypes['Run']> };
  RunTest: RunTest;
  RunVariable: RunVariable;
  SavedSearch: SavedSearch;
  SavedSearchChangeInput: SavedSearchChangeInput;
  SavedSearchConnection: SavedSearchConnection;
  SavedSearchDeletePayload: SavedSearchDeletePayload;
  SavedSearchFilter: SavedSearchFilter;
  SavedSearchInput: SavedSearchInput;
  SavedSearchPayload: SavedSearchPayload;
  SearchConnection: Omit<SearchConnection, 'nodes'> & { nodes: Array<ResolversParentTypes['SearchHit']> };
  SearchFacet: SearchFacet;
  SearchFacetValue: SearchFacetValue;
  SearchFilter: SearchFilter;
  SearchHighlight: SearchHighlight;
  SearchHit: Omit<SearchHit, 'asset' | 'column' | 'item'> & { asset?: Maybe<ResolversParentTypes['Asset']>, column?: Maybe<ResolversParentTypes['Column']>, item: ResolversParentTypes['SearchItem'] };
  SearchIndexState: SearchIndexState;
  SearchItem: ResolversUnionTypes<ResolversParentTypes>['SearchItem'];
  SearchMatch: SearchMatch;
  SearchNotice: SearchNotice;
  SearchRebuild: SearchRebuild;
  SearchScorePart: SearchScorePart;
  SearchSynonym: SearchSynonym;
  SearchSynonymConnection: SearchSynonymConnection;
  SearchSynonymPayload: SearchSynonymPayload;
  SecretReference: SecretReference;
  SecretReferenceInput: SecretReferenceInput;
  SimilarDataset: Omit<SimilarDataset, 'dataset'> & { dataset: ResolversParentTypes['Dataset'] };
  Source: Source;
  SourceCode: SourceCode;
  SourceCodeLocation: SourceCodeLocation;
  SourceConnection: SourceConnection;
  SourceDeletePayload: SourceDeletePayload;
  SourceInput: SourceInput;
  SourcePayload: SourcePayload;
  SourceRun: SourceRun;
  SourceRunConnection: SourceRunConnection;
  SourceRunCounts: SourceRunCounts;
  SourceRunLine: SourceRunLine;
  SourceRunLineConnection: SourceRunLineConnection;
  SourceRunPayload: SourceRunPayload;
  SourceSync: SourceSync;
  SourceSyncConnection: SourceSyncConnection;
  SourceSyncPayload: SourceSyncPayload;
  SourceTag: SourceTag;
  SourceTestPayload: SourceTestPayload;
  SourceTestResult: SourceTestResult;
  SourceWithdrawPayload: SourceWithdrawPayload;
  String: Scalars['String']['output'];
  TableIndex: TableIndex;
  TableKey: TableKey;
  Term: Omit<Term, 'glossaryTerms' | 'provenance' | 'successor'> & { glossaryTerms: Array<ResolversParentTypes['Term']>, provenance: Array<ResolversParentTypes['Provenance']>, successor?: Maybe<ResolversParentTypes['Asset']> };
  TermCreateInput: TermCreateInput;
  Token: Token;
  TokenCreateInput: TokenCreateInput;
  TokenPayload: TokenPayload;
  TokenRevokePayload: TokenRevokePayload;
  UserError: UserError;
  ViewedAsset: Omit<ViewedAsset, 'asset'> & { asset: ResolversParentTypes['Asset'] };
  ViewedAssetConnection: Omit<ViewedAssetConnection, 'nodes'> & { nodes: Array<ResolversParentTypes['ViewedAsset']> };
  WhatCan: Omit<WhatCan, 'asset'> & { asset?: Maybe<ResolversParentTypes['Asset']> };
  WhatCanConnection: Omit<WhatCanConnection, 'nodes'> & { nodes: Array<ResolversParentTypes['WhatCan']> };
  WhoCan: WhoCan;
  WhoCanAsOfConnection: WhoCanAsOfConnection;
  WhoCanConnection: WhoCanConnection;
};

export type AccessAsOfResolvers<ContextType = any, ParentType extends ResolversParentTypes['AccessAsOf'] = ResolversParentTypes['AccessAsOf']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  ofThen?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  ofToday?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  policyVersion?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type AccessEffectResolvers<ContextType = any, ParentType extends ResolversParentTypes['AccessEffect'] = ResolversParentTypes['AccessEffect']> = {
  gains?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  refused?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  seesAsset?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  willSeeAsset?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type AccessRequestResolvers<ContextType = any, ParentType extends ResolversParentTypes['AccessRequest'] = ResolversParentTypes['AccessRequest']> = {
  asset?: Resolver<Maybe<ResolversTypes['Asset']>, ParentType, ContextType>;
  columns?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  days?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  decidedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  decidedBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  hours?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isEmergency?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isJustified?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  purpose?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  ref?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  renews?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  requester?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reviewReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reviewedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  reviewedBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  revokedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['AccessRequestState'], ParentType, ContextType>;
  viewerCanDecide?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type AccessRequestConnectionResolvers<ContextType = any, ParentType extends ResolversParentTypes['AccessRequestConnection'] = ResolversParentTypes['AccessRequestConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['AccessRequest']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type AccessRequestPayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['AccessRequestPayload'] = ResolversParentTypes['AccessRequestPayload']> = {
  request?: Resolver<Maybe<ResolversTypes['AccessRequest']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type AccountResolvers<ContextType = any, ParentType extends ResolversParentTypes['Account'] = ResolversParentTypes['Account']> = {
  attributes?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  externalIds?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  handle?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['AccountKind'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  roles?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  teams?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  tokens?: Resolver<Array<ResolversTypes['Token']>, ParentType, ContextType>;
};

export type AccountConnectionResolvers<ContextType = any, ParentType extends ResolversParentTypes['AccountConnection'] = ResolversParentTypes['AccountConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['Account']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type AccountPayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['AccountPayload'] = ResolversParentTypes['AccountPayload']> = {
  account?: Resolver<Maybe<ResolversTypes['Account']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type AliasProposalResolvers<ContextType = any, ParentType extends ResolversParentTypes['AliasProposal'] = ResolversParentTypes['AliasProposal']> = {
  alias?: Resolver<ResolversTypes['Dataset'], ParentType, ContextType>;
  asset?: Resolver<ResolversTypes['Dataset'], ParentType, ContextType>;
  origin?: Resolver<ResolversTypes['AliasOrigin'], ParentType, ContextType>;
  since?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type AliasProposalConnectionResolvers<ContextType = any, ParentType extends ResolversParentTypes['AliasProposalConnection'] = ResolversParentTypes['AliasProposalConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['AliasProposal']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type AssetResolvers<ContextType = any, ParentType extends ResolversParentTypes['Asset'] = ResolversParentTypes['Asset']> = {
  __resolveType: TypeResolveFn<'Dashboard' | 'DataProduct' | 'Dataset' | 'Domain' | 'Job' | 'Term', ParentType, ContextType>;
};

export type AssetAliasResolvers<ContextType = any, ParentType extends ResolversParentTypes['AssetAlias'] = ResolversParentTypes['AssetAlias']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  namespace?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  origins?: Resolver<Array<ResolversTypes['AliasOrigin']>, ParentType, ContextType>;
  ref?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  since?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type AssetConnectionResolvers<ContextType = any, ParentType extends ResolversParentTypes['AssetConnection'] = ResolversParentTypes['AssetConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['Asset']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type AssetDifferenceResolvers<ContextType = any, ParentType extends ResolversParentTypes['AssetDifference'] = ResolversParentTypes['AssetDifference']> = {
  after?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  asset?: Resolver<ResolversTypes['Asset'], ParentType, ContextType>;
  attribute?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  before?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  column?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type AssetNeighbourConnectionResolvers<ContextType = any, ParentType extends ResolversParentTypes['AssetNeighbourConnection'] = ResolversParentTypes['AssetNeighbourConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['Asset']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type AssetPayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['AssetPayload'] = ResolversParentTypes['AssetPayload']> = {
  asset?: Resolver<Maybe<ResolversTypes['Asset']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type AssetSourceResolvers<ContextType = any, ParentType extends ResolversParentTypes['AssetSource'] = ResolversParentTypes['AssetSource']> = {
  firstSeenAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  lastSeenAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  since?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['RecordState'], ParentType, ContextType>;
};

export type AssetStateResolvers<ContextType = any, ParentType extends ResolversParentTypes['AssetState'] = ResolversParentTypes['AssetState']> = {
  asset?: Resolver<ResolversTypes['Asset'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  columns?: Resolver<Array<ResolversTypes['ColumnState']>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  displayName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  domain?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  isPlaceholder?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  lifecycle?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  owners?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  platform?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  sensitivity?: Resolver<Maybe<ResolversTypes['Sensitivity']>, ParentType, ContextType>;
  subtype?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  tags?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  terms?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
};

export type AssetUsageResolvers<ContextType = any, ParentType extends ResolversParentTypes['AssetUsage'] = ResolversParentTypes['AssetUsage']> = {
  queries?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  viewers?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type AuditCheckpointResolvers<ContextType = any, ParentType extends ResolversParentTypes['AuditCheckpoint'] = ResolversParentTypes['AuditCheckpoint']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  hash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  number?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  publicKey?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  seq?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  signature?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AuditCheckpointPayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['AuditCheckpointPayload'] = ResolversParentTypes['AuditCheckpointPayload']> = {
  checkpoint?: Resolver<Maybe<ResolversTypes['AuditCheckpoint']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type AuditConnectionResolvers<ContextType = any, ParentType extends ResolversParentTypes['AuditConnection'] = ResolversParentTypes['AuditConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['AuditEntry']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type AuditEntryResolvers<ContextType = any, ParentType extends ResolversParentTypes['AuditEntry'] = ResolversParentTypes['AuditEntry']> = {
  action?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  decision?: Resolver<Maybe<ResolversTypes['Decision']>, ParentType, ContextType>;
  detail?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  policyId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  requestId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  seq?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subjectId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subjectKind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AuditErasePayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['AuditErasePayload'] = ResolversParentTypes['AuditErasePayload']> = {
  details?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CertificationResolvers<ContextType = any, ParentType extends ResolversParentTypes['Certification'] = ResolversParentTypes['Certification']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  by?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  isExpired?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  level?: Resolver<ResolversTypes['CertificationLevel'], ParentType, ContextType>;
  note?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ColumnResolvers<ContextType = any, ParentType extends ResolversParentTypes['Column'] = ResolversParentTypes['Column']> = {
  dataType?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  glossaryTerms?: Resolver<Array<ResolversTypes['Term']>, ParentType, ContextType>;
  isNullable?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  ordinal?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  path?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  provenance?: Resolver<Array<ResolversTypes['Provenance']>, ParentType, ContextType>;
  sensitivity?: Resolver<Maybe<ResolversTypes['Sensitivity']>, ParentType, ContextType>;
  tags?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  terms?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ColumnLineageEdgeResolvers<ContextType = any, ParentType extends ResolversParentTypes['ColumnLineageEdge'] = ResolversParentTypes['ColumnLineageEdge']> = {
  fromAsset?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  fromColumn?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  isDirect?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isMasked?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  toAsset?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  toColumn?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  transformations?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ColumnLineageGraphResolvers<ContextType = any, ParentType extends ResolversParentTypes['ColumnLineageGraph'] = ResolversParentTypes['ColumnLineageGraph']> = {
  edges?: Resolver<Array<ResolversTypes['ColumnLineageEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['ColumnLineageNode']>, ParentType, ContextType>;
  truncated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  truncatedBy?: Resolver<Maybe<ResolversTypes['LineageBound']>, ParentType, ContextType>;
};

export type ColumnLineageNodeResolvers<ContextType = any, ParentType extends ResolversParentTypes['ColumnLineageNode'] = ResolversParentTypes['ColumnLineageNode']> = {
  asset?: Resolver<ResolversTypes['Asset'], ParentType, ContextType>;
  column?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  distance?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ColumnStateResolvers<ContextType = any, ParentType extends ResolversParentTypes['ColumnState'] = ResolversParentTypes['ColumnState']> = {
  dataType?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  path?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sensitivity?: Resolver<Maybe<ResolversTypes['Sensitivity']>, ParentType, ContextType>;
  tags?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  terms?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ColumnStatisticsResolvers<ContextType = any, ParentType extends ResolversParentTypes['ColumnStatistics'] = ResolversParentTypes['ColumnStatistics']> = {
  column?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  count?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  distinctCount?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  max?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  min?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  nullCount?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  quantiles?: Resolver<Array<ResolversTypes['Quantile']>, ParentType, ContextType>;
  sum?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type DashboardResolvers<ContextType = any, ParentType extends ResolversParentTypes['Dashboard'] = ResolversParentTypes['Dashboard']> = {
  certification?: Resolver<Maybe<ResolversTypes['Certification']>, ParentType, ContextType>;
  dataProducts?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  displayName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  domain?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  glossaryTerms?: Resolver<Array<ResolversTypes['Term']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isPlaceholder?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['AssetKind'], ParentType, ContextType>;
  lifecycle?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  lifecycleNote?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  namespace?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  owners?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  platform?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  presence?: Resolver<ResolversTypes['AssetPresence'], ParentType, ContextType>;
  presenceSince?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  provenance?: Resolver<Array<ResolversTypes['Provenance']>, ParentType, ContextType>;
  ref?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sensitivity?: Resolver<Maybe<ResolversTypes['Sensitivity']>, ParentType, ContextType>;
  sources?: Resolver<Array<ResolversTypes['AssetSource']>, ParentType, ContextType>;
  subtype?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  successor?: Resolver<Maybe<ResolversTypes['Asset']>, ParentType, ContextType>;
  tags?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  terms?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  usage?: Resolver<ResolversTypes['AssetUsage'], ParentType, ContextType>;
  viewerCan?: Resolver<Array<ResolversTypes['Action']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DataProductResolvers<ContextType = any, ParentType extends ResolversParentTypes['DataProduct'] = ResolversParentTypes['DataProduct']> = {
  certification?: Resolver<Maybe<ResolversTypes['Certification']>, ParentType, ContextType>;
  dataProducts?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  displayName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  domain?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  glossaryTerms?: Resolver<Array<ResolversTypes['Term']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isPlaceholder?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['AssetKind'], ParentType, ContextType>;
  lifecycle?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  lifecycleNote?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  namespace?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  owners?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  platform?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  presence?: Resolver<ResolversTypes['AssetPresence'], ParentType, ContextType>;
  presenceSince?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  provenance?: Resolver<Array<ResolversTypes['Provenance']>, ParentType, ContextType>;
  ref?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sensitivity?: Resolver<Maybe<ResolversTypes['Sensitivity']>, ParentType, ContextType>;
  sources?: Resolver<Array<ResolversTypes['AssetSource']>, ParentType, ContextType>;
  subtype?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  successor?: Resolver<Maybe<ResolversTypes['Asset']>, ParentType, ContextType>;
  tags?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  terms?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  usage?: Resolver<ResolversTypes['AssetUsage'], ParentType, ContextType>;
  viewerCan?: Resolver<Array<ResolversTypes['Action']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DataSourceResolvers<ContextType = any, ParentType extends ResolversParentTypes['DataSource'] = ResolversParentTypes['DataSource']> = {
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  uri?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type DatasetResolvers<ContextType = any, ParentType extends ResolversParentTypes['Dataset'] = ResolversParentTypes['Dataset']> = {
  aliases?: Resolver<Array<ResolversTypes['AssetAlias']>, ParentType, ContextType>;
  catalog?: Resolver<Maybe<ResolversTypes['DatasetCatalog']>, ParentType, ContextType>;
  certification?: Resolver<Maybe<ResolversTypes['Certification']>, ParentType, ContextType>;
  columns?: Resolver<Array<ResolversTypes['Column']>, ParentType, ContextType>;
  dataProducts?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  dataSource?: Resolver<Maybe<ResolversTypes['DataSource']>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  displayName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  domain?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  facets?: Resolver<Array<ResolversTypes['Facet']>, ParentType, ContextType>;
  glossaryTerms?: Resolver<Array<ResolversTypes['Term']>, ParentType, ContextType>;
  hierarchy?: Resolver<Array<ResolversTypes['HierarchyLevel']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isPlaceholder?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['AssetKind'], ParentType, ContextType>;
  lifecycle?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  lifecycleChange?: Resolver<Maybe<ResolversTypes['LifecycleChange']>, ParentType, ContextType>;
  lifecycleNote?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  namespace?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  owners?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  ownership?: Resolver<Array<ResolversTypes['Ownership']>, ParentType, ContextType>;
  physical?: Resolver<Maybe<ResolversTypes['Physical']>, ParentType, ContextType>;
  platform?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  presence?: Resolver<ResolversTypes['AssetPresence'], ParentType, ContextType>;
  presenceSince?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  provenance?: Resolver<Array<ResolversTypes['Provenance']>, ParentType, ContextType>;
  qualityResults?: Resolver<Array<ResolversTypes['QualityResult']>, ParentType, ContextType>;
  ref?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  runs?: Resolver<ResolversTypes['RunDatasetConnection'], ParentType, ContextType, RequireFields<DatasetRunsArgs, 'first'>>;
  sensitivity?: Resolver<Maybe<ResolversTypes['Sensitivity']>, ParentType, ContextType>;
  sourceTags?: Resolver<Array<ResolversTypes['SourceTag']>, ParentType, ContextType>;
  sources?: Resolver<Array<ResolversTypes['AssetSource']>, ParentType, ContextType>;
  statistics?: Resolver<Maybe<ResolversTypes['DatasetStatistics']>, ParentType, ContextType>;
  storage?: Resolver<Maybe<ResolversTypes['DatasetStorage']>, ParentType, ContextType>;
  subtype?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  subtypeDetail?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  successor?: Resolver<Maybe<ResolversTypes['Asset']>, ParentType, ContextType>;
  tags?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  terms?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  usage?: Resolver<ResolversTypes['AssetUsage'], ParentType, ContextType>;
  version?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  viewerCan?: Resolver<Array<ResolversTypes['Action']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DatasetCatalogResolvers<ContextType = any, ParentType extends ResolversParentTypes['DatasetCatalog'] = ResolversParentTypes['DatasetCatalog']> = {
  framework?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  metadataUri?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  properties?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  type?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  warehouseUri?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type DatasetStatisticsResolvers<ContextType = any, ParentType extends ResolversParentTypes['DatasetStatistics'] = ResolversParentTypes['DatasetStatistics']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  columns?: Resolver<Array<ResolversTypes['ColumnStatistics']>, ParentType, ContextType>;
  fileCount?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  lastUpdatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  rowCount?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  run?: Resolver<Maybe<ResolversTypes['Run']>, ParentType, ContextType>;
  size?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type DatasetStorageResolvers<ContextType = any, ParentType extends ResolversParentTypes['DatasetStorage'] = ResolversParentTypes['DatasetStorage']> = {
  fileFormat?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  layer?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DomainResolvers<ContextType = any, ParentType extends ResolversParentTypes['Domain'] = ResolversParentTypes['Domain']> = {
  certification?: Resolver<Maybe<ResolversTypes['Certification']>, ParentType, ContextType>;
  dataProducts?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  displayName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  domain?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  glossaryTerms?: Resolver<Array<ResolversTypes['Term']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isPlaceholder?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['AssetKind'], ParentType, ContextType>;
  lifecycle?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  lifecycleNote?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  namespace?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  owners?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  platform?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  presence?: Resolver<ResolversTypes['AssetPresence'], ParentType, ContextType>;
  presenceSince?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  provenance?: Resolver<Array<ResolversTypes['Provenance']>, ParentType, ContextType>;
  ref?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sensitivity?: Resolver<Maybe<ResolversTypes['Sensitivity']>, ParentType, ContextType>;
  sources?: Resolver<Array<ResolversTypes['AssetSource']>, ParentType, ContextType>;
  subtype?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  successor?: Resolver<Maybe<ResolversTypes['Asset']>, ParentType, ContextType>;
  tags?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  terms?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  usage?: Resolver<ResolversTypes['AssetUsage'], ParentType, ContextType>;
  viewerCan?: Resolver<Array<ResolversTypes['Action']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DryRunChangeResolvers<ContextType = any, ParentType extends ResolversParentTypes['DryRunChange'] = ResolversParentTypes['DryRunChange']> = {
  change?: Resolver<ResolversTypes['DryRunChangeKind'], ParentType, ContextType>;
  fields?: Resolver<Array<ResolversTypes['DryRunField']>, ParentType, ContextType>;
  ref?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type DryRunEdgeResolvers<ContextType = any, ParentType extends ResolversParentTypes['DryRunEdge'] = ResolversParentTypes['DryRunEdge']> = {
  from?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  job?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  to?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type DryRunFieldResolvers<ContextType = any, ParentType extends ResolversParentTypes['DryRunField'] = ResolversParentTypes['DryRunField']> = {
  after?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  attribute?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  before?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  column?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type DryRunHeldResolvers<ContextType = any, ParentType extends ResolversParentTypes['DryRunHeld'] = ResolversParentTypes['DryRunHeld']> = {
  goneCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  knownCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sourceKey?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type DryRunReportResolvers<ContextType = any, ParentType extends ResolversParentTypes['DryRunReport'] = ResolversParentTypes['DryRunReport']> = {
  changes?: Resolver<Array<ResolversTypes['DryRunChange']>, ParentType, ContextType>;
  edgesAdded?: Resolver<Array<ResolversTypes['DryRunEdge']>, ParentType, ContextType>;
  edgesRemoved?: Resolver<Array<ResolversTypes['DryRunEdge']>, ParentType, ContextType>;
  held?: Resolver<Array<ResolversTypes['DryRunHeld']>, ParentType, ContextType>;
  isTruncated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  summary?: Resolver<ResolversTypes['DryRunSummary'], ParentType, ContextType>;
  warnings?: Resolver<Array<ResolversTypes['FieldWarning']>, ParentType, ContextType>;
};

export type DryRunSummaryResolvers<ContextType = any, ParentType extends ResolversParentTypes['DryRunSummary'] = ResolversParentTypes['DryRunSummary']> = {
  changed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  created?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  missing?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  removed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  returned?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unchanged?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type EmissionPatternResolvers<ContextType = any, ParentType extends ResolversParentTypes['EmissionPattern'] = ResolversParentTypes['EmissionPattern']> = {
  eventContentMode?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  eventTrigger?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  windowSeconds?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type ExplanationResolvers<ContextType = any, ParentType extends ResolversParentTypes['Explanation'] = ResolversParentTypes['Explanation']> = {
  decidedBy?: Resolver<Maybe<ResolversTypes['PolicyRule']>, ParentType, ContextType>;
  decision?: Resolver<ResolversTypes['Decision'], ParentType, ContextType>;
  howToGet?: Resolver<Maybe<ResolversTypes['HowToGet']>, ParentType, ContextType>;
  mask?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  matched?: Resolver<Array<ResolversTypes['PolicyRule']>, ParentType, ContextType>;
  missingAttributes?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  nearestMisses?: Resolver<Array<ResolversTypes['PolicyMiss']>, ParentType, ContextType>;
  policyVersion?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rowFilters?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ExternalQueryResolvers<ContextType = any, ParentType extends ResolversParentTypes['ExternalQuery'] = ResolversParentTypes['ExternalQuery']> = {
  id?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ExtractionErrorResolvers<ContextType = any, ParentType extends ResolversParentTypes['ExtractionError'] = ResolversParentTypes['ExtractionError']> = {
  message?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  stackTrace?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  task?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  taskNumber?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type ExtractionErrorsResolvers<ContextType = any, ParentType extends ResolversParentTypes['ExtractionErrors'] = ResolversParentTypes['ExtractionErrors']> = {
  errors?: Resolver<Array<ResolversTypes['ExtractionError']>, ParentType, ContextType>;
  failedTasks?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  totalTasks?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type FacetResolvers<ContextType = any, ParentType extends ResolversParentTypes['Facet'] = ResolversParentTypes['Facet']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
};

export type FailedEventResolvers<ContextType = any, ParentType extends ResolversParentTypes['FailedEvent'] = ResolversParentTypes['FailedEvent']> = {
  error?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  payload?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type FailedEventConnectionResolvers<ContextType = any, ParentType extends ResolversParentTypes['FailedEventConnection'] = ResolversParentTypes['FailedEventConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['FailedEvent']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type FieldWarningResolvers<ContextType = any, ParentType extends ResolversParentTypes['FieldWarning'] = ResolversParentTypes['FieldWarning']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type FollowerResolvers<ContextType = any, ParentType extends ResolversParentTypes['Follower'] = ResolversParentTypes['Follower']> = {
  lag?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  lastError?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ForeignKeyResolvers<ContextType = any, ParentType extends ResolversParentTypes['ForeignKey'] = ResolversParentTypes['ForeignKey']> = {
  columns?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  dataset?: Resolver<ResolversTypes['Dataset'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  referencedColumns?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
};

export type HierarchyLevelResolvers<ContextType = any, ParentType extends ResolversParentTypes['HierarchyLevel'] = ResolversParentTypes['HierarchyLevel']> = {
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  type?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type HowToGetResolvers<ContextType = any, ParentType extends ResolversParentTypes['HowToGet'] = ResolversParentTypes['HowToGet']> = {
  approvers?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  isRequestable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type ImpactResolvers<ContextType = any, ParentType extends ResolversParentTypes['Impact'] = ResolversParentTypes['Impact']> = {
  byDomain?: Resolver<Array<ResolversTypes['ImpactCount']>, ParentType, ContextType>;
  byKind?: Resolver<Array<ResolversTypes['ImpactCount']>, ParentType, ContextType>;
  byOwner?: Resolver<Array<ResolversTypes['ImpactCount']>, ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sequence?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ImpactCountResolvers<ContextType = any, ParentType extends ResolversParentTypes['ImpactCount'] = ResolversParentTypes['ImpactCount']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type IngestWarningResolvers<ContextType = any, ParentType extends ResolversParentTypes['IngestWarning'] = ResolversParentTypes['IngestWarning']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  payload?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  warnings?: Resolver<Array<ResolversTypes['FieldWarning']>, ParentType, ContextType>;
};

export type IngestWarningConnectionResolvers<ContextType = any, ParentType extends ResolversParentTypes['IngestWarningConnection'] = ResolversParentTypes['IngestWarningConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['IngestWarning']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSON'], any> {
  name: 'JSON';
}

export type JobResolvers<ContextType = any, ParentType extends ResolversParentTypes['Job'] = ResolversParentTypes['Job']> = {
  certification?: Resolver<Maybe<ResolversTypes['Certification']>, ParentType, ContextType>;
  dataProducts?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  dependencies?: Resolver<Array<ResolversTypes['JobDependency']>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  displayName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  domain?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  emissionPattern?: Resolver<Maybe<ResolversTypes['EmissionPattern']>, ParentType, ContextType>;
  facets?: Resolver<Array<ResolversTypes['Facet']>, ParentType, ContextType>;
  glossaryTerms?: Resolver<Array<ResolversTypes['Term']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  integration?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  isPlaceholder?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['AssetKind'], ParentType, ContextType>;
  lifecycle?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  lifecycleNote?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  namespace?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  owners?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  ownership?: Resolver<Array<ResolversTypes['Ownership']>, ParentType, ContextType>;
  platform?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  presence?: Resolver<ResolversTypes['AssetPresence'], ParentType, ContextType>;
  presenceSince?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  processingType?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  provenance?: Resolver<Array<ResolversTypes['Provenance']>, ParentType, ContextType>;
  punctuality?: Resolver<Maybe<ResolversTypes['JobPunctuality']>, ParentType, ContextType>;
  ref?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  runs?: Resolver<ResolversTypes['RunConnection'], ParentType, ContextType, RequireFields<JobRunsArgs, 'first'>>;
  sensitivity?: Resolver<Maybe<ResolversTypes['Sensitivity']>, ParentType, ContextType>;
  sourceCode?: Resolver<Maybe<ResolversTypes['SourceCode']>, ParentType, ContextType>;
  sourceCodeLocation?: Resolver<Maybe<ResolversTypes['SourceCodeLocation']>, ParentType, ContextType>;
  sourceTags?: Resolver<Array<ResolversTypes['SourceTag']>, ParentType, ContextType>;
  sources?: Resolver<Array<ResolversTypes['AssetSource']>, ParentType, ContextType>;
  sql?: Resolver<Maybe<ResolversTypes['JobSql']>, ParentType, ContextType>;
  subtype?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  successor?: Resolver<Maybe<ResolversTypes['Asset']>, ParentType, ContextType>;
  tags?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  terms?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  usage?: Resolver<ResolversTypes['AssetUsage'], ParentType, ContextType>;
  viewerCan?: Resolver<Array<ResolversTypes['Action']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type JobDependencyResolvers<ContextType = any, ParentType extends ResolversParentTypes['JobDependency'] = ResolversParentTypes['JobDependency']> = {
  direction?: Resolver<ResolversTypes['LineageDirection'], ParentType, ContextType>;
  externalId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  job?: Resolver<ResolversTypes['Job'], ParentType, ContextType>;
  run?: Resolver<Maybe<ResolversTypes['Run']>, ParentType, ContextType>;
  sequenceTriggerRule?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  statusTriggerRule?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  type?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type JobPunctualityResolvers<ContextType = any, ParentType extends ResolversParentTypes['JobPunctuality'] = ResolversParentTypes['JobPunctuality']> = {
  expectedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  job?: Resolver<ResolversTypes['Job'], ParentType, ContextType>;
  lastStartAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['PunctualityState'], ParentType, ContextType>;
  usualSeconds?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type JobSqlResolvers<ContextType = any, ParentType extends ResolversParentTypes['JobSql'] = ResolversParentTypes['JobSql']> = {
  dialect?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  query?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type LateJobConnectionResolvers<ContextType = any, ParentType extends ResolversParentTypes['LateJobConnection'] = ResolversParentTypes['LateJobConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['JobPunctuality']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type LifecycleChangeResolvers<ContextType = any, ParentType extends ResolversParentTypes['LifecycleChange'] = ResolversParentTypes['LifecycleChange']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  change?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type LineageDiffResolvers<ContextType = any, ParentType extends ResolversParentTypes['LineageDiff'] = ResolversParentTypes['LineageDiff']> = {
  added?: Resolver<ResolversTypes['LineagePart'], ParentType, ContextType>;
  changed?: Resolver<Array<ResolversTypes['AssetDifference']>, ParentType, ContextType>;
  removed?: Resolver<ResolversTypes['LineagePart'], ParentType, ContextType>;
  truncated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type LineageEdgeResolvers<ContextType = any, ParentType extends ResolversParentTypes['LineageEdge'] = ResolversParentTypes['LineageEdge']> = {
  firstSeenAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  from?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isContracted?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  job?: Resolver<Maybe<ResolversTypes['Job']>, ParentType, ContextType>;
  lastSeenAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  origins?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  to?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type LineageEdgePayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['LineageEdgePayload'] = ResolversParentTypes['LineageEdgePayload']> = {
  edge?: Resolver<Maybe<ResolversTypes['ManualEdge']>, ParentType, ContextType>;
  sequence?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type LineageGraphResolvers<ContextType = any, ParentType extends ResolversParentTypes['LineageGraph'] = ResolversParentTypes['LineageGraph']> = {
  edges?: Resolver<Array<ResolversTypes['LineageEdge']>, ParentType, ContextType>;
  export?: Resolver<ResolversTypes['String'], ParentType, ContextType, RequireFields<LineageGraphExportArgs, 'format'>>;
  leftOut?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['LineageNode']>, ParentType, ContextType>;
  root?: Resolver<ResolversTypes['Asset'], ParentType, ContextType>;
  sequence?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  truncated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  truncatedBy?: Resolver<Maybe<ResolversTypes['LineageBound']>, ParentType, ContextType>;
};

export type LineageNodeResolvers<ContextType = any, ParentType extends ResolversParentTypes['LineageNode'] = ResolversParentTypes['LineageNode']> = {
  asset?: Resolver<ResolversTypes['Asset'], ParentType, ContextType>;
  degree?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  distance?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  hiddenDegree?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  lastRun?: Resolver<Maybe<ResolversTypes['Run']>, ParentType, ContextType>;
  pathCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  state?: Resolver<Maybe<ResolversTypes['AssetState']>, ParentType, ContextType>;
};

export type LineagePartResolvers<ContextType = any, ParentType extends ResolversParentTypes['LineagePart'] = ResolversParentTypes['LineagePart']> = {
  assets?: Resolver<Array<ResolversTypes['Asset']>, ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes['LineageEdge']>, ParentType, ContextType>;
};

export type LineagePathResolvers<ContextType = any, ParentType extends ResolversParentTypes['LineagePath'] = ResolversParentTypes['LineagePath']> = {
  length?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Asset']>, ParentType, ContextType>;
};

export type LineagePathsResolvers<ContextType = any, ParentType extends ResolversParentTypes['LineagePaths'] = ResolversParentTypes['LineagePaths']> = {
  paths?: Resolver<Array<ResolversTypes['LineagePath']>, ParentType, ContextType>;
  sequence?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  truncated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type ManualEdgeResolvers<ContextType = any, ParentType extends ResolversParentTypes['ManualEdge'] = ResolversParentTypes['ManualEdge']> = {
  addedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  addedBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  endReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  endedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  endedBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  from?: Resolver<ResolversTypes['Asset'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['Asset'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = any, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  accessGrantRenew?: Resolver<ResolversTypes['AccessRequestPayload'], ParentType, ContextType, RequireFields<MutationAccessGrantRenewArgs, 'request'>>;
  accessGrantRevoke?: Resolver<ResolversTypes['AccessRequestPayload'], ParentType, ContextType, RequireFields<MutationAccessGrantRevokeArgs, 'reason' | 'request'>>;
  accessRequestCreate?: Resolver<ResolversTypes['AccessRequestPayload'], ParentType, ContextType, RequireFields<MutationAccessRequestCreateArgs, 'input'>>;
  accessRequestDecide?: Resolver<ResolversTypes['AccessRequestPayload'], ParentType, ContextType, RequireFields<MutationAccessRequestDecideArgs, 'id' | 'isApproved' | 'reason'>>;
  accessRequestWithdraw?: Resolver<ResolversTypes['AccessRequestPayload'], ParentType, ContextType, RequireFields<MutationAccessRequestWithdrawArgs, 'id'>>;
  accountCreate?: Resolver<ResolversTypes['AccountPayload'], ParentType, ContextType, RequireFields<MutationAccountCreateArgs, 'input'>>;
  accountUpdate?: Resolver<ResolversTypes['AccountPayload'], ParentType, ContextType, RequireFields<MutationAccountUpdateArgs, 'handle' | 'input'>>;
  assetCertify?: Resolver<ResolversTypes['AssetPayload'], ParentType, ContextType, RequireFields<MutationAssetCertifyArgs, 'ref'>>;
  assetClassify?: Resolver<ResolversTypes['AssetPayload'], ParentType, ContextType, RequireFields<MutationAssetClassifyArgs, 'ref'>>;
  assetDeprecate?: Resolver<ResolversTypes['AssetPayload'], ParentType, ContextType, RequireFields<MutationAssetDeprecateArgs, 'isDeprecated' | 'ref'>>;
  assetDescribe?: Resolver<ResolversTypes['AssetPayload'], ParentType, ContextType, RequireFields<MutationAssetDescribeArgs, 'ref'>>;
  assetMerge?: Resolver<ResolversTypes['AssetPayload'], ParentType, ContextType, RequireFields<MutationAssetMergeArgs, 'alias' | 'reason' | 'ref'>>;
  assetSeparate?: Resolver<ResolversTypes['AssetPayload'], ParentType, ContextType, RequireFields<MutationAssetSeparateArgs, 'alias' | 'reason' | 'ref'>>;
  assetSetOwners?: Resolver<ResolversTypes['AssetPayload'], ParentType, ContextType, RequireFields<MutationAssetSetOwnersArgs, 'owners' | 'ref'>>;
  assetSetTerms?: Resolver<ResolversTypes['AssetPayload'], ParentType, ContextType, RequireFields<MutationAssetSetTermsArgs, 'ref'>>;
  assetTag?: Resolver<ResolversTypes['AssetPayload'], ParentType, ContextType, RequireFields<MutationAssetTagArgs, 'ref'>>;
  auditCheckpointCreate?: Resolver<ResolversTypes['AuditCheckpointPayload'], ParentType, ContextType>;
  auditErase?: Resolver<ResolversTypes['AuditErasePayload'], ParentType, ContextType, RequireFields<MutationAuditEraseArgs, 'account' | 'reason'>>;
  breakGlassRequest?: Resolver<ResolversTypes['AccessRequestPayload'], ParentType, ContextType, RequireFields<MutationBreakGlassRequestArgs, 'input'>>;
  breakGlassReview?: Resolver<ResolversTypes['AccessRequestPayload'], ParentType, ContextType, RequireFields<MutationBreakGlassReviewArgs, 'isJustified' | 'reason' | 'request'>>;
  catalogRebuild?: Resolver<ResolversTypes['RebuildPayload'], ParentType, ContextType>;
  failedEventsReplay?: Resolver<ResolversTypes['ReplayPayload'], ParentType, ContextType, Partial<MutationFailedEventsReplayArgs>>;
  lineageEdgeAdd?: Resolver<ResolversTypes['LineageEdgePayload'], ParentType, ContextType, RequireFields<MutationLineageEdgeAddArgs, 'from' | 'reason' | 'to'>>;
  lineageEdgeRemove?: Resolver<ResolversTypes['LineageEdgePayload'], ParentType, ContextType, RequireFields<MutationLineageEdgeRemoveArgs, 'from' | 'reason' | 'to'>>;
  noticesMarkRead?: Resolver<ResolversTypes['NoticesPayload'], ParentType, ContextType, Partial<MutationNoticesMarkReadArgs>>;
  outsideResourcesPut?: Resolver<ResolversTypes['OutsideResourcesPayload'], ParentType, ContextType, RequireFields<MutationOutsideResourcesPutArgs, 'resources' | 'type'>>;
  outsideResourcesRemove?: Resolver<ResolversTypes['OutsideResourcesPayload'], ParentType, ContextType, RequireFields<MutationOutsideResourcesRemoveArgs, 'ids' | 'type'>>;
  policySetActivate?: Resolver<ResolversTypes['PolicySetPayload'], ParentType, ContextType, RequireFields<MutationPolicySetActivateArgs, 'version'>>;
  policySetApply?: Resolver<ResolversTypes['PolicySetPayload'], ParentType, ContextType, RequireFields<MutationPolicySetApplyArgs, 'documents'>>;
  policySetPropose?: Resolver<ResolversTypes['PolicySetPayload'], ParentType, ContextType, RequireFields<MutationPolicySetProposeArgs, 'documents'>>;
  savedSearchCreate?: Resolver<ResolversTypes['SavedSearchPayload'], ParentType, ContextType, RequireFields<MutationSavedSearchCreateArgs, 'input'>>;
  savedSearchDelete?: Resolver<ResolversTypes['SavedSearchDeletePayload'], ParentType, ContextType, RequireFields<MutationSavedSearchDeleteArgs, 'id'>>;
  savedSearchUpdate?: Resolver<ResolversTypes['SavedSearchPayload'], ParentType, ContextType, RequireFields<MutationSavedSearchUpdateArgs, 'id' | 'input'>>;
  searchReindex?: Resolver<ResolversTypes['ReindexPayload'], ParentType, ContextType>;
  searchSynonymSet?: Resolver<ResolversTypes['SearchSynonymPayload'], ParentType, ContextType, RequireFields<MutationSearchSynonymSetArgs, 'synonyms' | 'word'>>;
  sourceCancel?: Resolver<ResolversTypes['SourceRunPayload'], ParentType, ContextType, RequireFields<MutationSourceCancelArgs, 'key'>>;
  sourceCreate?: Resolver<ResolversTypes['SourcePayload'], ParentType, ContextType, RequireFields<MutationSourceCreateArgs, 'input'>>;
  sourceDelete?: Resolver<ResolversTypes['SourceDeletePayload'], ParentType, ContextType, RequireFields<MutationSourceDeleteArgs, 'key' | 'withdraw'>>;
  sourceRun?: Resolver<ResolversTypes['SourceRunPayload'], ParentType, ContextType, RequireFields<MutationSourceRunArgs, 'dryRun' | 'key' | 'removals'>>;
  sourceSyncRelease?: Resolver<ResolversTypes['SourceSyncPayload'], ParentType, ContextType, RequireFields<MutationSourceSyncReleaseArgs, 'reason' | 'source' | 'sync'>>;
  sourceTest?: Resolver<ResolversTypes['SourceTestPayload'], ParentType, ContextType, RequireFields<MutationSourceTestArgs, 'key'>>;
  sourceUpdate?: Resolver<ResolversTypes['SourcePayload'], ParentType, ContextType, RequireFields<MutationSourceUpdateArgs, 'input'>>;
  sourceWithdraw?: Resolver<ResolversTypes['SourceWithdrawPayload'], ParentType, ContextType, RequireFields<MutationSourceWithdrawArgs, 'reason' | 'source'>>;
  termChange?: Resolver<ResolversTypes['AssetPayload'], ParentType, ContextType, RequireFields<MutationTermChangeArgs, 'ref'>>;
  termCreate?: Resolver<ResolversTypes['AssetPayload'], ParentType, ContextType, RequireFields<MutationTermCreateArgs, 'input'>>;
  tokenCreate?: Resolver<ResolversTypes['TokenPayload'], ParentType, ContextType, RequireFields<MutationTokenCreateArgs, 'input'>>;
  tokenRevoke?: Resolver<ResolversTypes['TokenRevokePayload'], ParentType, ContextType, RequireFields<MutationTokenRevokeArgs, 'id'>>;
};

export type NoticeResolvers<ContextType = any, ParentType extends ResolversParentTypes['Notice'] = ResolversParentTypes['Notice']> = {
  asset?: Resolver<ResolversTypes['Asset'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  column?: Resolver<Maybe<ResolversTypes['Column']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isRead?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  savedSearch?: Resolver<ResolversTypes['SavedSearch'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['NoticeType'], ParentType, ContextType>;
};

export type NoticeConnectionResolvers<ContextType = any, ParentType extends ResolversParentTypes['NoticeConnection'] = ResolversParentTypes['NoticeConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['Notice']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unreadCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type NoticesPayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['NoticesPayload'] = ResolversParentTypes['NoticesPayload']> = {
  unreadCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type OperationsResolvers<ContextType = any, ParentType extends ResolversParentTypes['Operations'] = ResolversParentTypes['Operations']> = {
  changeLogPosition?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  failedEvents?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  followers?: Resolver<Array<ResolversTypes['Follower']>, ParentType, ContextType>;
  ingestBacklog?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  isRebuilding?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type OutsideResourcesPayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['OutsideResourcesPayload'] = ResolversParentTypes['OutsideResourcesPayload']> = {
  count?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type OwnershipResolvers<ContextType = any, ParentType extends ResolversParentTypes['Ownership'] = ResolversParentTypes['Ownership']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  type?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = any, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type PastExplanationResolvers<ContextType = any, ParentType extends ResolversParentTypes['PastExplanation'] = ResolversParentTypes['PastExplanation']> = {
  asOf?: Resolver<ResolversTypes['AccessAsOf'], ParentType, ContextType>;
  decidedBy?: Resolver<Maybe<ResolversTypes['PolicyRule']>, ParentType, ContextType>;
  decision?: Resolver<ResolversTypes['Decision'], ParentType, ContextType>;
  matched?: Resolver<Array<ResolversTypes['PolicyRule']>, ParentType, ContextType>;
  missingAttributes?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PersonResolvers<ContextType = any, ParentType extends ResolversParentTypes['Person'] = ResolversParentTypes['Person']> = {
  handle?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  isTeam?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PhysicalResolvers<ContextType = any, ParentType extends ResolversParentTypes['Physical'] = ResolversParentTypes['Physical']> = {
  foreignKeys?: Resolver<Array<ResolversTypes['ForeignKey']>, ParentType, ContextType>;
  indexes?: Resolver<Array<ResolversTypes['TableIndex']>, ParentType, ContextType>;
  primaryKey?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  rowEstimate?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  sizeBytes?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  uniqueKeys?: Resolver<Array<ResolversTypes['TableKey']>, ParentType, ContextType>;
  viewSql?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PipelineResolvers<ContextType = any, ParentType extends ResolversParentTypes['Pipeline'] = ResolversParentTypes['Pipeline']> = {
  criticalPath?: Resolver<Array<ResolversTypes['PipelineStep']>, ParentType, ContextType>;
  criticalSeconds?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  slowestStep?: Resolver<Maybe<ResolversTypes['PipelineStep']>, ParentType, ContextType>;
  steps?: Resolver<Array<ResolversTypes['PipelineStep']>, ParentType, ContextType>;
  truncated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type PipelineStepResolvers<ContextType = any, ParentType extends ResolversParentTypes['PipelineStep'] = ResolversParentTypes['PipelineStep']> = {
  isCritical?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  run?: Resolver<ResolversTypes['Run'], ParentType, ContextType>;
  seconds?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  waitedSeconds?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  waitsFor?: Resolver<Array<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type PolicyFindingResolvers<ContextType = any, ParentType extends ResolversParentTypes['PolicyFinding'] = ResolversParentTypes['PolicyFinding']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  policyId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  severity?: Resolver<ResolversTypes['FindingSeverity'], ParentType, ContextType>;
};

export type PolicyImpactResolvers<ContextType = any, ParentType extends ResolversParentTypes['PolicyImpact'] = ResolversParentTypes['PolicyImpact']> = {
  action?: Resolver<ResolversTypes['Action'], ParentType, ContextType>;
  examples?: Resolver<Array<ResolversTypes['PolicyImpactExample']>, ParentType, ContextType>;
  gained?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  lost?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  maskChanged?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type PolicyImpactExampleResolvers<ContextType = any, ParentType extends ResolversParentTypes['PolicyImpactExample'] = ResolversParentTypes['PolicyImpactExample']> = {
  account?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  change?: Resolver<ResolversTypes['AccessChange'], ParentType, ContextType>;
  resource?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PolicyMissResolvers<ContextType = any, ParentType extends ResolversParentTypes['PolicyMiss'] = ResolversParentTypes['PolicyMiss']> = {
  failed?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  policyId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PolicyMutantResolvers<ContextType = any, ParentType extends ResolversParentTypes['PolicyMutant'] = ResolversParentTypes['PolicyMutant']> = {
  change?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  policyId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type PolicyMutationScoreResolvers<ContextType = any, ParentType extends ResolversParentTypes['PolicyMutationScore'] = ResolversParentTypes['PolicyMutationScore']> = {
  caught?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  isComplete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  mutants?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  survivors?: Resolver<Array<ResolversTypes['PolicyMutant']>, ParentType, ContextType>;
};

export type PolicyReportResolvers<ContextType = any, ParentType extends ResolversParentTypes['PolicyReport'] = ResolversParentTypes['PolicyReport']> = {
  contentHash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  failures?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  findings?: Resolver<Array<ResolversTypes['PolicyFinding']>, ParentType, ContextType>;
  isSound?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  problems?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  tests?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type PolicyRuleResolvers<ContextType = any, ParentType extends ResolversParentTypes['PolicyRule'] = ResolversParentTypes['PolicyRule']> = {
  band?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  effect?: Resolver<ResolversTypes['Decision'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PolicySetResolvers<ContextType = any, ParentType extends ResolversParentTypes['PolicySet'] = ResolversParentTypes['PolicySet']> = {
  activatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  activatedBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  contentHash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  createdBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  documents?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  isActive?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  note?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type PolicySetConnectionResolvers<ContextType = any, ParentType extends ResolversParentTypes['PolicySetConnection'] = ResolversParentTypes['PolicySetConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['PolicySet']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type PolicySetPayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['PolicySetPayload'] = ResolversParentTypes['PolicySetPayload']> = {
  policySet?: Resolver<Maybe<ResolversTypes['PolicySet']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ProcessingEngineResolvers<ContextType = any, ParentType extends ResolversParentTypes['ProcessingEngine'] = ResolversParentTypes['ProcessingEngine']> = {
  adapterVersion?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  version?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PropagatedWordResolvers<ContextType = any, ParentType extends ResolversParentTypes['PropagatedWord'] = ResolversParentTypes['PropagatedWord']> = {
  column?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['PropagatedKind'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  via?: Resolver<Array<ResolversTypes['PropagationStep']>, ParentType, ContextType>;
};

export type PropagatedWordsResolvers<ContextType = any, ParentType extends ResolversParentTypes['PropagatedWords'] = ResolversParentTypes['PropagatedWords']> = {
  truncated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  words?: Resolver<Array<ResolversTypes['PropagatedWord']>, ParentType, ContextType>;
};

export type PropagationStepResolvers<ContextType = any, ParentType extends ResolversParentTypes['PropagationStep'] = ResolversParentTypes['PropagationStep']> = {
  asset?: Resolver<ResolversTypes['Asset'], ParentType, ContextType>;
  column?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ProvenanceResolvers<ContextType = any, ParentType extends ResolversParentTypes['Provenance'] = ResolversParentTypes['Provenance']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  attribute?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  by?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type QualityResultResolvers<ContextType = any, ParentType extends ResolversParentTypes['QualityResult'] = ResolversParentTypes['QualityResult']> = {
  actual?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  assertion?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  column?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  content?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  contentType?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  expected?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  params?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  run?: Resolver<Maybe<ResolversTypes['Run']>, ParentType, ContextType>;
  severity?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  success?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type QuantileResolvers<ContextType = any, ParentType extends ResolversParentTypes['Quantile'] = ResolversParentTypes['Quantile']> = {
  quantile?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = any, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  accessRequestEffect?: Resolver<ResolversTypes['AccessEffect'], ParentType, ContextType, RequireFields<QueryAccessRequestEffectArgs, 'id'>>;
  accessRequests?: Resolver<ResolversTypes['AccessRequestConnection'], ParentType, ContextType, RequireFields<QueryAccessRequestsArgs, 'first' | 'needsReview'>>;
  accounts?: Resolver<ResolversTypes['AccountConnection'], ParentType, ContextType, RequireFields<QueryAccountsArgs, 'first'>>;
  aliasProposals?: Resolver<ResolversTypes['AliasProposalConnection'], ParentType, ContextType, RequireFields<QueryAliasProposalsArgs, 'first'>>;
  asset?: Resolver<Maybe<ResolversTypes['Asset']>, ParentType, ContextType, RequireFields<QueryAssetArgs, 'ref'>>;
  assetAsOf?: Resolver<Maybe<ResolversTypes['AssetState']>, ParentType, ContextType, RequireFields<QueryAssetAsOfArgs, 'at' | 'ref'>>;
  assets?: Resolver<ResolversTypes['AssetConnection'], ParentType, ContextType, RequireFields<QueryAssetsArgs, 'first'>>;
  auditLog?: Resolver<ResolversTypes['AuditConnection'], ParentType, ContextType, RequireFields<QueryAuditLogArgs, 'first'>>;
  changeLogPosition?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  columnLineage?: Resolver<ResolversTypes['ColumnLineageGraph'], ParentType, ContextType, RequireFields<QueryColumnLineageArgs, 'column' | 'direction' | 'maxHops' | 'maxNodes' | 'ref'>>;
  explain?: Resolver<ResolversTypes['Explanation'], ParentType, ContextType, RequireFields<QueryExplainArgs, 'action' | 'ref'>>;
  explainAsOf?: Resolver<ResolversTypes['PastExplanation'], ParentType, ContextType, RequireFields<QueryExplainAsOfArgs, 'account' | 'action' | 'at' | 'ref'>>;
  failedEvents?: Resolver<ResolversTypes['FailedEventConnection'], ParentType, ContextType, RequireFields<QueryFailedEventsArgs, 'first'>>;
  impact?: Resolver<ResolversTypes['Impact'], ParentType, ContextType, RequireFields<QueryImpactArgs, 'direction'>>;
  ingestWarnings?: Resolver<ResolversTypes['IngestWarningConnection'], ParentType, ContextType, RequireFields<QueryIngestWarningsArgs, 'first'>>;
  lateJobs?: Resolver<ResolversTypes['LateJobConnection'], ParentType, ContextType, RequireFields<QueryLateJobsArgs, 'first'>>;
  lineage?: Resolver<ResolversTypes['LineageGraph'], ParentType, ContextType, RequireFields<QueryLineageArgs, 'direction' | 'maxHops' | 'maxNodes' | 'ref'>>;
  lineageDiff?: Resolver<ResolversTypes['LineageDiff'], ParentType, ContextType, RequireFields<QueryLineageDiffArgs, 'direction' | 'from' | 'maxHops' | 'maxNodes' | 'ref' | 'to'>>;
  lineageNeighbours?: Resolver<ResolversTypes['AssetNeighbourConnection'], ParentType, ContextType, RequireFields<QueryLineageNeighboursArgs, 'direction' | 'first' | 'ref'>>;
  lineagePaths?: Resolver<ResolversTypes['LineagePaths'], ParentType, ContextType, RequireFields<QueryLineagePathsArgs, 'first' | 'from' | 'maxHops' | 'to'>>;
  manualEdges?: Resolver<Array<ResolversTypes['ManualEdge']>, ParentType, ContextType, RequireFields<QueryManualEdgesArgs, 'ref'>>;
  me?: Resolver<ResolversTypes['Account'], ParentType, ContextType>;
  notices?: Resolver<ResolversTypes['NoticeConnection'], ParentType, ContextType, RequireFields<QueryNoticesArgs, 'filter' | 'first'>>;
  operations?: Resolver<ResolversTypes['Operations'], ParentType, ContextType>;
  policyMutationScore?: Resolver<ResolversTypes['PolicyMutationScore'], ParentType, ContextType, RequireFields<QueryPolicyMutationScoreArgs, 'documents'>>;
  policyReport?: Resolver<ResolversTypes['PolicyReport'], ParentType, ContextType, RequireFields<QueryPolicyReportArgs, 'documents'>>;
  policySet?: Resolver<ResolversTypes['PolicySet'], ParentType, ContextType, Partial<QueryPolicySetArgs>>;
  policySets?: Resolver<ResolversTypes['PolicySetConnection'], ParentType, ContextType, RequireFields<QueryPolicySetsArgs, 'first'>>;
  policySimulation?: Resolver<Array<ResolversTypes['PolicyImpact']>, ParentType, ContextType, RequireFields<QueryPolicySimulationArgs, 'documents'>>;
  propagatedWords?: Resolver<ResolversTypes['PropagatedWords'], ParentType, ContextType, RequireFields<QueryPropagatedWordsArgs, 'ref'>>;
  recentlyViewed?: Resolver<ResolversTypes['ViewedAssetConnection'], ParentType, ContextType, RequireFields<QueryRecentlyViewedArgs, 'first'>>;
  savedSearch?: Resolver<Maybe<ResolversTypes['SavedSearch']>, ParentType, ContextType, RequireFields<QuerySavedSearchArgs, 'id'>>;
  savedSearchResults?: Resolver<Maybe<ResolversTypes['SearchConnection']>, ParentType, ContextType, RequireFields<QuerySavedSearchResultsArgs, 'explain' | 'first' | 'id'>>;
  savedSearches?: Resolver<ResolversTypes['SavedSearchConnection'], ParentType, ContextType, RequireFields<QuerySavedSearchesArgs, 'first'>>;
  search?: Resolver<ResolversTypes['SearchConnection'], ParentType, ContextType, RequireFields<QuerySearchArgs, 'explain' | 'first' | 'query' | 'sort'>>;
  searchIndex?: Resolver<ResolversTypes['SearchIndexState'], ParentType, ContextType>;
  searchSuggest?: Resolver<Array<ResolversTypes['SearchHit']>, ParentType, ContextType, RequireFields<QuerySearchSuggestArgs, 'prefix'>>;
  searchSynonyms?: Resolver<ResolversTypes['SearchSynonymConnection'], ParentType, ContextType, RequireFields<QuerySearchSynonymsArgs, 'first'>>;
  similarDatasets?: Resolver<Array<ResolversTypes['SimilarDataset']>, ParentType, ContextType, RequireFields<QuerySimilarDatasetsArgs, 'first' | 'ref'>>;
  source?: Resolver<Maybe<ResolversTypes['Source']>, ParentType, ContextType, RequireFields<QuerySourceArgs, 'key'>>;
  sourceRun?: Resolver<Maybe<ResolversTypes['SourceRun']>, ParentType, ContextType, RequireFields<QuerySourceRunArgs, 'id'>>;
  sourceSyncs?: Resolver<ResolversTypes['SourceSyncConnection'], ParentType, ContextType, RequireFields<QuerySourceSyncsArgs, 'first'>>;
  sources?: Resolver<ResolversTypes['SourceConnection'], ParentType, ContextType, RequireFields<QuerySourcesArgs, 'first'>>;
  whatCan?: Resolver<ResolversTypes['WhatCanConnection'], ParentType, ContextType, RequireFields<QueryWhatCanArgs, 'first'>>;
  whoCan?: Resolver<ResolversTypes['WhoCanConnection'], ParentType, ContextType, RequireFields<QueryWhoCanArgs, 'action' | 'first' | 'ref'>>;
  whoCanAsOf?: Resolver<ResolversTypes['WhoCanAsOfConnection'], ParentType, ContextType, RequireFields<QueryWhoCanAsOfArgs, 'action' | 'at' | 'first' | 'ref'>>;
};

export type RebuildPayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['RebuildPayload'] = ResolversParentTypes['RebuildPayload']> = {
  isScheduled?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ReindexPayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['ReindexPayload'] = ResolversParentTypes['ReindexPayload']> = {
  isScheduled?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ReplayPayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['ReplayPayload'] = ResolversParentTypes['ReplayPayload']> = {
  replayed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RunResolvers<ContextType = any, ParentType extends ResolversParentTypes['Run'] = ResolversParentTypes['Run']> = {
  children?: Resolver<ResolversTypes['RunConnection'], ParentType, ContextType, RequireFields<RunChildrenArgs, 'first'>>;
  dependencies?: Resolver<Array<ResolversTypes['JobDependency']>, ParentType, ContextType>;
  endedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  engine?: Resolver<Maybe<ResolversTypes['ProcessingEngine']>, ParentType, ContextType>;
  environment?: Resolver<Array<ResolversTypes['RunVariable']>, ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['RunError']>, ParentType, ContextType>;
  errorMessage?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  externalId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  externalQuery?: Resolver<Maybe<ResolversTypes['ExternalQuery']>, ParentType, ContextType>;
  extractionErrors?: Resolver<Maybe<ResolversTypes['ExtractionErrors']>, ParentType, ContextType>;
  facets?: Resolver<Array<ResolversTypes['RunFacet']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  inputs?: Resolver<Array<ResolversTypes['RunDataset']>, ParentType, ContextType>;
  isLost?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  job?: Resolver<Maybe<ResolversTypes['Job']>, ParentType, ContextType>;
  lastEventAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  nominalEndAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  nominalStartAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  outputs?: Resolver<Array<ResolversTypes['RunDataset']>, ParentType, ContextType>;
  parameters?: Resolver<Array<ResolversTypes['RunParameter']>, ParentType, ContextType>;
  parent?: Resolver<Maybe<ResolversTypes['RunReference']>, ParentType, ContextType>;
  pipeline?: Resolver<ResolversTypes['Pipeline'], ParentType, ContextType>;
  root?: Resolver<Maybe<ResolversTypes['RunReference']>, ParentType, ContextType>;
  startedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['RunState'], ParentType, ContextType>;
  tags?: Resolver<Array<ResolversTypes['SourceTag']>, ParentType, ContextType>;
  tests?: Resolver<Array<ResolversTypes['RunTest']>, ParentType, ContextType>;
  triggerRule?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type RunConnectionResolvers<ContextType = any, ParentType extends ResolversParentTypes['RunConnection'] = ResolversParentTypes['RunConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['Run']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type RunDatasetResolvers<ContextType = any, ParentType extends ResolversParentTypes['RunDataset'] = ResolversParentTypes['RunDataset']> = {
  dataset?: Resolver<Maybe<ResolversTypes['Dataset']>, ParentType, ContextType>;
  direction?: Resolver<ResolversTypes['RunDirection'], ParentType, ContextType>;
  facets?: Resolver<Array<ResolversTypes['RunFacet']>, ParentType, ContextType>;
  fileCount?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  rowCount?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  run?: Resolver<Maybe<ResolversTypes['Run']>, ParentType, ContextType>;
  size?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  subset?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  version?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type RunDatasetConnectionResolvers<ContextType = any, ParentType extends ResolversParentTypes['RunDatasetConnection'] = ResolversParentTypes['RunDatasetConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['RunDataset']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type RunErrorResolvers<ContextType = any, ParentType extends ResolversParentTypes['RunError'] = ResolversParentTypes['RunError']> = {
  language?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  stackTrace?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type RunFacetResolvers<ContextType = any, ParentType extends ResolversParentTypes['RunFacet'] = ResolversParentTypes['RunFacet']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
};

export type RunParameterResolvers<ContextType = any, ParentType extends ResolversParentTypes['RunParameter'] = ResolversParentTypes['RunParameter']> = {
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  value?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
};

export type RunReferenceResolvers<ContextType = any, ParentType extends ResolversParentTypes['RunReference'] = ResolversParentTypes['RunReference']> = {
  externalId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  job?: Resolver<ResolversTypes['Job'], ParentType, ContextType>;
  run?: Resolver<Maybe<ResolversTypes['Run']>, ParentType, ContextType>;
};

export type RunTestResolvers<ContextType = any, ParentType extends ResolversParentTypes['RunTest'] = ResolversParentTypes['RunTest']> = {
  actual?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  content?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  contentType?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  expected?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  params?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  severity?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  type?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type RunVariableResolvers<ContextType = any, ParentType extends ResolversParentTypes['RunVariable'] = ResolversParentTypes['RunVariable']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SavedSearchResolvers<ContextType = any, ParentType extends ResolversParentTypes['SavedSearch'] = ResolversParentTypes['SavedSearch']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  filter?: Resolver<ResolversTypes['SavedSearchFilter'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isMine?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  owner?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  query?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sort?: Resolver<ResolversTypes['SearchSort'], ParentType, ContextType>;
  team?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  watch?: Resolver<ResolversTypes['SavedSearchWatch'], ParentType, ContextType>;
};

export type SavedSearchConnectionResolvers<ContextType = any, ParentType extends ResolversParentTypes['SavedSearchConnection'] = ResolversParentTypes['SavedSearchConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['SavedSearch']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type SavedSearchDeletePayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['SavedSearchDeletePayload'] = ResolversParentTypes['SavedSearchDeletePayload']> = {
  id?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SavedSearchFilterResolvers<ContextType = any, ParentType extends ResolversParentTypes['SavedSearchFilter'] = ResolversParentTypes['SavedSearchFilter']> = {
  dataProduct?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  domain?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  kinds?: Resolver<Maybe<Array<ResolversTypes['SearchKind']>>, ParentType, ContextType>;
  maxSensitivity?: Resolver<Maybe<ResolversTypes['Sensitivity']>, ParentType, ContextType>;
  minCertification?: Resolver<Maybe<ResolversTypes['CertificationLevel']>, ParentType, ContextType>;
  namespace?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  owners?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  platforms?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  presence?: Resolver<Maybe<Array<ResolversTypes['AssetPresence']>>, ParentType, ContextType>;
  tags?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  terms?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
};

export type SavedSearchPayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['SavedSearchPayload'] = ResolversParentTypes['SavedSearchPayload']> = {
  savedSearch?: Resolver<Maybe<ResolversTypes['SavedSearch']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SearchConnectionResolvers<ContextType = any, ParentType extends ResolversParentTypes['SearchConnection'] = ResolversParentTypes['SearchConnection']> = {
  didYouMean?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  facets?: Resolver<Array<ResolversTypes['SearchFacet']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['SearchHit']>, ParentType, ContextType>;
  notices?: Resolver<Array<ResolversTypes['SearchNotice']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SearchFacetResolvers<ContextType = any, ParentType extends ResolversParentTypes['SearchFacet'] = ResolversParentTypes['SearchFacet']> = {
  field?: Resolver<ResolversTypes['SearchField'], ParentType, ContextType>;
  values?: Resolver<Array<ResolversTypes['SearchFacetValue']>, ParentType, ContextType>;
  without?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SearchFacetValueResolvers<ContextType = any, ParentType extends ResolversParentTypes['SearchFacetValue'] = ResolversParentTypes['SearchFacetValue']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SearchHighlightResolvers<ContextType = any, ParentType extends ResolversParentTypes['SearchHighlight'] = ResolversParentTypes['SearchHighlight']> = {
  length?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  start?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SearchHitResolvers<ContextType = any, ParentType extends ResolversParentTypes['SearchHit'] = ResolversParentTypes['SearchHit']> = {
  asset?: Resolver<Maybe<ResolversTypes['Asset']>, ParentType, ContextType>;
  column?: Resolver<Maybe<ResolversTypes['Column']>, ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  item?: Resolver<ResolversTypes['SearchItem'], ParentType, ContextType>;
  matches?: Resolver<Array<ResolversTypes['SearchMatch']>, ParentType, ContextType>;
  score?: Resolver<Maybe<Array<ResolversTypes['SearchScorePart']>>, ParentType, ContextType>;
  tier?: Resolver<ResolversTypes['SearchTier'], ParentType, ContextType>;
};

export type SearchIndexStateResolvers<ContextType = any, ParentType extends ResolversParentTypes['SearchIndexState'] = ResolversParentTypes['SearchIndexState']> = {
  bytes?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  documents?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rebuild?: Resolver<Maybe<ResolversTypes['SearchRebuild']>, ParentType, ContextType>;
};

export type SearchItemResolvers<ContextType = any, ParentType extends ResolversParentTypes['SearchItem'] = ResolversParentTypes['SearchItem']> = {
  __resolveType: TypeResolveFn<'Column' | 'Dashboard' | 'DataProduct' | 'Dataset' | 'Domain' | 'Job' | 'Person' | 'Term', ParentType, ContextType>;
};

export type SearchMatchResolvers<ContextType = any, ParentType extends ResolversParentTypes['SearchMatch'] = ResolversParentTypes['SearchMatch']> = {
  field?: Resolver<ResolversTypes['SearchMatchField'], ParentType, ContextType>;
  highlights?: Resolver<Array<ResolversTypes['SearchHighlight']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SearchNoticeResolvers<ContextType = any, ParentType extends ResolversParentTypes['SearchNotice'] = ResolversParentTypes['SearchNotice']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SearchRebuildResolvers<ContextType = any, ParentType extends ResolversParentTypes['SearchRebuild'] = ResolversParentTypes['SearchRebuild']> = {
  done?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  isRunning?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SearchScorePartResolvers<ContextType = any, ParentType extends ResolversParentTypes['SearchScorePart'] = ResolversParentTypes['SearchScorePart']> = {
  name?: Resolver<ResolversTypes['SearchScoreName'], ParentType, ContextType>;
  points?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SearchSynonymResolvers<ContextType = any, ParentType extends ResolversParentTypes['SearchSynonym'] = ResolversParentTypes['SearchSynonym']> = {
  synonyms?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  word?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SearchSynonymConnectionResolvers<ContextType = any, ParentType extends ResolversParentTypes['SearchSynonymConnection'] = ResolversParentTypes['SearchSynonymConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['SearchSynonym']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type SearchSynonymPayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['SearchSynonymPayload'] = ResolversParentTypes['SearchSynonymPayload']> = {
  synonym?: Resolver<Maybe<ResolversTypes['SearchSynonym']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SecretReferenceResolvers<ContextType = any, ParentType extends ResolversParentTypes['SecretReference'] = ResolversParentTypes['SecretReference']> = {
  env?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  file?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SimilarDatasetResolvers<ContextType = any, ParentType extends ResolversParentTypes['SimilarDataset'] = ResolversParentTypes['SimilarDataset']> = {
  columns?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  dataset?: Resolver<ResolversTypes['Dataset'], ParentType, ContextType>;
  score?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  tags?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  terms?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  words?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SourceResolvers<ContextType = any, ParentType extends ResolversParentTypes['Source'] = ResolversParentTypes['Source']> = {
  database?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  exclude?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  factSource?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  host?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  include?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  isEnabled?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isReadOnly?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  lastRun?: Resolver<Maybe<ResolversTypes['SourceRun']>, ParentType, ContextType>;
  namespace?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  nextRunAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  origin?: Resolver<ResolversTypes['SourceOrigin'], ParentType, ContextType>;
  password?: Resolver<Maybe<ResolversTypes['SecretReference']>, ParentType, ContextType>;
  port?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  runs?: Resolver<ResolversTypes['SourceRunConnection'], ParentType, ContextType, RequireFields<SourceRunsArgs, 'first'>>;
  schedule?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  ssl?: Resolver<ResolversTypes['SourceSsl'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['SourceType'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  updatedBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  user?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SourceCodeResolvers<ContextType = any, ParentType extends ResolversParentTypes['SourceCode'] = ResolversParentTypes['SourceCode']> = {
  language?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  text?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SourceCodeLocationResolvers<ContextType = any, ParentType extends ResolversParentTypes['SourceCodeLocation'] = ResolversParentTypes['SourceCodeLocation']> = {
  branch?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  path?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  pullRequestNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  repoUrl?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  tag?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  type?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  version?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SourceConnectionResolvers<ContextType = any, ParentType extends ResolversParentTypes['SourceConnection'] = ResolversParentTypes['SourceConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['Source']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type SourceDeletePayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['SourceDeletePayload'] = ResolversParentTypes['SourceDeletePayload']> = {
  assetsKept?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  assetsWithdrawn?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  key?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SourcePayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['SourcePayload'] = ResolversParentTypes['SourcePayload']> = {
  source?: Resolver<Maybe<ResolversTypes['Source']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SourceRunResolvers<ContextType = any, ParentType extends ResolversParentTypes['SourceRun'] = ResolversParentTypes['SourceRun']> = {
  cancelRequestedBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  counts?: Resolver<ResolversTypes['SourceRunCounts'], ParentType, ContextType>;
  endedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  log?: Resolver<ResolversTypes['SourceRunLineConnection'], ParentType, ContextType, RequireFields<SourceRunLogArgs, 'first'>>;
  removals?: Resolver<ResolversTypes['SourceRemovals'], ParentType, ContextType>;
  requestedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  requestedBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  startedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['SourceRunState'], ParentType, ContextType>;
};

export type SourceRunConnectionResolvers<ContextType = any, ParentType extends ResolversParentTypes['SourceRunConnection'] = ResolversParentTypes['SourceRunConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['SourceRun']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type SourceRunCountsResolvers<ContextType = any, ParentType extends ResolversParentTypes['SourceRunCounts'] = ResolversParentTypes['SourceRunCounts']> = {
  changed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  created?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  missing?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  removed?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  skipped?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unchanged?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  warnings?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SourceRunLineResolvers<ContextType = any, ParentType extends ResolversParentTypes['SourceRunLine'] = ResolversParentTypes['SourceRunLine']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  level?: Resolver<ResolversTypes['SourceRunLineLevel'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SourceRunLineConnectionResolvers<ContextType = any, ParentType extends ResolversParentTypes['SourceRunLineConnection'] = ResolversParentTypes['SourceRunLineConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['SourceRunLine']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type SourceRunPayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['SourceRunPayload'] = ResolversParentTypes['SourceRunPayload']> = {
  foreseen?: Resolver<Maybe<ResolversTypes['DryRunReport']>, ParentType, ContextType>;
  run?: Resolver<Maybe<ResolversTypes['SourceRun']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SourceSyncResolvers<ContextType = any, ParentType extends ResolversParentTypes['SourceSync'] = ResolversParentTypes['SourceSync']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  decidedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  decidedBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  exclude?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  goneCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  include?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  isWithdrawal?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  knownCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['SourceSyncState'], ParentType, ContextType>;
};

export type SourceSyncConnectionResolvers<ContextType = any, ParentType extends ResolversParentTypes['SourceSyncConnection'] = ResolversParentTypes['SourceSyncConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['SourceSync']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type SourceSyncPayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['SourceSyncPayload'] = ResolversParentTypes['SourceSyncPayload']> = {
  sync?: Resolver<Maybe<ResolversTypes['SourceSync']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SourceTagResolvers<ContextType = any, ParentType extends ResolversParentTypes['SourceTag'] = ResolversParentTypes['SourceTag']> = {
  column?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SourceTestPayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['SourceTestPayload'] = ResolversParentTypes['SourceTestPayload']> = {
  result?: Resolver<Maybe<ResolversTypes['SourceTestResult']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SourceTestResultResolvers<ContextType = any, ParentType extends ResolversParentTypes['SourceTestResult'] = ResolversParentTypes['SourceTestResult']> = {
  code?: Resolver<Maybe<ResolversTypes['SourceFailureCode']>, ParentType, ContextType>;
  isOk?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  skipped?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  tables?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  version?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SourceWithdrawPayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['SourceWithdrawPayload'] = ResolversParentTypes['SourceWithdrawPayload']> = {
  assets?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type TableIndexResolvers<ContextType = any, ParentType extends ResolversParentTypes['TableIndex'] = ResolversParentTypes['TableIndex']> = {
  columns?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  isPartial?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isUnique?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  method?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type TableKeyResolvers<ContextType = any, ParentType extends ResolversParentTypes['TableKey'] = ResolversParentTypes['TableKey']> = {
  columns?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type TermResolvers<ContextType = any, ParentType extends ResolversParentTypes['Term'] = ResolversParentTypes['Term']> = {
  certification?: Resolver<Maybe<ResolversTypes['Certification']>, ParentType, ContextType>;
  dataProducts?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  displayName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  domain?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  glossaryTerms?: Resolver<Array<ResolversTypes['Term']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isPlaceholder?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['AssetKind'], ParentType, ContextType>;
  lifecycle?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  lifecycleNote?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  namespace?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  owners?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  platform?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  presence?: Resolver<ResolversTypes['AssetPresence'], ParentType, ContextType>;
  presenceSince?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  provenance?: Resolver<Array<ResolversTypes['Provenance']>, ParentType, ContextType>;
  ref?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sensitivity?: Resolver<Maybe<ResolversTypes['Sensitivity']>, ParentType, ContextType>;
  sources?: Resolver<Array<ResolversTypes['AssetSource']>, ParentType, ContextType>;
  subtype?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  successor?: Resolver<Maybe<ResolversTypes['Asset']>, ParentType, ContextType>;
  synonyms?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  tags?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  terms?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  usage?: Resolver<ResolversTypes['AssetUsage'], ParentType, ContextType>;
  viewerCan?: Resolver<Array<ResolversTypes['Action']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TokenResolvers<ContextType = any, ParentType extends ResolversParentTypes['Token'] = ResolversParentTypes['Token']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  ingestNamespaces?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['TokenKind'], ParentType, ContextType>;
  lastUsedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  prefix?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  revokedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  scopes?: Resolver<Maybe<Array<ResolversTypes['TokenScope']>>, ParentType, ContextType>;
  trustsAttributes?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type TokenPayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['TokenPayload'] = ResolversParentTypes['TokenPayload']> = {
  secret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  token?: Resolver<Maybe<ResolversTypes['Token']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type TokenRevokePayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['TokenRevokePayload'] = ResolversParentTypes['TokenRevokePayload']> = {
  token?: Resolver<Maybe<ResolversTypes['Token']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = any, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ViewedAssetResolvers<ContextType = any, ParentType extends ResolversParentTypes['ViewedAsset'] = ResolversParentTypes['ViewedAsset']> = {
  asset?: Resolver<ResolversTypes['Asset'], ParentType, ContextType>;
  viewedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type ViewedAssetConnectionResolvers<ContextType = any, ParentType extends ResolversParentTypes['ViewedAssetConnection'] = ResolversParentTypes['ViewedAssetConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['ViewedAsset']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type WhatCanResolvers<ContextType = any, ParentType extends ResolversParentTypes['WhatCan'] = ResolversParentTypes['WhatCan']> = {
  action?: Resolver<ResolversTypes['Action'], ParentType, ContextType>;
  asset?: Resolver<Maybe<ResolversTypes['Asset']>, ParentType, ContextType>;
  column?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  ref?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type WhatCanConnectionResolvers<ContextType = any, ParentType extends ResolversParentTypes['WhatCanConnection'] = ResolversParentTypes['WhatCanConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['WhatCan']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type WhoCanResolvers<ContextType = any, ParentType extends ResolversParentTypes['WhoCan'] = ResolversParentTypes['WhoCan']> = {
  handle?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['AccountKind'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  rule?: Resolver<ResolversTypes['PolicyRule'], ParentType, ContextType>;
};

export type WhoCanAsOfConnectionResolvers<ContextType = any, ParentType extends ResolversParentTypes['WhoCanAsOfConnection'] = ResolversParentTypes['WhoCanAsOfConnection']> = {
  asOf?: Resolver<ResolversTypes['AccessAsOf'], ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['WhoCan']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type WhoCanConnectionResolvers<ContextType = any, ParentType extends ResolversParentTypes['WhoCanConnection'] = ResolversParentTypes['WhoCanConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['WhoCan']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type Resolvers<ContextType = any> = {
  AccessAsOf?: AccessAsOfResolvers<ContextType>;
  AccessEffect?: AccessEffectResolvers<ContextType>;
  AccessRequest?: AccessRequestResolvers<ContextType>;
  AccessRequestConnection?: AccessRequestConnectionResolvers<ContextType>;
  AccessRequestPayload?: AccessRequestPayloadResolvers<ContextType>;
  Account?: AccountResolvers<ContextType>;
  AccountConnection?: AccountConnectionResolvers<ContextType>;
  AccountPayload?: AccountPayloadResolvers<ContextType>;
  AliasProposal?: AliasProposalResolvers<ContextType>;
  AliasProposalConnection?: AliasProposalConnectionResolvers<ContextType>;
  Asset?: AssetResolvers<ContextType>;
  AssetAlias?: AssetAliasResolvers<ContextType>;
  AssetConnection?: AssetConnectionResolvers<ContextType>;
  AssetDifference?: AssetDifferenceResolvers<ContextType>;
  AssetNeighbourConnection?: AssetNeighbourConnectionResolvers<ContextType>;
  AssetPayload?: AssetPayloadResolvers<ContextType>;
  AssetSource?: AssetSourceResolvers<ContextType>;
  AssetState?: AssetStateResolvers<ContextType>;
  AssetUsage?: AssetUsageResolvers<ContextType>;
  AuditCheckpoint?: AuditCheckpointResolvers<ContextType>;
  AuditCheckpointPayload?: AuditCheckpointPayloadResolvers<ContextType>;
  AuditConnection?: AuditConnectionResolvers<ContextType>;
  AuditEntry?: AuditEntryResolvers<ContextType>;
  AuditErasePayload?: AuditErasePayloadResolvers<ContextType>;
  Certification?: CertificationResolvers<ContextType>;
  Column?: ColumnResolvers<ContextType>;
  ColumnLineageEdge?: ColumnLineageEdgeResolvers<ContextType>;
  ColumnLineageGraph?: ColumnLineageGraphResolvers<ContextType>;
  ColumnLineageNode?: ColumnLineageNodeResolvers<ContextType>;
  ColumnState?: ColumnStateResolvers<ContextType>;
  ColumnStatistics?: ColumnStatisticsResolvers<ContextType>;
  Dashboard?: DashboardResolvers<ContextType>;
  DataProduct?: DataProductResolvers<ContextType>;
  DataSource?: DataSourceResolvers<ContextType>;
  Dataset?: DatasetResolvers<ContextType>;
  DatasetCatalog?: DatasetCatalogResolvers<ContextType>;
  DatasetStatistics?: DatasetStatisticsResolvers<ContextType>;
  DatasetStorage?: DatasetStorageResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  Domain?: DomainResolvers<ContextType>;
  DryRunChange?: DryRunChangeResolvers<ContextType>;
  DryRunEdge?: DryRunEdgeResolvers<ContextType>;
  DryRunField?: DryRunFieldResolvers<ContextType>;
  DryRunHeld?: DryRunHeldResolvers<ContextType>;
  DryRunReport?: DryRunReportResolvers<ContextType>;
  DryRunSummary?: DryRunSummaryResolvers<ContextType>;
  EmissionPattern?: EmissionPatternResolvers<ContextType>;
  Explanation?: ExplanationResolvers<ContextType>;
  ExternalQuery?: ExternalQueryResolvers<ContextType>;
  ExtractionError?: ExtractionErrorResolvers<ContextType>;
  ExtractionErrors?: ExtractionErrorsResolvers<ContextType>;
  Facet?: FacetResolvers<ContextType>;
  FailedEvent?: FailedEventResolvers<ContextType>;
  FailedEventConnection?: FailedEventConnectionResolvers<ContextType>;
  FieldWarning?: FieldWarningResolvers<ContextType>;
  Follower?: FollowerResolvers<ContextType>;
  ForeignKey?: ForeignKeyResolvers<ContextType>;
  HierarchyLevel?: HierarchyLevelResolvers<ContextType>;
  HowToGet?: HowToGetResolvers<ContextType>;
  Impact?: ImpactResolvers<ContextType>;
  ImpactCount?: ImpactCountResolvers<ContextType>;
  IngestWarning?: IngestWarningResolvers<ContextType>;
  IngestWarningConnection?: IngestWarningConnectionResolvers<ContextType>;
  JSON?: GraphQLScalarType;
  Job?: JobResolvers<ContextType>;
  JobDependency?: JobDependencyResolvers<ContextType>;
  JobPunctuality?: JobPunctualityResolvers<ContextType>;
  JobSql?: JobSqlResolvers<ContextType>;
  LateJobConnection?: LateJobConnectionResolvers<ContextType>;
  LifecycleChange?: LifecycleChangeResolvers<ContextType>;
  LineageDiff?: LineageDiffResolvers<ContextType>;
  LineageEdge?: LineageEdgeResolvers<ContextType>;
  LineageEdgePayload?: LineageEdgePayloadResolvers<ContextType>;
  LineageGraph?: LineageGraphResolvers<ContextType>;
  LineageNode?: LineageNodeResolvers<ContextType>;
  LineagePart?: LineagePartResolvers<ContextType>;
  LineagePath?: LineagePathResolvers<ContextType>;
  LineagePaths?: LineagePathsResolvers<ContextType>;
  ManualEdge?: ManualEdgeResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Notice?: NoticeResolvers<ContextType>;
  NoticeConnection?: NoticeConnectionResolvers<ContextType>;
  NoticesPayload?: NoticesPayloadResolvers<ContextType>;
  Operations?: OperationsResolvers<ContextType>;
  OutsideResourcesPayload?: OutsideResourcesPayloadResolvers<ContextType>;
  Ownership?: OwnershipResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  PastExplanation?: PastExplanationResolvers<ContextType>;
  Person?: PersonResolvers<ContextType>;
  Physical?: PhysicalResolvers<ContextType>;
  Pipeline?: PipelineResolvers<ContextType>;
  PipelineStep?: PipelineStepResolvers<ContextType>;
  PolicyFinding?: PolicyFindingResolvers<ContextType>;
  PolicyImpact?: PolicyImpactResolvers<ContextType>;
  PolicyImpactExample?: PolicyImpactExampleResolvers<ContextType>;
  PolicyMiss?: PolicyMissResolvers<ContextType>;
  PolicyMutant?: PolicyMutantResolvers<ContextType>;
  PolicyMutationScore?: PolicyMutationScoreResolvers<ContextType>;
  PolicyReport?: PolicyReportResolvers<ContextType>;
  PolicyRule?: PolicyRuleResolvers<ContextType>;
  PolicySet?: PolicySetResolvers<ContextType>;
  PolicySetConnection?: PolicySetConnectionResolvers<ContextType>;
  PolicySetPayload?: PolicySetPayloadResolvers<ContextType>;
  ProcessingEngine?: ProcessingEngineResolvers<ContextType>;
  PropagatedWord?: PropagatedWordResolvers<ContextType>;
  PropagatedWords?: PropagatedWordsResolvers<ContextType>;
  PropagationStep?: PropagationStepResolvers<ContextType>;
  Provenance?: ProvenanceResolvers<ContextType>;
  QualityResult?: QualityResultResolvers<ContextType>;
  Quantile?: QuantileResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RebuildPayload?: RebuildPayloadResolvers<ContextType>;
  ReindexPayload?: ReindexPayloadResolvers<ContextType>;
  ReplayPayload?: ReplayPayloadResolvers<ContextType>;
  Run?: RunResolvers<ContextType>;
  RunConnection?: RunConnectionResolvers<ContextType>;
  RunDataset?: RunDatasetResolvers<ContextType>;
  RunDatasetConnection?: RunDatasetConnectionResolvers<ContextType>;
  RunError?: RunErrorResolvers<ContextType>;
  RunFacet?: RunFacetResolvers<ContextType>;
  RunParameter?: RunParameterResolvers<ContextType>;
  RunReference?: RunReferenceResolvers<ContextType>;
  RunTest?: RunTestResolvers<ContextType>;
  RunVariable?: RunVariableResolvers<ContextType>;
  SavedSearch?: SavedSearchResolvers<ContextType>;
  SavedSearchConnection?: SavedSearchConnectionResolvers<ContextType>;
  SavedSearchDeletePayload?: SavedSearchDeletePayloadResolvers<ContextType>;
  SavedSearchFilter?: SavedSearchFilterResolvers<ContextType>;
  SavedSearchPayload?: SavedSearchPayloadResolvers<ContextType>;
  SearchConnection?: SearchConnectionResolvers<ContextType>;
  SearchFacet?: SearchFacetResolvers<ContextType>;
  SearchFacetValue?: SearchFacetValueResolvers<ContextType>;
  SearchHighlight?: SearchHighlightResolvers<ContextType>;
  SearchHit?: SearchHitResolvers<ContextType>;
  SearchIndexState?: SearchIndexStateResolvers<ContextType>;
  SearchItem?: SearchItemResolvers<ContextType>;
  SearchMatch?: SearchMatchResolvers<ContextType>;
  SearchNotice?: SearchNoticeResolvers<ContextType>;
  SearchRebuild?: SearchRebuildResolvers<ContextType>;
  SearchScorePart?: SearchScorePartResolvers<ContextType>;
  SearchSynonym?: SearchSynonymResolvers<ContextType>;
  SearchSynonymConnection?: SearchSynonymConnectionResolvers<ContextType>;
  SearchSynonymPayload?: SearchSynonymPayloadResolvers<ContextType>;
  SecretReference?: SecretReferenceResolvers<ContextType>;
  SimilarDataset?: SimilarDatasetResolvers<ContextType>;
  Source?: SourceResolvers<ContextType>;
  SourceCode?: SourceCodeResolvers<ContextType>;
  SourceCodeLocation?: SourceCodeLocationResolvers<ContextType>;
  SourceConnection?: SourceConnectionResolvers<ContextType>;
  SourceDeletePayload?: SourceDeletePayloadResolvers<ContextType>;
  SourcePayload?: SourcePayloadResolvers<ContextType>;
  SourceRun?: SourceRunResolvers<ContextType>;
  SourceRunConnection?: SourceRunConnectionResolvers<ContextType>;
  SourceRunCounts?: SourceRunCountsResolvers<ContextType>;
  SourceRunLine?: SourceRunLineResolvers<ContextType>;
  SourceRunLineConnection?: SourceRunLineConnectionResolvers<ContextType>;
  SourceRunPayload?: SourceRunPayloadResolvers<ContextType>;
  SourceSync?: SourceSyncResolvers<ContextType>;
  SourceSyncConnection?: SourceSyncConnectionResolvers<ContextType>;
  SourceSyncPayload?: SourceSyncPayloadResolvers<ContextType>;
  SourceTag?: SourceTagResolvers<ContextType>;
  SourceTestPayload?: SourceTestPayloadResolvers<ContextType>;
  SourceTestResult?: SourceTestResultResolvers<ContextType>;
  SourceWithdrawPayload?: SourceWithdrawPayloadResolvers<ContextType>;
  TableIndex?: TableIndexResolvers<ContextType>;
  TableKey?: TableKeyResolvers<ContextType>;
  Term?: TermResolvers<ContextType>;
  Token?: TokenResolvers<ContextType>;
  TokenPayload?: TokenPayloadResolvers<ContextType>;
  TokenRevokePayload?: TokenRevokePayloadResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  ViewedAsset?: ViewedAssetResolvers<ContextType>;
  ViewedAssetConnection?: ViewedAssetConnectionResolvers<ContextType>;
  WhatCan?: WhatCanResolvers<ContextType>;
  WhatCanConnection?: WhatCanConnectionResolvers<ContextType>;
  WhoCan?: WhoCanResolvers<ContextType>;
  WhoCanAsOfConnection?: WhoCanAsOfConnectionResolvers<ContextType>;
  WhoCanConnection?: WhoCanConnectionResolvers<ContextType>;
};

