-- People who come in by an identity provider: when they did last, and their sessions in a browser. A session is a token that
-- only a cookie may carry; so it ends, is listed and is revoked like any token.
-- Adds columns without a default or with a constant one: no table is rewritten, locks last for the catalog change only.

ALTER TABLE account ADD COLUMN signed_in_at timestamptz; -- by the provider; null: never

ALTER TABLE access_token
  ADD COLUMN kind text NOT NULL DEFAULT 'TOKEN' CONSTRAINT access_token_kind_check CHECK (kind IN ('TOKEN', 'SESSION'));
