-- Access that people ask for and owners grant: for one asset, some of its columns, and a time. New tables; locks nothing.

CREATE TABLE access_request (
  id          uuid CONSTRAINT access_request_pkey PRIMARY KEY,
  account_id  uuid NOT NULL CONSTRAINT access_request_account_fkey REFERENCES account ON DELETE CASCADE,
  ref         text NOT NULL,            -- as it was asked for: what is hidden is asked for like what does not exist
  asset_id    uuid CONSTRAINT access_request_asset_fkey REFERENCES asset ON DELETE CASCADE,
  columns     text[],                   -- null: all
  purpose     text NOT NULL,
  days        int NOT NULL CONSTRAINT access_request_days_check CHECK (days BETWEEN 1 AND 366),
  state       text NOT NULL DEFAULT 'PENDING'
    CONSTRAINT access_request_state_check CHECK (state IN ('PENDING', 'APPROVED', 'REJECTED', 'WITHDRAWN')),
  created_at  timestamptz NOT NULL DEFAULT now(),
  decided_by  text,
  decided_at  timestamptz,
  reason      text
);
CREATE INDEX access_request_account_idx ON access_request (account_id, created_at DESC, id);
CREATE INDEX access_request_asset_idx ON access_request (asset_id, created_at DESC, id) WHERE asset_id IS NOT NULL;
CREATE UNIQUE INDEX access_request_pending_idx ON access_request (account_id, ref) WHERE state = 'PENDING';

CREATE TABLE access_grant (
  id            uuid CONSTRAINT access_grant_pkey PRIMARY KEY,
  request_id    uuid NOT NULL CONSTRAINT access_grant_request_fkey REFERENCES access_request ON DELETE CASCADE,
  account_id    uuid NOT NULL CONSTRAINT access_grant_account_fkey REFERENCES account ON DELETE CASCADE,
  asset_id      uuid NOT NULL CONSTRAINT access_grant_asset_fkey REFERENCES asset ON DELETE CASCADE,
  columns       text[],
  purpose       text NOT NULL,
  granted_by    text NOT NULL,
  created_at    timestamptz NOT NULL DEFAULT now(),
  expires_at    timestamptz NOT NULL,
  revoked_at    timestamptz,
  revoked_by    text,
  revoke_reason text,
  CONSTRAINT access_grant_request_key UNIQUE (request_id)
);
CREATE INDEX access_grant_account_idx ON access_grant (account_id) WHERE revoked_at IS NULL;
