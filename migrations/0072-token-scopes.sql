-- What a token may do at most: actions of policies, or `scim` for provisioning alone. Null: everything its account may.
-- Adds a column without a default: no table is rewritten, the lock lasts for the catalog change only.

ALTER TABLE access_token ADD COLUMN scopes text[];
