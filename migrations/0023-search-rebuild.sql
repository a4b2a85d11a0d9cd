-- How far building the search index anew has come: each step is a job of its own and commits, so that a process that dies
-- costs one step. Makes a table; locks nothing.

CREATE TABLE search_rebuild (
  only_row    boolean CONSTRAINT search_rebuild_pkey PRIMARY KEY DEFAULT true
    CONSTRAINT search_rebuild_single CHECK (only_row),
  state       text NOT NULL CONSTRAINT search_rebuild_state_check CHECK (state IN ('RUNNING', 'DONE')),
  -- Last that was indexed: ids of assets, then handles of people after 'person:'.
  reached     text NOT NULL DEFAULT '',
  done        int NOT NULL DEFAULT 0,
  total       int NOT NULL,             -- assets and people when it began
  started_at  timestamptz NOT NULL DEFAULT now(),
  finished_at timestamptz
);
