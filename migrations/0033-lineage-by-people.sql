-- Flows that people say, each with a reason, and who took one back and why. Kept apart from what machines observe: the
-- statements and edges that follow from them have the origin MANUAL. A new table; locks nothing.

CREATE TABLE manual_edge (
  id         uuid CONSTRAINT manual_edge_pkey PRIMARY KEY,
  source_id  uuid NOT NULL CONSTRAINT manual_edge_source_fkey REFERENCES asset ON DELETE CASCADE,
  target_id  uuid NOT NULL CONSTRAINT manual_edge_target_fkey REFERENCES asset ON DELETE CASCADE,
  reason     text NOT NULL,
  added_by   text NOT NULL,             -- handle
  added_at   timestamptz NOT NULL DEFAULT now(),
  ended_by   text,
  ended_at   timestamptz,
  end_reason text,
  CONSTRAINT manual_edge_ends_check CHECK (source_id <> target_id)
);
CREATE UNIQUE INDEX manual_edge_open_idx ON manual_edge (source_id, target_id) WHERE ended_at IS NULL;
CREATE INDEX manual_edge_target_idx ON manual_edge (target_id);
