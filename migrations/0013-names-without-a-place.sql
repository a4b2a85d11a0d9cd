-- A source may know what kind of store a table is in and not which one: dbt's manifest names an adapter and no host. Such
-- names are bound to the one store that has a table of this name (features/assets/asset-identity.ts).
-- Replaces one check constraint: reads asset_alias once under a short lock. The index blocks writes to asset while it is
-- built, about a second for a million rows.

ALTER TABLE asset_alias DROP CONSTRAINT asset_alias_origin_check;
ALTER TABLE asset_alias ADD CONSTRAINT asset_alias_origin_check
  CHECK (origin IN ('SPELLING', 'SYMLINK', 'RENAME', 'SAME_NAME', 'PERSON'));

CREATE INDEX asset_canonical_name_idx ON asset (canonical_name) WHERE canonical_name IS NOT NULL;
