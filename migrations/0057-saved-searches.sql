-- Searches that people keep, what they matched when they were looked at last, and notices of what matches since. New tables;
-- locks nothing.

CREATE TABLE saved_search (
  id              uuid CONSTRAINT saved_search_pkey PRIMARY KEY,
  account_id      uuid NOT NULL CONSTRAINT saved_search_account_fkey REFERENCES account ON DELETE CASCADE,
  name            text NOT NULL,
  query           text NOT NULL,
  filter          jsonb NOT NULL,       -- as the search takes it (features/saved-searches/saved-search.ts)
  sort            text NOT NULL
    CONSTRAINT saved_search_sort_check CHECK (sort IN ('RELEVANCE', 'NAME', 'UPDATED', 'USAGE')),
  -- Whose members may read and run it too, each with his own rights.
  team_id         uuid CONSTRAINT saved_search_team_fkey REFERENCES team ON DELETE SET NULL,
  is_watched      boolean NOT NULL,
  is_too_broad    boolean NOT NULL DEFAULT false, -- it matched more than is remembered
  created_at      timestamptz NOT NULL DEFAULT now(),
  looked_at       timestamptz,          -- null: what it matches next time is the start, and no news
  looked_position bigint NOT NULL DEFAULT 0, -- of the change log, that the index had come to
  CONSTRAINT saved_search_name_key UNIQUE (account_id, name)
);
CREATE INDEX saved_search_team_idx ON saved_search (team_id) WHERE team_id IS NOT NULL;
CREATE INDEX saved_search_looked_idx ON saved_search (looked_at NULLS FIRST) WHERE is_watched;

-- What its owner found with it. Empty while it is too broad.
CREATE TABLE saved_search_match (
  search_id   uuid NOT NULL CONSTRAINT saved_search_match_search_fkey REFERENCES saved_search ON DELETE CASCADE,
  asset_id    uuid NOT NULL CONSTRAINT saved_search_match_asset_fkey REFERENCES asset ON DELETE CASCADE,
  column_path text NOT NULL,            -- '' for the asset itself
  CONSTRAINT saved_search_match_pkey PRIMARY KEY (search_id, asset_id, column_path)
);
CREATE INDEX saved_search_match_asset_idx ON saved_search_match (asset_id);

-- Tested again whenever it is read: one about what has become hidden is not shown, nor counted.
CREATE TABLE notice (
  id          uuid CONSTRAINT notice_pkey PRIMARY KEY,
  account_id  uuid NOT NULL CONSTRAINT notice_account_fkey REFERENCES account ON DELETE CASCADE,
  search_id   uuid NOT NULL CONSTRAINT notice_search_fkey REFERENCES saved_search ON DELETE CASCADE,
  asset_id    uuid NOT NULL CONSTRAINT notice_asset_fkey REFERENCES asset ON DELETE CASCADE,
  column_path text NOT NULL,
  type        text NOT NULL CONSTRAINT notice_type_check CHECK (type IN ('MATCHES', 'NO_LONGER_MATCHES')),
  at          timestamptz NOT NULL DEFAULT now(),
  read_at     timestamptz
);
CREATE INDEX notice_account_idx ON notice (account_id, at DESC, id DESC);
CREATE INDEX notice_search_idx ON notice (search_id);
CREATE INDEX notice_asset_idx ON notice (asset_id);
