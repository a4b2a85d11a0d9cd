-- People and groups that an identity provider provisions (SCIM 2.0, RFC 7643): what it said of them, beside the account or team
-- that it made of it. Only these are seen and changed by SCIM. New tables; locks nothing.

CREATE TABLE scim_user (
  account_id uuid CONSTRAINT scim_user_pkey PRIMARY KEY CONSTRAINT scim_user_account_fkey REFERENCES account ON DELETE CASCADE,
  user_name  text NOT NULL,
  record     jsonb NOT NULL,            -- what the provider said and we keep: features/identity/scim/scim-user.ts
  created_at timestamptz NOT NULL DEFAULT now(),
  changed_at timestamptz NOT NULL DEFAULT now()
);
-- RFC 7643, 4.1.1: unique, and not case-sensitive.
CREATE UNIQUE INDEX scim_user_name_idx ON scim_user (lower(user_name));
CREATE INDEX scim_user_external_idx ON scim_user ((record ->> 'externalId'));

CREATE TABLE scim_group (
  team_id      uuid CONSTRAINT scim_group_pkey PRIMARY KEY CONSTRAINT scim_group_team_fkey REFERENCES team ON DELETE CASCADE,
  display_name text NOT NULL,
  external_id  text,
  created_at   timestamptz NOT NULL DEFAULT now(),
  changed_at   timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX scim_group_name_idx ON scim_group (lower(display_name));
