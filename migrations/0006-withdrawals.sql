-- A source that is withdrawn: one last message, by the word of a person, that it has nothing any more.
-- Replaces one check constraint and adds a column with a constant default: no table is rewritten; the new check reads
-- raw_event once under a short lock.

ALTER TABLE raw_event DROP CONSTRAINT raw_event_kind_check;
ALTER TABLE raw_event ADD CONSTRAINT raw_event_kind_check
  CHECK (kind IN ('OPENLINEAGE', 'DBT', 'CRAWL', 'CSV', 'ODCS', 'DCAT', 'DATAHUB', 'WITHDRAWAL'));

-- What such a sync does not see is removed at once, without first being missing.
ALTER TABLE source_sync ADD COLUMN is_withdrawal boolean NOT NULL DEFAULT false;
