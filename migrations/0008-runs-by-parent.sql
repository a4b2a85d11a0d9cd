-- The runs that are part of a run are found by its id in their parent facet.
-- Building the index keeps writers of run waiting, a few seconds for a million runs.

CREATE INDEX run_parent_idx ON run (parent_run, (coalesce(started_at, last_event_at)) DESC, id DESC) WHERE parent_run IS NOT NULL;
