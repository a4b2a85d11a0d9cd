-- Beginning of the time that a run is about, beside the facet that says it: how often a job usually runs is read from it, so that
-- thirty days that are made up for in an hour are thirty daily runs. A column without a default: nothing is rewritten. Of runs
-- before this migration it is known after their next event, or a rebuild.

ALTER TABLE run ADD COLUMN nominal_start timestamptz;
