-- What each source has said before, so that an asset can be shown as of a date: the same words, assembled the same way, of
-- those that had been said by then. Kept in the time of the sources, as lineage is (0032), and only where a word changed:
-- a word that is repeated for years is its first and its last saying. Facets and physical facts, which are never
-- assembled, have no history.
-- A new column without a default and a new table: nothing is rewritten. What was overwritten before this migration is known
-- again after a rebuild. Creating the trigger waits for writers of fact for a moment.

-- When the present word was said first; null: it was said once.
ALTER TABLE fact ADD COLUMN first_said timestamptz;

-- One saying; it held until the next one of the same register (asset, column, attribute, source).
CREATE TABLE fact_history (
  asset_id    uuid NOT NULL CONSTRAINT fact_history_asset_fkey REFERENCES asset ON DELETE CASCADE,
  column_path text NOT NULL,
  attribute   text NOT NULL,
  source_key  text NOT NULL CONSTRAINT fact_history_source_fkey REFERENCES source,
  said_at     timestamptz NOT NULL,
  value_hash  bytea NOT NULL,
  value       jsonb,                    -- null: the source withdrew its word
  asserted_by text,
  CONSTRAINT fact_history_pkey PRIMARY KEY (asset_id, column_path, attribute, source_key, said_at, value_hash)
);

CREATE FUNCTION keep_fact_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO fact_history (asset_id, column_path, attribute, source_key, said_at, value_hash, value, asserted_by)
  SELECT OLD.asset_id, OLD.column_path, OLD.attribute, OLD.source_key, t.said_at, OLD.value_hash, OLD.value, OLD.asserted_by
  FROM (VALUES (OLD.first_said), (OLD.asserted_at)) AS t(said_at) WHERE t.said_at IS NOT NULL
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

CREATE TRIGGER fact_replaced AFTER UPDATE ON fact FOR EACH ROW
  WHEN (OLD.value_hash <> NEW.value_hash AND OLD.attribute NOT LIKE 'facet:%' AND OLD.attribute NOT LIKE 'physical:%')
  EXECUTE FUNCTION keep_fact_history();
