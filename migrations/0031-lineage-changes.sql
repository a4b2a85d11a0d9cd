-- What of the lineage graph changed, so that the graph in memory of every process can follow it. Written by triggers, so
-- that no way of changing an edge, not even a cascade or a restore, can pass the graph by. Rows carry the transaction that
-- wrote them and not a sequence: whoever follows asks for those it could not see before (pg_visible_in_snapshot), and so
-- misses nothing of transactions that overlap. Creating the triggers waits for writers of two tables for a moment.

CREATE TABLE lineage_change (
  id        bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT lineage_change_pkey PRIMARY KEY,
  xid       xid8 NOT NULL DEFAULT pg_current_xact_id(),
  at        timestamptz NOT NULL DEFAULT now(),
  -- The key of an edge; only asset_id: what policies read of that asset; nothing at all: everything.
  port      uuid,
  asset_id  uuid,
  direction "char"
);
CREATE INDEX lineage_change_xid_idx ON lineage_change (xid);

CREATE FUNCTION note_lineage_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO lineage_change (port, asset_id, direction) SELECT port, asset_id, direction FROM added;
  RETURN NULL;
END $$;

CREATE FUNCTION note_lineage_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO lineage_change (port, asset_id, direction) SELECT port, asset_id, direction FROM gone;
  RETURN NULL;
END $$;

-- That an edge was seen once more changes no graph.
CREATE FUNCTION note_lineage_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO lineage_change (port, asset_id, direction)
  SELECT n.port, n.asset_id, n.direction FROM added n LEFT JOIN gone o
    ON o.port = n.port AND o.asset_id = n.asset_id AND o.direction = n.direction
  WHERE o.port IS NULL OR o.job_id IS DISTINCT FROM n.job_id
  UNION ALL
  SELECT o.port, o.asset_id, o.direction FROM gone o LEFT JOIN added n
    ON o.port = n.port AND o.asset_id = n.asset_id AND o.direction = n.direction
  WHERE n.port IS NULL;
  RETURN NULL;
END $$;

CREATE FUNCTION note_lineage_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO lineage_change DEFAULT VALUES;
  RETURN NULL;
END $$;

-- The attributes that a policy may name (platform/access/attributes.ts). A new asset has no edges yet.
CREATE FUNCTION note_lineage_asset() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO lineage_change (asset_id)
  SELECT n.id FROM added n JOIN gone o ON o.id = n.id
  WHERE (n.kind, n.namespace, n.name, n.platform, n.domain, n.sensitivity, n.lifecycle, n.tags, n.terms, n.owners)
    IS DISTINCT FROM
    (o.kind, o.namespace, o.name, o.platform, o.domain, o.sensitivity, o.lifecycle, o.tags, o.terms, o.owners);
  RETURN NULL;
END $$;

CREATE TRIGGER lineage_edge_inserted AFTER INSERT ON lineage_edge
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION note_lineage_insert();
CREATE TRIGGER lineage_edge_updated AFTER UPDATE ON lineage_edge
  REFERENCING OLD TABLE AS gone NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION note_lineage_update();
CREATE TRIGGER lineage_edge_deleted AFTER DELETE ON lineage_edge
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION note_lineage_delete();
CREATE TRIGGER lineage_edge_truncated AFTER TRUNCATE ON lineage_edge
  FOR EACH STATEMENT EXECUTE FUNCTION note_lineage_truncate();
CREATE TRIGGER lineage_asset_updated AFTER UPDATE ON asset
  REFERENCING OLD TABLE AS gone NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION note_lineage_asset();
