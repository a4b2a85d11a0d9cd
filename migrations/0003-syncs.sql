-- Sources that list what they have: a record per source and asset, the syncs that saw it, and what follows for the asset.
-- Glossary terms, domains and data products become assets. Replaces check constraints and adds columns with constant
-- defaults: no table is rewritten; the new checks read asset, source and raw_event once under a short lock.

ALTER TABLE asset DROP CONSTRAINT asset_kind_check;
ALTER TABLE asset
  ADD CONSTRAINT asset_kind_check CHECK (kind IN ('DATASET', 'JOB', 'DASHBOARD', 'TERM', 'DOMAIN', 'DATA_PRODUCT')),
  ADD COLUMN synonyms       text[] NOT NULL DEFAULT '{}',
  ADD COLUMN data_products  text[] NOT NULL DEFAULT '{}',
  -- What the sources that list it say together (features/assets/presence.ts).
  ADD COLUMN presence       text NOT NULL DEFAULT 'PRESENT'
    CONSTRAINT asset_presence_check CHECK (presence IN ('PRESENT', 'MISSING', 'REMOVED')),
  -- When it went missing or was removed; null while it is present.
  ADD COLUMN presence_since timestamptz;
CREATE INDEX asset_removed_idx ON asset (presence_since) WHERE presence = 'REMOVED';

ALTER TABLE source DROP CONSTRAINT source_kind_check;
ALTER TABLE source ADD CONSTRAINT source_kind_check
  CHECK (kind IN ('PEOPLE', 'CONTRACT', 'FILE', 'DBT', 'CATALOG', 'CRAWLER', 'OPENLINEAGE', 'INFERRED'));

ALTER TABLE raw_event DROP CONSTRAINT raw_event_kind_check;
ALTER TABLE raw_event ADD CONSTRAINT raw_event_kind_check
  CHECK (kind IN ('OPENLINEAGE', 'DBT', 'CRAWL', 'CSV', 'ODCS', 'DCAT', 'DATAHUB'));

-- One look of one source at what it has. A sync whose last message never came is PARTIAL and takes nothing away.
CREATE TABLE source_sync (
  source_key  text NOT NULL CONSTRAINT source_sync_source_fkey REFERENCES source,
  sync_id     text NOT NULL,
  at          timestamptz NOT NULL,     -- when it began
  scope       jsonb NOT NULL,           -- {"include": [glob], "exclude": [glob]}: names it looked at
  -- HELD: complete, but too much would go; a person decides. The decision outlives a rebuild.
  state       text NOT NULL CONSTRAINT source_sync_state_check CHECK (state IN ('PARTIAL', 'COMPLETE', 'HELD')),
  parts_expected int,                   -- how many messages it has; null until one says so
  parts_received int NOT NULL DEFAULT 0,
  known_count int NOT NULL DEFAULT 0,   -- records in scope when it completed
  gone_count  int NOT NULL DEFAULT 0,   -- of these, not seen by it
  decided_by  text,                     -- who released a held sync
  decided_at  timestamptz,
  reason      text,
  CONSTRAINT source_sync_pkey PRIMARY KEY (source_key, sync_id)
);
CREATE INDEX source_sync_time_idx ON source_sync (source_key, at DESC);

-- What one source lists. Its state follows from when it was last seen and the complete syncs since.
CREATE TABLE source_record (
  source_key    text NOT NULL CONSTRAINT source_record_source_fkey REFERENCES source,
  asset_id      uuid NOT NULL CONSTRAINT source_record_asset_fkey REFERENCES asset ON DELETE CASCADE,
  first_seen_at timestamptz NOT NULL,
  last_seen_at  timestamptz NOT NULL,
  state         text NOT NULL DEFAULT 'PRESENT'
    CONSTRAINT source_record_state_check CHECK (state IN ('PRESENT', 'OUT_OF_SCOPE', 'MISSING', 'REMOVED')),
  state_since   timestamptz,            -- null while present
  CONSTRAINT source_record_pkey PRIMARY KEY (source_key, asset_id)
);
CREATE INDEX source_record_asset_idx ON source_record (asset_id);
-- Closed: the job, or all that a job-less statement writes to, was removed. Its flows are no edges any more.
ALTER TABLE lineage_statement ADD COLUMN is_closed boolean NOT NULL DEFAULT false;
CREATE INDEX source_record_seen_idx ON source_record (source_key, last_seen_at);

-- What was purged. Words from before `purged_at` do not come back, not even by a rebuild.
CREATE TABLE asset_tombstone (
  asset_id  uuid PRIMARY KEY,
  kind      text NOT NULL,
  namespace text NOT NULL,
  name      text NOT NULL,
  aliases   jsonb NOT NULL DEFAULT '[]',  -- [{"namespace", "name"}]
  purged_at timestamptz NOT NULL
);
CREATE INDEX asset_tombstone_key_idx ON asset_tombstone (kind, namespace, name, purged_at DESC);
