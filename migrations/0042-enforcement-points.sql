-- What enforcement points outside need (AuthZEN 1.0): what other systems call an account, the things they ask about, and tokens
-- whose word on attributes counts. New tables; one column with a constant default: no table is rewritten.

CREATE TABLE account_external_id (
  external_id text CONSTRAINT account_external_id_pkey PRIMARY KEY,  -- `sub` of an identity provider, a mail address, …
  account_id  uuid NOT NULL CONSTRAINT account_external_id_account_fkey REFERENCES account ON DELETE CASCADE
);
CREATE INDEX account_external_id_account_idx ON account_external_id (account_id);

ALTER TABLE access_token ADD COLUMN trusts_attributes boolean NOT NULL DEFAULT false;

-- Things of other systems, of the resource types that a policy set declares.
CREATE TABLE outside_resource (
  type       text NOT NULL,
  id         text NOT NULL,
  properties jsonb NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT outside_resource_pkey PRIMARY KEY (type, id)
);
