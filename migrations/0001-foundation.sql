-- The whole first schema: identity, change log, jobs, assets and their facts, lineage, search, policies, audit.
-- Runs on an empty database; locks nothing that exists.

CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- Identity ------------------------------------------------------------------------------------------------------------

CREATE TABLE account (
  id          uuid PRIMARY KEY,
  kind        text NOT NULL CONSTRAINT account_kind_check CHECK (kind IN ('PERSON', 'SERVICE')),
  handle      text NOT NULL CONSTRAINT account_handle_key UNIQUE,
  name        text NOT NULL,
  email       text,
  roles       text[] NOT NULL DEFAULT '{}',
  attributes  jsonb NOT NULL DEFAULT '{}',
  created_at  timestamptz NOT NULL DEFAULT now(),
  disabled_at timestamptz
);

CREATE TABLE team (
  id     uuid PRIMARY KEY,
  handle text NOT NULL CONSTRAINT team_handle_key UNIQUE,
  name   text NOT NULL
);

CREATE TABLE team_member (
  team_id    uuid NOT NULL CONSTRAINT team_member_team_fkey REFERENCES team ON DELETE CASCADE,
  account_id uuid NOT NULL CONSTRAINT team_member_account_fkey REFERENCES account ON DELETE CASCADE,
  CONSTRAINT team_member_pkey PRIMARY KEY (team_id, account_id)
);
CREATE INDEX team_member_account_idx ON team_member (account_id);

CREATE TABLE access_token (
  id                uuid PRIMARY KEY,
  account_id        uuid NOT NULL CONSTRAINT access_token_account_fkey REFERENCES account ON DELETE CASCADE,
  name              text NOT NULL,
  prefix            text NOT NULL,
  hash              bytea NOT NULL CONSTRAINT access_token_hash_key UNIQUE,
  ingest_namespaces text[],
  created_at        timestamptz NOT NULL DEFAULT now(),
  expires_at        timestamptz,
  revoked_at        timestamptz,
  last_used_at      timestamptz
);
CREATE INDEX access_token_account_idx ON access_token (account_id);

-- What the installation remembers about itself: whether the demo was loaded, whether the first token was handed out.
CREATE TABLE setting (
  key   text PRIMARY KEY,
  value jsonb NOT NULL
);

-- Change log and its followers ----------------------------------------------------------------------------------------

