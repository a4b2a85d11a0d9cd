// The naive way, as a baseline: one statement for every entity an event names, one transaction an event.
import pg from 'pg';

const TABLES = `
  CREATE TABLE raw_event (id bigserial PRIMARY KEY, payload json NOT NULL);
  CREATE TABLE namespace (id serial PRIMARY KEY, name text UNIQUE NOT NULL);
  CREATE TABLE job (id serial PRIMARY KEY, namespace_id int NOT NULL, name text NOT NULL, UNIQUE (namespace_id, name));
  CREATE TABLE dataset (id serial PRIMARY KEY, namespace_id int NOT NULL, name text NOT NULL, UNIQUE (namespace_id, name));
  CREATE TABLE field (dataset_id int NOT NULL, name text NOT NULL, type text, PRIMARY KEY (dataset_id, name));
  CREATE TABLE run (id uuid PRIMARY KEY, job_id int NOT NULL, state text NOT NULL, started_at timestamptz, ended_at timestamptz);
  CREATE TABLE facet (owner text NOT NULL, name text NOT NULL, value jsonb NOT NULL, PRIMARY KEY (owner, name));
  CREATE TABLE io (run_id uuid NOT NULL, dataset_id int NOT NULL, direction text NOT NULL, PRIMARY KEY (run_id, dataset_id, direction));
  CREATE TABLE column_flow (run_id uuid NOT NULL, dataset_id int NOT NULL, field text NOT NULL, source_id int NOT NULL,
    source_field text NOT NULL, PRIMARY KEY (run_id, dataset_id, field, source_id, source_field));`;

/** @returns milliseconds for all events, and bytes the database grew by. */
export async function projectNaively(connectionString, events) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query('CREATE SCHEMA naive');
    await client.query('SET search_path = naive');
    await client.query(TABLES);
    const before = await sizeOf(client);
    const started = performance.now();
    for (const event of events) {
      await client.query('BEGIN');
      await project(client, event);
      await client.query('COMMIT');
    }
    return { ms: performance.now() - started, bytes: (await sizeOf(client)) - before };
  } finally {
    await client.end();
  }
}

async function project(client, event) {
  await client.query('INSERT INTO raw_event (payload) VALUES ($1)', [JSON.stringify(event)]);
  const job = await idOf(client, 'job', event.job);
  await client.query(
    `INSERT INTO run VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO UPDATE
     SET state = excluded.state, started_at = coalesce(run.started_at, excluded.started_at), ended_at = excluded.ended_at`,
    event.eventType === 'START'
      ? [event.run.runId, job, 'RUNNING', event.eventTime, null]
      : [event.run.runId, job, 'COMPLETE', null, event.eventTime],
  );
  await facets(client, `run ${event.run.runId}`, event.run.facets);
  for (const [direction, sets] of [
    ['I', event.inputs],
    ['O', event.outputs],
  ]) {
    for (const set of sets) await dataset(client, { run: event.run.runId, direction, set });
  }
}

async function dataset(client, { run, direction, set }) {
  const id = await idOf(client, 'dataset', set);
  await client.query('INSERT INTO io VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [run, id, direction]);
  for (const { name, type } of set.facets?.schema?.fields ?? []) {
    await client.query(
      'INSERT INTO field VALUES ($1, $2, $3) ON CONFLICT (dataset_id, name) DO UPDATE SET type = excluded.type',
      [id, name, type],
    );
  }
  await facets(client, `dataset ${id}`, set.facets);
  for (const [field, { inputFields }] of Object.entries(set.facets?.columnLineage?.fields ?? {})) {
    for (const input of inputFields) {
      await client.query('INSERT INTO column_flow VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING', [
        run,
        id,
        field,
        await idOf(client, 'dataset', input),
        input.field,
      ]);
    }
  }
}

async function facets(client, owner, values = {}) {
  for (const [name, value] of Object.entries(values)) {
    await client.query(
      'INSERT INTO facet VALUES ($1, $2, $3) ON CONFLICT (owner, name) DO UPDATE SET value = excluded.value',
      [owner, name, JSON.stringify(value)],
    );
  }
}

async function idOf(client, table, { namespace, name }) {
  const space = await client.query(
    'INSERT INTO namespace (name) VALUES ($1) ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING id',
    [namespace],
  );
  const { rows } = await client.query(
    `INSERT INTO ${table} (namespace_id, name) VALUES ($1, $2)
     ON CONFLICT (namespace_id, name) DO UPDATE SET name = excluded.name RETURNING id`,
    [space.rows[0].id, name],
  );
  return rows[0].id;
}

async function sizeOf(client) {
  const { rows } = await client.query('SELECT pg_database_size(current_database())::float8 AS bytes');
  return rows[0].bytes;
}
