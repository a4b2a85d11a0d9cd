import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { Access } from '../../platform/access/access.js';
import { canonicalJson } from '../../platform/canonical-json.js';
import { Database } from '../../platform/database/database.js';

const KEY = (alias: string): string => `jsonb_build_array(${alias}.kind, ${alias}.namespace, ${alias}.name)`;

/** Sections of the dump: everything the catalog says, by natural keys; no ids and no times of our own. */
const SECTIONS: Readonly<Record<string, string>> = {
  assets: `SELECT jsonb_build_object('key', ${KEY('a')}, 'displayName', display_name, 'description', description,
      'platform', platform, 'subtype', subtype, 'domain', domain, 'sensitivity', sensitivity, 'lifecycle', lifecycle,
      'successor', successor, 'certification', certification_level,
      'tags', tags, 'terms', terms, 'owners', owners, 'synonyms', synonyms,
      'dataProducts', data_products, 'presence', presence, 'isPlaceholder', is_placeholder,
      'mergedInto', (SELECT ${KEY('r')} FROM asset r WHERE r.id = a.merged_into)) AS item
    FROM asset a ORDER BY kind, namespace, name`,
  aliases: `SELECT jsonb_build_object('asset', ${KEY('a')}, 'alias', ${KEY('b')}, 'origin', l.origin, 'state', l.state) AS item
    FROM asset_alias l JOIN asset a ON a.id = l.asset_id JOIN asset b ON b.id = l.alias_id ORDER BY item`,
  columns: `SELECT jsonb_build_object('asset', ${KEY('a')}, 'path', c.path, 'ordinal', c.ordinal, 'dataType', c.data_type,
      'description', c.description, 'sensitivity', c.sensitivity, 'tags', c.tags, 'terms', c.terms) AS item
    FROM asset_column c JOIN asset a ON a.id = c.asset_id ORDER BY a.kind, a.namespace, a.name, c.ordinal`,
  facts: `SELECT jsonb_build_object('asset', ${KEY('a')}, 'column', f.column_path, 'attribute', f.attribute,
      'source', f.source_key, 'value', f.value, 'assertedAt', f.asserted_at, 'assertedBy', f.asserted_by) AS item
    FROM fact f JOIN asset a ON a.id = f.asset_id ORDER BY a.kind, a.namespace, a.name, f.column_path, f.attribute, f.source_key`,
  records: `SELECT jsonb_build_object('source', r.source_key, 'asset', ${KEY('a')}, 'firstSeenAt', r.first_seen_at,
      'lastSeenAt', r.last_seen_at, 'state', r.state, 'since', r.state_since) AS item
    FROM source_record r JOIN asset a ON a.id = r.asset_id ORDER BY r.source_key, a.kind, a.namespace, a.name`,
  syncs: `SELECT jsonb_build_object('source', source_key, 'sync', sync_id, 'at', at, 'scope', scope, 'state', state) AS item
    FROM source_sync ORDER BY source_key, sync_id`,
  runs: `SELECT jsonb_build_object('job', ${KEY('a')}, 'externalId', r.external_id, 'run', r.body) AS item
    FROM run r JOIN asset a ON a.id = r.job_id ORDER BY a.kind, a.namespace, a.name, r.external_id`,
  runDatasets: `SELECT jsonb_build_object('job', ${KEY('j')}, 'externalId', r.external_id, 'dataset', ${KEY('a')},
      'direction', d.direction, 'lastAt', d.last_at, 'facets', d.facets) AS item
    FROM run_dataset d JOIN run r ON r.id = d.run_id JOIN asset j ON j.id = r.job_id JOIN asset a ON a.id = d.asset_id
    ORDER BY j.namespace, j.name, r.external_id, a.namespace, a.name, d.direction`,
  edges: `SELECT jsonb_build_object('from', ${KEY('i')}, 'to', ${KEY('o')}, 'job', j.namespace || ' ' || j.name,
      'origins', ei.origins, 'firstSeen', least(ei.first_seen, eo.first_seen), 'lastSeen', greatest(ei.last_seen, eo.last_seen)) AS item
    FROM lineage_edge ei JOIN lineage_edge eo ON eo.port = ei.port AND ei.direction = 'I' AND eo.direction = 'O'
    JOIN asset i ON i.id = ei.asset_id JOIN asset o ON o.id = eo.asset_id LEFT JOIN asset j ON j.id = ei.job_id
    ORDER BY i.kind, i.namespace, i.name, o.kind, o.namespace, o.name, j.namespace, j.name`,
  columnEdges: `SELECT DISTINCT jsonb_build_object('from', ${KEY('s')}, 'fromColumn', f.source_path, 'to', ${KEY('t')},
      'toColumn', f.target_path, 'transformations', f.transformations, 'isMasked', f.is_masked) AS item
    FROM lineage_column_flow f JOIN lineage_flow_set l ON l.id = f.set_id AND NOT l.is_closed
    JOIN asset s ON s.id = f.source_id JOIN asset t ON t.id = f.target_id WHERE f.is_open ORDER BY item`,
};

@Injectable()
export class CatalogDump {
  constructor(
    private readonly database: Database,
    private readonly access: Access,
  ) {}

  /** Canonical JSON (RFC 8785): equal catalogs give equal bytes. */
  async make(actor: Actor): Promise<string> {
    (await this.access.forActor(actor)).require('operate', { type: 'system' });
    return this.database.transaction(async () => {
      await this.database.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
      return this.read();
    });
  }

  /** Inside the caller's transaction, whose state it shows. */
  async read(): Promise<string> {
    const dump: Record<string, unknown[]> = {};
    for (const [section, sql] of Object.entries(SECTIONS)) {
      dump[section] = (await this.database.query<{ item: unknown }>(sql)).map((row) => row.item);
    }
    return canonicalJson(dump);
  }
}
