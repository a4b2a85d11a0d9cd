-- What each run read and wrote, with what was said of it there; warnings of received messages; lineage that a DROP closed.
-- Adds empty tables and columns with constant defaults: no table is rewritten. The two indexes over fact and raw_event are
-- partial and empty at first, but building them reads each table once while writers wait.

CREATE TABLE run_dataset (
  run_id    uuid NOT NULL CONSTRAINT run_dataset_run_fkey REFERENCES run ON DELETE CASCADE,
  -- The name as it was said; what stands for it is found through asset.merged_into.
  asset_id  uuid NOT NULL CONSTRAINT run_dataset_asset_fkey REFERENCES asset ON DELETE CASCADE,
  direction text NOT NULL CONSTRAINT run_dataset_direction_check CHECK (direction IN ('INPUT', 'OUTPUT')),
  last_at   timestamptz NOT NULL,       -- newest event that names it
  -- name → {"at", "hash", "value"}: registers, as in run.body
  facets    jsonb NOT NULL,
  CONSTRAINT run_dataset_pkey PRIMARY KEY (run_id, asset_id, direction)
);
CREATE INDEX run_dataset_asset_idx ON run_dataset (asset_id, last_at DESC, run_id);
CREATE INDEX run_dataset_quality_idx ON run_dataset (asset_id, last_at DESC, run_id)
  WHERE facets ?| '{dataQualityAssertions,dataQualityMetrics}';

-- What was odd in a message and taken all the same: [{"path", "message"}]; null when nothing was.
ALTER TABLE raw_event ADD COLUMN warnings jsonb;
CREATE INDEX raw_event_warned_idx ON raw_event (id DESC) WHERE warnings IS NOT NULL;

-- False: said before one of its datasets was dropped.
ALTER TABLE lineage_column_flow ADD COLUMN is_open boolean NOT NULL DEFAULT true;
CREATE INDEX fact_dropped_idx ON fact (asset_id) WHERE attribute = 'droppedAt';
