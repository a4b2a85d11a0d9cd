// The demo catalog and, where it is there, the showcase pack of DataHub, in a service of their own.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { ingestDataHub } from '../../dist/cli/ingest-datahub.js';
import { startPostgres, startService } from '../service.mjs';

const PACK = join(import.meta.dirname, '../../../shared/samples/datahub-showcase-ecommerce');
// The pack's own prefix is an instance: it is not in the names of the tables.
const NAMESPACES = ['snowflake/b2fd91=snowflake://demo123', 's3/b2fd91=s3://', 'looker/b2fd91=looker'];

export async function startShowcase() {
  const postgres = await startPostgres('relevance');
  const service = await startService({ DATABASE_URL: postgres.url, CADASTRE_DEMO: 'true' });
  const hasShowcase = existsSync(PACK);
  if (hasShowcase)
    await ingestDataHub(terminalOf(service), PACK, { name: 'showcase', namespace: NAMESPACES, wait: false });
  await service.projected();
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  await followed(client);
  const stop = async () => {
    await client.end();
    await service.stop();
    await postgres.stop();
  };
  return { service, client, hasShowcase, stop };
}

function terminalOf(service) {
  const json = ({ path, body }) => (body === undefined ? service.get(path) : service.post(path, body));
  return { isJson: true, client: { json }, out: () => {}, note: () => {}, progress: () => {} };
}

/** Until every follower of the change log, the search among them, has seen all of it. */
async function followed(client) {
  const lag = `SELECT (SELECT max(position) FROM change_log) > min(position) AS waits FROM follower`;
  while ((await client.query(lag)).rows[0].waits) await new Promise((resolve) => setTimeout(resolve, 50));
}

/** Every asset and column that may be found, people too, each with all its words. In an order that is always the same. */
export async function readTexts(client) {
  const assets = await client.query(
    `SELECT id::text, kind, namespace, name, display_name AS "displayName",
            concat_ws(E'\\n', name, display_name, description, platform, subtype, domain, array_to_string(synonyms, E'\\n'),
              array_to_string(owners, E'\\n'), array_to_string(tags, E'\\n'), array_to_string(terms, E'\\n'),
              array_to_string(data_products, E'\\n')) AS text
     FROM asset WHERE NOT is_placeholder
     UNION ALL
     SELECT 'person:' || handle, 'PERSON', '', handle, name, concat_ws(E'\\n', handle, name) FROM account
     WHERE kind = 'PERSON'
     ORDER BY kind, namespace, name`,
  );
  const columns = await client.query(
    `SELECT c.asset_id::text AS asset, c.path,
            concat_ws(E'\\n', c.path, c.description, array_to_string(c.tags, E'\\n'), array_to_string(c.terms, E'\\n')) AS text
     FROM asset_column c JOIN asset a ON a.id = c.asset_id WHERE NOT a.is_placeholder
     ORDER BY a.kind, a.namespace, a.name, c.ordinal, c.path`,
  );
  return { assets: assets.rows, columns: columns.rows };
}
