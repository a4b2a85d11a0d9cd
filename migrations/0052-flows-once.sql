-- Flows are kept once for all runs of a job that say the same, not once for each run: a statement points to the set of its
-- flows. What was there keeps a set of its own for each statement until it is said again. Whether it is closed is the set's:
-- it is the same for every statement of a job. Locks the four tables of lineage while it reads lineage_statement twice and
-- checks the references of both kinds of flows.

CREATE TABLE lineage_flow_set (
  id        uuid CONSTRAINT lineage_flow_set_pkey PRIMARY KEY,  -- derived from the job (else the statement) and the flows
  job_id    uuid CONSTRAINT lineage_flow_set_job_fkey REFERENCES asset ON DELETE CASCADE,
  -- The job, or all that a statement without one writes to, was removed. Its flows are no edges any more.
  is_closed boolean NOT NULL DEFAULT false
);
INSERT INTO lineage_flow_set SELECT id, job_id, is_closed FROM lineage_statement;
CREATE INDEX lineage_flow_set_job_idx ON lineage_flow_set (job_id);

ALTER TABLE lineage_statement ADD COLUMN flow_set_id uuid
  CONSTRAINT lineage_statement_flow_set_fkey REFERENCES lineage_flow_set;
UPDATE lineage_statement SET flow_set_id = id;
ALTER TABLE lineage_statement ALTER COLUMN flow_set_id SET NOT NULL, DROP COLUMN is_closed;
CREATE INDEX lineage_statement_flow_set_idx ON lineage_statement (flow_set_id);

ALTER TABLE lineage_flow RENAME COLUMN statement_id TO set_id;
ALTER TABLE lineage_flow DROP CONSTRAINT lineage_flow_statement_fkey,
  ADD CONSTRAINT lineage_flow_set_fkey FOREIGN KEY (set_id) REFERENCES lineage_flow_set ON DELETE CASCADE;
ALTER TABLE lineage_column_flow RENAME COLUMN statement_id TO set_id;
ALTER TABLE lineage_column_flow DROP CONSTRAINT lineage_column_flow_statement_fkey,
  ADD CONSTRAINT lineage_column_flow_set_fkey FOREIGN KEY (set_id) REFERENCES lineage_flow_set ON DELETE CASCADE;

-- What nobody says any more goes, whichever way its last statement went.
CREATE FUNCTION drop_unsaid_flows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM lineage_flow_set c WHERE c.id IN (SELECT flow_set_id FROM gone)
    AND NOT EXISTS (SELECT FROM lineage_statement s WHERE s.flow_set_id = c.id);
  RETURN NULL;
END $$;
CREATE TRIGGER lineage_statement_deleted AFTER DELETE ON lineage_statement
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION drop_unsaid_flows();
