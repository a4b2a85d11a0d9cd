-- Marking a message as projected rewrote its row, payload and index entries included: kilobytes for a word. What waits and what
-- failed are rows of their own now, of a few bytes; a message that is in neither is projected.
-- Reads raw_event once to fill the new tables. Dropping columns and their indexes takes a short exclusive lock on raw_event
-- and rewrites nothing.

-- No foreign keys: checking one locks the row of raw_event, which writes to it.
CREATE TABLE raw_event_queue (
  event_id bigint CONSTRAINT raw_event_queue_pkey PRIMARY KEY
);

CREATE TABLE raw_event_failure (
  event_id  bigint CONSTRAINT raw_event_failure_pkey PRIMARY KEY,
  error     text NOT NULL,
  failed_at timestamptz NOT NULL DEFAULT now()
);

INSERT INTO raw_event_queue SELECT id FROM raw_event WHERE state = 'RECEIVED';
INSERT INTO raw_event_failure (event_id, error) SELECT id, coalesce(error, 'unknown error') FROM raw_event WHERE state = 'FAILED';

-- With the columns go raw_event_waiting_idx, raw_event_failed_idx and raw_event_state_check.
ALTER TABLE raw_event DROP COLUMN state, DROP COLUMN error, DROP COLUMN projected_at;
