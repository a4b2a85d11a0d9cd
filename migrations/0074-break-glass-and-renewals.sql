-- Requests that renew a grant, and access in an emergency (break-glass) with its review. New columns only: the tables are
-- locked for a moment.

ALTER TABLE access_request
  ADD COLUMN is_emergency  boolean NOT NULL DEFAULT false,
  ADD COLUMN hours         int CONSTRAINT access_request_hours_check CHECK (hours BETWEEN 1 AND 24),  -- of an emergency
  ADD COLUMN renews        uuid CONSTRAINT access_request_renews_fkey REFERENCES access_request ON DELETE SET NULL,
  ADD COLUMN reviewed_by   text,
  ADD COLUMN reviewed_at   timestamptz,
  ADD COLUMN is_justified  boolean,
  ADD COLUMN review_reason text,
  ADD CONSTRAINT access_request_emergency_check CHECK (is_emergency = (hours IS NOT NULL));
CREATE INDEX access_request_review_idx ON access_request (created_at DESC, id)
  WHERE is_emergency AND state = 'APPROVED' AND reviewed_at IS NULL;

ALTER TABLE access_grant ADD COLUMN is_emergency boolean NOT NULL DEFAULT false;
