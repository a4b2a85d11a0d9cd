-- One asset may have several names: how a store spells it, symlinks, renames, and what people say. Names stay assets of
-- their own, with their own facts, and point to the one that is shown; taking the pointer away undoes the merge.
-- Adds columns without defaults and an empty table: no table is rewritten, locks last for the catalog change only.

ALTER TABLE asset
  ADD COLUMN canonical_namespace text,   -- features/assets/canonical-key.ts; null for what has one spelling only
  ADD COLUMN canonical_name      text,
  ADD COLUMN merged_into uuid CONSTRAINT asset_merged_into_fkey REFERENCES asset,
  ADD CONSTRAINT asset_merged_into_check CHECK (merged_into <> id);
CREATE INDEX asset_canonical_idx ON asset (canonical_namespace, canonical_name) WHERE canonical_name IS NOT NULL;
CREATE INDEX asset_merged_into_idx ON asset (merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE asset_alias (
  asset_id      uuid NOT NULL CONSTRAINT asset_alias_asset_fkey REFERENCES asset ON DELETE CASCADE,
  alias_id      uuid NOT NULL CONSTRAINT asset_alias_alias_fkey REFERENCES asset ON DELETE CASCADE,
  origin        text NOT NULL CONSTRAINT asset_alias_origin_check CHECK (origin IN ('SPELLING', 'SYMLINK', 'RENAME', 'PERSON')),
  -- ACTIVE binds. PROPOSED waits for a person. ENDED was taken back by a person and is not revived by any machine.
  state         text NOT NULL CONSTRAINT asset_alias_state_check CHECK (state IN ('ACTIVE', 'PROPOSED', 'ENDED')),
  first_said_at timestamptz NOT NULL,
  last_said_at  timestamptz NOT NULL,
  decided_by    text,
  decided_at    timestamptz,
  reason        text,
  CONSTRAINT asset_alias_pkey PRIMARY KEY (asset_id, alias_id, origin),
  CONSTRAINT asset_alias_self_check CHECK (asset_id <> alias_id)
);
CREATE INDEX asset_alias_alias_idx ON asset_alias (alias_id);
CREATE INDEX asset_alias_proposed_idx ON asset_alias (asset_id, alias_id) WHERE state = 'PROPOSED';
