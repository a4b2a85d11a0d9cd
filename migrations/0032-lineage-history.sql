-- When each edge held, so that lineage can be asked for as of a date. Kept by triggers beside 0031's: whatever adds or takes
-- away an edge opens or closes a version, in the time of the events where they say it (first seen, dropped) and otherwise
-- when it happened. An edge that goes and comes again in one transaction never went.
-- Creating the triggers waits for writers of lineage_edge for a moment; filling reads it once.

CREATE TABLE lineage_edge_version (
  id         bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT lineage_edge_version_pkey PRIMARY KEY,
  port       uuid NOT NULL,
  asset_id   uuid NOT NULL CONSTRAINT lineage_edge_version_asset_fkey REFERENCES asset ON DELETE CASCADE,
  direction  "char" NOT NULL,
  job_id     uuid CONSTRAINT lineage_edge_version_job_fkey REFERENCES asset ON DELETE CASCADE,
  valid_from timestamptz NOT NULL,
  valid_to   timestamptz,               -- null: it still holds, and lineage_edge knows the rest
  -- As they were when it closed.
  origins    text[] NOT NULL DEFAULT '{}',
  last_seen  timestamptz,
  closed_by  xid8,                      -- transaction
  CONSTRAINT lineage_edge_version_range_check CHECK (valid_to >= valid_from)
);
CREATE INDEX lineage_edge_version_port_idx ON lineage_edge_version (port, direction, asset_id, valid_from);
CREATE UNIQUE INDEX lineage_edge_version_open_idx ON lineage_edge_version (port, direction, asset_id) WHERE valid_to IS NULL;
CREATE INDEX lineage_edge_version_asset_idx ON lineage_edge_version (asset_id, direction, port);
CREATE INDEX lineage_edge_version_job_idx ON lineage_edge_version (job_id);

INSERT INTO lineage_edge_version (port, asset_id, direction, job_id, valid_from)
SELECT port, asset_id, direction, job_id, first_seen FROM lineage_edge;

-- While everything is projected anew nothing comes or goes; settle_lineage_versions() looks at the end what has.
CREATE FUNCTION is_lineage_rebuilding() RETURNS boolean LANGUAGE sql STABLE AS
  $$ SELECT coalesce(current_setting('cadastre.lineage_rebuilding', true), '') = 'on' $$;

CREATE FUNCTION open_lineage_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF is_lineage_rebuilding() THEN RETURN NULL; END IF;
  UPDATE lineage_edge_version SET valid_to = NULL, closed_by = NULL
  WHERE id IN (
    SELECT DISTINCT ON (v.port, v.direction, v.asset_id) v.id FROM added n JOIN lineage_edge_version v
      ON v.port = n.port AND v.asset_id = n.asset_id AND v.direction = n.direction
    WHERE v.closed_by = pg_current_xact_id() AND n.first_seen <= v.valid_to
    ORDER BY v.port, v.direction, v.asset_id, v.valid_to DESC, v.id);
  INSERT INTO lineage_edge_version (port, asset_id, direction, job_id, valid_from)
  SELECT n.port, n.asset_id, n.direction, n.job_id, greatest(n.first_seen, max(v.valid_to))
  FROM added n LEFT JOIN lineage_edge_version v
    ON v.port = n.port AND v.asset_id = n.asset_id AND v.direction = n.direction
  GROUP BY n.port, n.asset_id, n.direction, n.job_id, n.first_seen
  HAVING count(*) FILTER (WHERE v.port IS NOT NULL AND v.valid_to IS NULL) = 0;
  RETURN NULL;
END $$;

-- An event that came late may have said it earlier, though not from before it last ended.
CREATE FUNCTION widen_lineage_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF is_lineage_rebuilding() THEN RETURN NULL; END IF;
  UPDATE lineage_edge_version v
  SET job_id = n.job_id,
      valid_from = least(v.valid_from, greatest(n.first_seen, (
        SELECT max(p.valid_to) FROM lineage_edge_version p
        WHERE p.port = v.port AND p.asset_id = v.asset_id AND p.direction = v.direction AND p.valid_to IS NOT NULL)))
  FROM added n
  JOIN gone o ON o.port = n.port AND o.asset_id = n.asset_id AND o.direction = n.direction
  WHERE v.port = n.port AND v.asset_id = n.asset_id AND v.direction = n.direction AND v.valid_to IS NULL
    AND (n.first_seen < o.first_seen OR n.job_id IS DISTINCT FROM o.job_id);
  RETURN NULL;
END $$;

-- Dropped when the drop says so; otherwise now.
CREATE FUNCTION close_lineage_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF is_lineage_rebuilding() THEN RETURN NULL; END IF;
  UPDATE lineage_edge_version v
  SET valid_to = coalesce((
        SELECT max(f.asserted_at) FROM asset a JOIN fact f ON f.asset_id = a.id AND f.attribute = 'droppedAt'
        WHERE (a.id = o.asset_id OR a.merged_into = o.asset_id) AND f.asserted_at >= v.valid_from),
        greatest(v.valid_from, now())),
      origins = o.origins, last_seen = o.last_seen, closed_by = pg_current_xact_id()
  FROM gone o
  WHERE v.port = o.port AND v.asset_id = o.asset_id AND v.direction = o.direction AND v.valid_to IS NULL;
  RETURN NULL;
END $$;

-- After everything was projected anew: what is no edge any more has ended, what is one and was none has begun.
CREATE FUNCTION settle_lineage_versions() RETURNS void LANGUAGE sql AS $$
  UPDATE lineage_edge_version v SET valid_to = greatest(v.valid_from, now()), closed_by = pg_current_xact_id()
  WHERE v.valid_to IS NULL AND NOT EXISTS (
    SELECT FROM lineage_edge e WHERE e.port = v.port AND e.asset_id = v.asset_id AND e.direction = v.direction);
  INSERT INTO lineage_edge_version (port, asset_id, direction, job_id, valid_from)
  SELECT e.port, e.asset_id, e.direction, e.job_id, greatest(e.first_seen, max(v.valid_to))
  FROM lineage_edge e LEFT JOIN lineage_edge_version v
    ON v.port = e.port AND v.asset_id = e.asset_id AND v.direction = e.direction
  GROUP BY e.port, e.asset_id, e.direction, e.job_id, e.first_seen
  HAVING count(*) FILTER (WHERE v.port IS NOT NULL AND v.valid_to IS NULL) = 0;
$$;

CREATE TRIGGER lineage_version_inserted AFTER INSERT ON lineage_edge
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION open_lineage_version();
CREATE TRIGGER lineage_version_updated AFTER UPDATE ON lineage_edge
  REFERENCING OLD TABLE AS gone NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION widen_lineage_version();
CREATE TRIGGER lineage_version_deleted AFTER DELETE ON lineage_edge
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION close_lineage_version();
