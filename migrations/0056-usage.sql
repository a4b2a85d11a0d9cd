-- Who opened which asset's page lately, and how much each asset is used: what people find again, and what search puts first
-- inside a tier. New tables, locking nothing; an index over facts for which writers of fact wait while it is read once.

CREATE TABLE asset_view (
  account_id uuid NOT NULL CONSTRAINT asset_view_account_fkey REFERENCES account ON DELETE CASCADE,
  asset_id   uuid NOT NULL CONSTRAINT asset_view_asset_fkey REFERENCES asset ON DELETE CASCADE,
  viewed_at  timestamptz NOT NULL,      -- the last time
  CONSTRAINT asset_view_pkey PRIMARY KEY (account_id, asset_id)
);
CREATE INDEX asset_view_asset_idx ON asset_view (asset_id, viewed_at);

-- As it was counted last and is in the search index; without a row: not used.
CREATE TABLE asset_usage (
  asset_id uuid CONSTRAINT asset_usage_pkey PRIMARY KEY
    CONSTRAINT asset_usage_asset_fkey REFERENCES asset ON DELETE CASCADE,
  viewers  int NOT NULL,                -- people who opened its page in the last 30 days
  queries  int NOT NULL                 -- in 30 days, as sources report them
);

-- What sources report of use; few facts are of that kind.
CREATE INDEX fact_usage_idx ON fact (asset_id) WHERE attribute IN ('facet:usageSummary', 'facet:usageStatistics');