CREATE TABLE change_log (
  position     bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT change_log_pkey PRIMARY KEY,
  recorded_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  actor_id     uuid NOT NULL,
  type         text NOT NULL,
  subject_kind text NOT NULL,
  subject_id   text NOT NULL,
  detail       jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX change_log_subject_idx ON change_log (subject_kind, subject_id, position DESC);

CREATE TABLE follower (
  name       text PRIMARY KEY,
  position   bigint NOT NULL DEFAULT 0,
  failures   int NOT NULL DEFAULT 0,
  last_error text,
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE job_queue (
  id           uuid PRIMARY KEY,
  kind         text NOT NULL,
  -- At most one waiting job per key: scheduling twice is scheduling once.
  key          text,
  payload      jsonb NOT NULL DEFAULT '{}',
  run_at       timestamptz NOT NULL DEFAULT now(),
  attempts     int NOT NULL DEFAULT 0,
  max_attempts int NOT NULL DEFAULT 5,
  last_error   text,
  finished_at  timestamptz,
  state        text NOT NULL DEFAULT 'WAITING' CONSTRAINT job_queue_state_check CHECK (state IN ('WAITING', 'DONE', 'FAILED'))
);
CREATE INDEX job_queue_waiting_idx ON job_queue (run_at) WHERE state = 'WAITING';
CREATE UNIQUE INDEX job_queue_key_idx ON job_queue (kind, key) WHERE state = 'WAITING' AND key IS NOT NULL;

-- Assets: facts per source, and the assembled view --------------------------------------------------------------------

CREATE TABLE source (
  key  text PRIMARY KEY,                -- 'people', 'dbt:jaffle_shop', 'openlineage'
  kind text NOT NULL CONSTRAINT source_kind_check CHECK (kind IN ('PEOPLE', 'CONTRACT', 'DBT', 'CRAWLER', 'OPENLINEAGE', 'INFERRED')),
  rank smallint NOT NULL                -- lower wins
);
INSERT INTO source VALUES ('people', 'PEOPLE', 0), ('openlineage', 'OPENLINEAGE', 40);

CREATE TABLE asset (
  id             uuid PRIMARY KEY,
  kind           text NOT NULL CONSTRAINT asset_kind_check CHECK (kind IN ('DATASET', 'JOB', 'DASHBOARD')),
  namespace      text NOT NULL,
  name           text NOT NULL,
  -- The assembled view: a pure function of the facts (features/assets/assemble.ts).
  display_name   text,
  description    text,
  platform       text,
  subtype        text,
  domain         text,                  -- slash path: 'commerce/orders'
  sensitivity    smallint,              -- 0 PUBLIC 1 INTERNAL 2 CONFIDENTIAL 3 RESTRICTED
  lifecycle      text NOT NULL DEFAULT 'ACTIVE',
  tags           text[] NOT NULL DEFAULT '{}',
  terms          text[] NOT NULL DEFAULT '{}',
  owners         text[] NOT NULL DEFAULT '{}',  -- account or team handles
  -- attribute → { source, at, by }
  provenance     jsonb NOT NULL DEFAULT '{}',
  detail         jsonb NOT NULL DEFAULT '{}',
  is_placeholder boolean NOT NULL DEFAULT true, -- named by others, described by nobody yet
  content_hash   bytea,
  created_at     timestamptz NOT NULL DEFAULT now(),
  updated_at     timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT asset_natural_key UNIQUE (kind, namespace, name)
);
CREATE INDEX asset_kind_name_idx ON asset (kind, name, id);
CREATE INDEX asset_name_idx ON asset (name, id);
CREATE INDEX asset_domain_idx ON asset (domain text_pattern_ops);

CREATE TABLE asset_column (
  asset_id    uuid NOT NULL CONSTRAINT asset_column_asset_fkey REFERENCES asset ON DELETE CASCADE,
  path        text NOT NULL,            -- 'address.city' for nested fields
  ordinal     int NOT NULL,
  data_type   text,
  description text,
  sensitivity smallint,
  tags        text[] NOT NULL DEFAULT '{}',
  terms       text[] NOT NULL DEFAULT '{}',
  provenance  jsonb NOT NULL DEFAULT '{}',
  CONSTRAINT asset_column_pkey PRIMARY KEY (asset_id, path)
);

-- One source's word on one attribute of one asset ('' = the asset itself, otherwise a column path).
-- A last-writer-wins register ordered by (asserted_at, value_hash), so that order and duplicates of input do not matter.
CREATE TABLE fact (
  asset_id    uuid NOT NULL CONSTRAINT fact_asset_fkey REFERENCES asset ON DELETE CASCADE,
  column_path text NOT NULL DEFAULT '',
  attribute   text NOT NULL,
  source_key  text NOT NULL CONSTRAINT fact_source_fkey REFERENCES source,
  value       jsonb,                    -- null: the source withdrew its word
  asserted_at timestamptz NOT NULL,
  asserted_by text,                     -- account id for people, producer URI for machines
  value_hash  bytea NOT NULL,
  CONSTRAINT fact_pkey PRIMARY KEY (asset_id, column_path, attribute, source_key)
);

-- Runs ----------------------------------------------------------------------------------------------------------------

CREATE TABLE run (
  id            uuid PRIMARY KEY,
  job_id        uuid NOT NULL CONSTRAINT run_job_fkey REFERENCES asset ON DELETE CASCADE,
  external_id   text NOT NULL,
  state         text NOT NULL CONSTRAINT run_state_check CHECK (state IN ('PENDING', 'RUNNING', 'COMPLETE', 'FAIL', 'ABORT')),
  started_at    timestamptz,
  ended_at      timestamptz,
  last_event_at timestamptz NOT NULL,
  parent_run    text,
  error_message text,
  -- The folded run, registers and all (features/ingestion/readers/run-fold.ts); the columns above are read from it.
  body          jsonb NOT NULL,
  CONSTRAINT run_external_key UNIQUE (job_id, external_id)
);
CREATE INDEX run_job_idx ON run (job_id, (coalesce(started_at, last_event_at)) DESC, id);

-- Lineage -------------------------------------------------------------------------------------------------------------

-- Who said it: one statement per run, per declared job, per dbt model, per dataset declaration. Registers again: what a
-- statement says is accumulated in `body` and its edges are derived from it, so any order of input ends in the same edges.
CREATE TABLE lineage_statement (
  id         uuid PRIMARY KEY,          -- derived from (origin, job, run), so that replay finds it again
  origin     text NOT NULL CONSTRAINT lineage_statement_origin_check CHECK (origin IN ('DECLARED', 'OBSERVED', 'SQL', 'DBT', 'MANUAL')),
  job_id     uuid CONSTRAINT lineage_statement_job_fkey REFERENCES asset ON DELETE CASCADE,
  run_id     uuid CONSTRAINT lineage_statement_run_fkey REFERENCES run ON DELETE CASCADE,
  body       jsonb NOT NULL,
  first_seen timestamptz NOT NULL,
  last_seen  timestamptz NOT NULL
);
CREATE INDEX lineage_statement_job_idx ON lineage_statement (job_id);

-- Data flows asset → port → asset. A port is a job, or one output of a job that says which inputs feed it: A → job → C
-- never leaks to D. Stored per statement; the walk reads lineage_edge.
CREATE TABLE lineage_flow (
  statement_id uuid NOT NULL CONSTRAINT lineage_flow_statement_fkey REFERENCES lineage_statement ON DELETE CASCADE,
  port         uuid NOT NULL,
  asset_id     uuid NOT NULL CONSTRAINT lineage_flow_asset_fkey REFERENCES asset ON DELETE CASCADE,
  direction    "char" NOT NULL CONSTRAINT lineage_flow_direction_check CHECK (direction IN ('I', 'O')),
  CONSTRAINT lineage_flow_pkey PRIMARY KEY (statement_id, port, direction, asset_id)
);
CREATE INDEX lineage_flow_port_idx ON lineage_flow (port, direction, asset_id);

-- The current graph: distinct flows over all statements.
CREATE TABLE lineage_edge (
  port       uuid NOT NULL,
  asset_id   uuid NOT NULL CONSTRAINT lineage_edge_asset_fkey REFERENCES asset ON DELETE CASCADE,
  direction  "char" NOT NULL,           -- 'I': the asset feeds the port; 'O': the port feeds the asset
  job_id     uuid CONSTRAINT lineage_edge_job_fkey REFERENCES asset ON DELETE CASCADE,
  origins    text[] NOT NULL,
  first_seen timestamptz NOT NULL,
  last_seen  timestamptz NOT NULL,
  CONSTRAINT lineage_edge_pkey PRIMARY KEY (port, direction, asset_id)
);
CREATE INDEX lineage_edge_asset_idx ON lineage_edge (asset_id, direction, port);
CREATE INDEX lineage_edge_job_idx ON lineage_edge (job_id, direction);

-- Column flows, per statement. target_path '' = the input column influences every column of the target (filter, join, …).
CREATE TABLE lineage_column_flow (
  statement_id  uuid NOT NULL CONSTRAINT lineage_column_flow_statement_fkey REFERENCES lineage_statement ON DELETE CASCADE,
  source_id     uuid NOT NULL CONSTRAINT lineage_column_flow_source_fkey REFERENCES asset ON DELETE CASCADE,
  source_path   text NOT NULL,
  target_id     uuid NOT NULL CONSTRAINT lineage_column_flow_target_fkey REFERENCES asset ON DELETE CASCADE,
  target_path   text NOT NULL,
  -- OpenLineage ColumnLineageDatasetFacet 1-2-0: 'DIRECT/IDENTITY', 'INDIRECT/FILTER', …
  transformations text[] NOT NULL DEFAULT '{}',
  is_direct     boolean NOT NULL,
  is_masked     boolean NOT NULL,       -- true when every direct path through this statement masks
  CONSTRAINT lineage_column_flow_pkey PRIMARY KEY (statement_id, source_id, source_path, target_id, target_path)
);
CREATE INDEX lineage_column_flow_source_idx ON lineage_column_flow (source_id, source_path);
CREATE INDEX lineage_column_flow_target_idx ON lineage_column_flow (target_id, target_path);

-- Ingestion -----------------------------------------------------------------------------------------------------------

-- Every accepted message, verbatim. `hash` is SHA-256 over its canonical JSON (RFC 8785): a repeat is recognised and
-- does nothing. `payload` is json, not jsonb, because it must keep what jsonb refuses (\u0000).
CREATE TABLE raw_event (
  id           bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT raw_event_pkey PRIMARY KEY,
  hash         bytea NOT NULL CONSTRAINT raw_event_hash_key UNIQUE,
  kind         text NOT NULL CONSTRAINT raw_event_kind_check CHECK (kind IN ('OPENLINEAGE', 'DBT')),
  received_at  timestamptz NOT NULL DEFAULT now(),
  received_by  uuid NOT NULL,
  payload      json NOT NULL,
  state        text NOT NULL DEFAULT 'RECEIVED' CONSTRAINT raw_event_state_check CHECK (state IN ('RECEIVED', 'PROJECTED', 'FAILED')),
  error        text,
  projected_at timestamptz
);
CREATE INDEX raw_event_waiting_idx ON raw_event (id) WHERE state = 'RECEIVED';
CREATE INDEX raw_event_failed_idx ON raw_event (id) WHERE state = 'FAILED';

-- Search --------------------------------------------------------------------------------------------------------------

-- Text only: what an actor may see is decided on the live asset row, so a policy never lags behind the index.
CREATE TABLE search_document (
  asset_id     uuid NOT NULL CONSTRAINT search_document_asset_fkey REFERENCES asset ON DELETE CASCADE,
  column_path  text NOT NULL DEFAULT '',
  kind         text NOT NULL,           -- DATASET, JOB, DASHBOARD, COLUMN
  -- Name folded to one spelling: 'custOrderID', 'cust_order_id' and 'cust order id' are the same.
  folded_name  text NOT NULL,
  -- Folded name with its qualifiers: 'warehouse sales orders'.
  folded_path  text NOT NULL,
  words        tsvector NOT NULL,
  CONSTRAINT search_document_pkey PRIMARY KEY (asset_id, column_path)
);
CREATE INDEX search_document_words_idx ON search_document USING gin (words);
CREATE INDEX search_document_name_idx ON search_document (folded_name text_pattern_ops);
CREATE INDEX search_document_path_trgm_idx ON search_document USING gin (folded_path gin_trgm_ops);

-- Policies ------------------------------------------------------------------------------------------------------------

CREATE TABLE policy_set (
  version      int GENERATED ALWAYS AS IDENTITY CONSTRAINT policy_set_pkey PRIMARY KEY,
  content_hash text NOT NULL,           -- hex SHA-256 of the canonical JSON of `documents`
  documents    jsonb NOT NULL,
  created_at   timestamptz NOT NULL DEFAULT now(),
  created_by   uuid NOT NULL,
  note         text
);
-- Which version is in force: activation and roll-back are the move of a pointer.
CREATE TABLE policy_activation (
  only_row   boolean PRIMARY KEY DEFAULT true CONSTRAINT policy_activation_single CHECK (only_row),
  version    int NOT NULL CONSTRAINT policy_activation_version_fkey REFERENCES policy_set,
  changed_at timestamptz NOT NULL DEFAULT now()
);

-- Audit ---------------------------------------------------------------------------------------------------------------

CREATE TABLE audit_log (
  seq          bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT audit_log_pkey PRIMARY KEY,
  at           timestamptz NOT NULL DEFAULT clock_timestamp(),
  actor_id     uuid,                    -- null: nobody we know (a refused sign-in)
  actor_handle text NOT NULL,
  action       text NOT NULL,           -- 'signIn', 'signInRefused', 'discover', 'asset.edited', 'policySet.activated'
  subject_kind text NOT NULL,
  subject_id   text NOT NULL,
  decision     text CONSTRAINT audit_log_decision_check CHECK (decision IN ('ALLOW', 'DENY')),
  policy_id    text,
  request_id   text,
  detail       jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX audit_log_actor_idx ON audit_log (actor_id, seq DESC);
CREATE INDEX audit_log_subject_idx ON audit_log (subject_kind, subject_id, seq DESC);

CREATE FUNCTION audit_log_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit_log is append-only: % refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
  FOR EACH STATEMENT EXECUTE FUNCTION audit_log_is_append_only();
