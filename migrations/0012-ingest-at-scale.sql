-- What ingestion rewrites with every event keeps room on its pages, so that a new row version stays beside the old one and no
-- index is touched (HOT). Flows are found by their asset when names are merged or tables dropped; without an index that
-- reads all flows of all runs. Setting fillfactor rewrites nothing; building the index keeps writers of lineage_flow waiting.

ALTER TABLE fact SET (fillfactor = 80);
ALTER TABLE run SET (fillfactor = 80);
ALTER TABLE lineage_statement SET (fillfactor = 80);
ALTER TABLE lineage_edge SET (fillfactor = 80);

CREATE INDEX lineage_flow_asset_idx ON lineage_flow (asset_id);
