-- The audit log becomes a chain: every entry holds the SHA-256 of itself and of the entry before it, so that what is edited,
-- removed or moved later shows (docs/audit.md has the formula). Who acted and the free detail are in the chain as salted
-- hashes only; what they stand for is beside it and can be erased. Signed checkpoints fix how far the chain reached.
-- Entries that exist are copied into the chain in their order and numbered anew without gaps. The log is locked meanwhile,
-- about a minute for a million entries.

ALTER TABLE audit_log RENAME TO audit_log_before;
ALTER TABLE audit_log_before RENAME CONSTRAINT audit_log_pkey TO audit_log_before_pkey;
ALTER TABLE audit_log_before RENAME CONSTRAINT audit_log_decision_check TO audit_log_before_decision_check;
DROP INDEX audit_log_actor_idx, audit_log_subject_idx;

-- Who acted, by the key that the chain knows: SHA-256(salt | account id | handle).
CREATE TABLE audit_person (
  key        bytea CONSTRAINT audit_person_pkey PRIMARY KEY,
  salt       bytea,
  account_id uuid,                      -- null: nobody we know (a refused sign-in)
  handle     text,                      -- with salt and account null once erased
  erased_at  timestamptz
);
CREATE UNIQUE INDEX audit_person_who_idx ON audit_person (handle, account_id) NULLS NOT DISTINCT WHERE handle IS NOT NULL;

CREATE TABLE audit_log (
  seq          bigint CONSTRAINT audit_log_pkey PRIMARY KEY,
  at           timestamptz NOT NULL,
  actor        bytea NOT NULL CONSTRAINT audit_log_actor_fkey REFERENCES audit_person,
  action       text NOT NULL,           -- 'signIn', 'signInRefused', 'discover', 'asset.edited', 'policySet.activated'
  subject_kind text NOT NULL,
  subject_id   text NOT NULL,
  decision     text CONSTRAINT audit_log_decision_check CHECK (decision IN ('ALLOW', 'DENY')),
  policy_id    text,
  request_id   text,
  detail_hash  bytea,                   -- SHA-256(salt | canonical JSON of the detail); null: no detail
  prev_hash    bytea NOT NULL,
  hash         bytea NOT NULL
);
CREATE INDEX audit_log_actor_idx ON audit_log (actor, seq DESC);
CREATE INDEX audit_log_subject_idx ON audit_log (subject_id, seq DESC);
CREATE INDEX audit_log_policy_idx ON audit_log (policy_id, seq DESC) WHERE policy_id IS NOT NULL;
CREATE INDEX audit_log_time_idx ON audit_log (at);

CREATE TABLE audit_detail (
  -- No foreign key: checking it would take the right to update audit_log.
  seq    bigint CONSTRAINT audit_detail_pkey PRIMARY KEY,
  -- Both null once erased.
  salt   bytea,
  detail jsonb
);

-- The end of the chain. Its row lock makes one writer at a time, from the append to the commit.
CREATE TABLE audit_head (
  only_row boolean DEFAULT true CONSTRAINT audit_head_pkey PRIMARY KEY CONSTRAINT audit_head_single CHECK (only_row),
  seq      bigint NOT NULL,
  hash     bytea NOT NULL
);
INSERT INTO audit_head (seq, hash) VALUES (0, decode(repeat('00', 32), 'hex'));

CREATE TABLE audit_checkpoint (
  number     bigint CONSTRAINT audit_checkpoint_pkey PRIMARY KEY,
  at         timestamptz NOT NULL,
  seq        bigint NOT NULL,
  hash       bytea NOT NULL,
  public_key text NOT NULL,             -- SPKI, base64
  signature  bytea NOT NULL             -- Ed25519
);

CREATE FUNCTION audit_person_of(account uuid, name text) RETURNS bytea LANGUAGE plpgsql AS $$
DECLARE
  known bytea;
  fresh bytea := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
BEGIN
  SELECT key INTO known FROM audit_person WHERE handle = name AND account_id IS NOT DISTINCT FROM account;
  IF known IS NULL THEN
    known := sha256(fresh || convert_to(concat(coalesce(account::text, ''), E'\n', name), 'UTF8'));
    INSERT INTO audit_person (key, salt, account_id, handle) VALUES (known, fresh, account, name);
  END IF;
  RETURN known;
END $$;

