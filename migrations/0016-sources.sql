-- Databases that are crawled: what is known of each source, its runs with their log, and what the last crawl said of each
-- table, so that the next one sends only what is new. New tables; locks nothing that exists.

-- From the configuration file (FILE) or from people (API). Passwords are never here, only where they are to be read.
CREATE TABLE source_definition (
  key         text CONSTRAINT source_definition_pkey PRIMARY KEY,
  type        text NOT NULL CONSTRAINT source_definition_type_check CHECK (type IN ('postgres', 'mysql')),
  origin      text NOT NULL CONSTRAINT source_definition_origin_check CHECK (origin IN ('FILE', 'API')),
  definition  jsonb NOT NULL,           -- features/sources/source.ts
  next_run_at timestamptz,              -- null: only when somebody asks
  updated_at  timestamptz NOT NULL DEFAULT now(),
  updated_by  text                      -- handle; null for the file
);

-- One execution. Who executes it holds the session lock of its source: RUNNING without the lock is a run whose process died.
CREATE TABLE source_run (
  id                  uuid CONSTRAINT source_run_pkey PRIMARY KEY,
  source_key          text NOT NULL,
  -- Key of `source`, where facts and syncs are: 'postgres:shop'.
  fact_source_key     text NOT NULL,
  state               text NOT NULL CONSTRAINT source_run_state_check
    CHECK (state IN ('WAITING', 'RUNNING', 'COMPLETE', 'FAILED', 'CANCELLED')),
  requested_by        text,             -- handle; null for the schedule
  requested_at        timestamptz NOT NULL DEFAULT now(),
  started_at          timestamptz,
  ended_at            timestamptz,
  cancel_requested_by text,
  removals            text NOT NULL DEFAULT 'GUARD' CONSTRAINT source_run_removals_check CHECK (removals IN ('GUARD', 'APPLY')),
  created             int NOT NULL DEFAULT 0,
  changed             int NOT NULL DEFAULT 0,
  unchanged           int NOT NULL DEFAULT 0,
  skipped             int NOT NULL DEFAULT 0,
  warnings            int NOT NULL DEFAULT 0,
  error               text
);
CREATE UNIQUE INDEX source_run_open_idx ON source_run (source_key) WHERE state IN ('WAITING', 'RUNNING');
CREATE INDEX source_run_history_idx ON source_run (source_key, requested_at DESC, id DESC);

CREATE TABLE source_run_line (
  seq     bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT source_run_line_pkey PRIMARY KEY,
  run_id  uuid NOT NULL CONSTRAINT source_run_line_run_fkey REFERENCES source_run ON DELETE CASCADE,
  at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  level   text NOT NULL CONSTRAINT source_run_line_level_check CHECK (level IN ('INFO', 'WARNING', 'ERROR')),
  message text NOT NULL
);
CREATE INDEX source_run_line_run_idx ON source_run_line (run_id, seq);

-- What was last said of each table. A table that is not seen by a complete run is forgotten: it comes back as a new one.
CREATE TABLE source_table (
  fact_source_key text NOT NULL,
  name            text NOT NULL,
  hash            bytea NOT NULL,       -- of its description, without the figures
  is_view         boolean NOT NULL,
  row_estimate    float8,
  size_bytes      float8,
  seen_in         uuid NOT NULL,        -- the last run that saw it
  CONSTRAINT source_table_pkey PRIMARY KEY (fact_source_key, name)
);
