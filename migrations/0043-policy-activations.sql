-- Which policy set was in force when, and who put it there. Takes the present one over; the lock on policy_activation is short.

CREATE TABLE policy_activation_log (
  seq          bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT policy_activation_log_pkey PRIMARY KEY,
  version      int NOT NULL CONSTRAINT policy_activation_log_version_fkey REFERENCES policy_set,
  activated_at timestamptz NOT NULL DEFAULT now(),
  activated_by uuid NOT NULL            -- account; zeros: the service itself
);
CREATE INDEX policy_activation_log_version_idx ON policy_activation_log (version);
INSERT INTO policy_activation_log (version, activated_at, activated_by)
SELECT p.version, a.changed_at, p.created_by FROM policy_activation a JOIN policy_set p USING (version);