CREATE FUNCTION audit_json(value text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(to_json(value)::text, 'null')
$$;

-- What is hashed: canonical JSON (RFC 8785). The keys are in order, and to_json escapes exactly what the RFC escapes.
CREATE FUNCTION audit_payload(entry audit_log) RETURNS text LANGUAGE sql AS $$
  SELECT concat(
    '{"action":', audit_json(entry.action),
    ',"actor":', audit_json(encode(entry.actor, 'hex')),
    ',"at":', audit_json(to_char(entry.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')),
    ',"chain":"cadastre.audit.v1"',
    ',"decision":', audit_json(entry.decision),
    ',"detailHash":', audit_json(encode(entry.detail_hash, 'hex')),
    ',"policyId":', audit_json(entry.policy_id),
    ',"prevHash":', audit_json(encode(entry.prev_hash, 'hex')),
    ',"requestId":', audit_json(entry.request_id),
    ',"seq":', entry.seq,
    ',"subjectId":', audit_json(entry.subject_id),
    ',"subjectKind":', audit_json(entry.subject_kind), '}')
$$;

-- One call appends all entries in one turn at the chain: [{"at"?, "actorId", "handle", "action", "subjectKind", "subjectId",
-- "decision", "policyId", "requestId", "detail"?, "salt"?, "detailHash"?}]; hashes in hex.
CREATE FUNCTION audit_append(entries jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  head  audit_head;
  given jsonb;
  entry audit_log;
BEGIN
  SELECT * INTO head FROM audit_head FOR UPDATE;
  FOR given IN SELECT * FROM jsonb_array_elements(entries) LOOP
    entry.seq := head.seq + 1;
    entry.at := coalesce((given ->> 'at')::timestamptz, clock_timestamp());
    entry.actor := audit_person_of((given ->> 'actorId')::uuid, given ->> 'handle');
    entry.action := given ->> 'action';
    entry.subject_kind := given ->> 'subjectKind';
    entry.subject_id := given ->> 'subjectId';
    entry.decision := given ->> 'decision';
    entry.policy_id := given ->> 'policyId';
    entry.request_id := given ->> 'requestId';
    entry.detail_hash := decode(given ->> 'detailHash', 'hex');
    entry.prev_hash := head.hash;
    entry.hash := sha256(convert_to(audit_payload(entry), 'UTF8'));
    INSERT INTO audit_log SELECT entry.*;
    IF entry.detail_hash IS NOT NULL THEN
      INSERT INTO audit_detail (seq, salt, detail) VALUES (entry.seq, decode(given ->> 'salt', 'hex'), given -> 'detail');
    END IF;
    head.seq := entry.seq;
    head.hash := entry.hash;
  END LOOP;
  UPDATE audit_head SET seq = head.seq, hash = head.hash;
END $$;

-- For what is moved here only: jsonb in the order and notation of RFC 8785 (whole numbers; that is all the log holds).
CREATE FUNCTION pg_temp.canonical(value jsonb) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  CASE jsonb_typeof(value)
    WHEN 'object' THEN
      RETURN (SELECT concat('{', string_agg(concat(to_json(key), ':', pg_temp.canonical(member)), ',' ORDER BY key COLLATE "C"), '}')
              FROM jsonb_each(value) AS each (key, member));
    WHEN 'array' THEN
      RETURN (SELECT concat('[', string_agg(pg_temp.canonical(member), ',' ORDER BY place), ']')
              FROM jsonb_array_elements(value) WITH ORDINALITY AS each (member, place));
    WHEN 'string' THEN
      RETURN to_json(value #>> '{}')::text;
    ELSE
      RETURN value::text;
  END CASE;
END $$;

DO $$
DECLARE
  old   audit_log_before;
  salt  bytea;
  extra jsonb;
BEGIN
  FOR old IN SELECT * FROM audit_log_before ORDER BY seq LOOP
    salt := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
    extra := CASE WHEN old.detail <> '{}' THEN jsonb_build_object('detail', old.detail, 'salt', encode(salt, 'hex'),
      'detailHash', encode(sha256(salt || convert_to(pg_temp.canonical(old.detail), 'UTF8')), 'hex')) ELSE '{}' END;
    PERFORM audit_append(jsonb_build_array(jsonb_build_object('at', old.at, 'actorId', old.actor_id,
      'handle', old.actor_handle, 'action', old.action, 'subjectKind', old.subject_kind, 'subjectId', old.subject_id,
      'decision', old.decision, 'policyId', old.policy_id, 'requestId', old.request_id) || extra));
  END LOOP;
END $$;

DROP TABLE audit_log_before;
DROP FUNCTION audit_log_is_append_only;

CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
  FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER audit_checkpoint_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_checkpoint
  FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER audit_detail_kept BEFORE DELETE OR TRUNCATE ON audit_detail
  FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER audit_person_kept BEFORE DELETE OR TRUNCATE ON audit_person
  FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();

-- What stands beside the chain may be erased and nothing else.
CREATE FUNCTION audit_detail_only_erases() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.seq <> OLD.seq OR NEW.salt IS NOT NULL OR NEW.detail IS NOT NULL THEN
    RAISE EXCEPTION 'audit_detail can be erased, not changed' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION audit_person_only_erases() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.key <> OLD.key OR num_nonnulls(NEW.salt, NEW.account_id, NEW.handle) > 0 OR NEW.erased_at IS NULL THEN
    RAISE EXCEPTION 'audit_person can be erased, not changed' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER audit_detail_only_erased BEFORE UPDATE ON audit_detail
  FOR EACH ROW EXECUTE FUNCTION audit_detail_only_erases();
CREATE TRIGGER audit_person_only_erased BEFORE UPDATE ON audit_person
  FOR EACH ROW EXECUTE FUNCTION audit_person_only_erases();

-- The role that owns the tables gives its own rights up, so that a lifted trigger alone changes nothing. A superuser, as in
-- the embedded PostgreSQL, has every right whatever is revoked: there the triggers stand alone (docs/audit.md).
DO $$
BEGIN
  EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON audit_log, audit_checkpoint FROM PUBLIC, %I', current_user);
  EXECUTE format('REVOKE DELETE, TRUNCATE ON audit_detail, audit_person, audit_head FROM PUBLIC, %I', current_user);
END $$;

-- As people read it. Erased people have no handle, erased details are null.
CREATE VIEW audit_entry AS
SELECT l.seq, l.at, p.account_id AS actor_id, p.handle AS actor_handle, l.action, l.subject_kind, l.subject_id, l.decision,
       l.policy_id, l.request_id,
       CASE WHEN l.detail_hash IS NULL THEN '{}'::jsonb ELSE d.detail END AS detail,
       l.actor AS actor_key, p.salt AS actor_salt, d.salt AS detail_salt, l.detail_hash, l.prev_hash, l.hash
FROM audit_log l JOIN audit_person p ON p.key = l.actor LEFT JOIN audit_detail d ON d.seq = l.seq;
