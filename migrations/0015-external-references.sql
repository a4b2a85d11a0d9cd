-- Assets are found by what another catalog calls them, and the messages of one DataHub are read again for its report.
-- Two small partial indexes; each reads its table once under a short lock against writes.

CREATE INDEX fact_external_ref_idx ON fact (attribute) WHERE attribute LIKE 'externalRef:%';
CREATE INDEX raw_event_datahub_idx ON raw_event ((payload ->> 'name'), (coalesce(payload -> 'sync' ->> 'id', '')), id)
  WHERE kind = 'DATAHUB';
