-- How far an asset can be trusted and what follows it: certification with an end, and the successor of what is deprecated.
-- Adds nullable columns: no table is rewritten, the lock lasts for the catalog change only.

ALTER TABLE asset
  ADD COLUMN certification_level smallint
    CONSTRAINT asset_certification_level_check CHECK (certification_level BETWEEN 0 AND 2),  -- 0 BRONZE 1 SILVER 2 GOLD
  ADD COLUMN certified_until     timestamptz,  -- null: no end
  ADD COLUMN certification_note  text,
  ADD COLUMN lifecycle_note      text,
  ADD COLUMN successor           text;         -- reference of the asset to use instead
