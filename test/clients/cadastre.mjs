// A Cadastre of our own on a free loopback port, with a Postgres of its own.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** What the projector holds while it projects (src/features/ingestion/ingestion.repository.ts). */
const PROJECTOR_LOCK = 7_201_003;

/** Messages that may wait before the service answers 503; far more than any client here sends at once. */
export const BACKLOG_LIMIT = 200;

export async function startCadastre(folder) {
  const { startEmbeddedPostgres } = await import('../../dist/platform/database/embedded-postgres.js');
  const postgres = await startEmbeddedPostgres({
    dataDir: join(folder, 'data'),
    log: () => {},
    applicationName: 'cadastre-clients',
  });
  try {
    const service = await startService(postgres.url);
    return { ...service, ...actions(service, postgres.url), stop: () => service.stop().finally(() => postgres.stop()) };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

async function startService(databaseUrl) {
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      CADASTRE_DEMO: 'false',
      CADASTRE_HOST: '127.0.0.1',
      CADASTRE_PORT: '0',
      CADASTRE_LOG_LEVEL: 'warn',
      CADASTRE_INGEST_BACKLOG_LIMIT: String(BACKLOG_LIMIT),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  const seen = (pattern) => pattern.exec(text)?.[0];
  await new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The service ended with ${code}:\n${text}`)));
    child.stdout.on('data', (chunk) => {
      text += chunk;
      if (seen(/http:\/\/[\d.]+:\d+/) && seen(/cad_[\w-]{20,}/)) resolve();
    });
  });
  return {
    url: seen(/http:\/\/[\d.]+:\d+/),
    token: seen(/cad_[\w-]{20,}/),
    stop: () =>
      new Promise((resolve) => {
        child.removeAllListeners('exit');
        child.once('exit', resolve);
        child.kill('SIGTERM');
      }),
  };
}

function actions({ url, token }, databaseUrl) {
  const call = async (path, init = {}) => {
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
    const response = await fetch(url + path, { ...init, headers });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path} answers ${response.status}: ${text.slice(0, 500)}`);
    return text;
  };
  const post = async (path, body) => JSON.parse(await call(path, { method: 'POST', body: JSON.stringify(body) }));
  const graphql = async (query, variables = {}) => {
    const { data, errors } = await post('/graphql', { query, variables });
    if (errors) throw new Error(`GraphQL: ${JSON.stringify(errors).slice(0, 500)}`);
    return data;
  };
  return {
    post,
    graphql,
    /** The whole catalog in canonical form. */
    dump: () => call('/api/v1/dump'),
    namesIn: (namespace) => namesIn(graphql, namespace),
    settle: () => settle(graphql),
    tokenFor: (namespaces) => tokenFor(graphql, namespaces),
    whileBusy: (work) => whileBusy(databaseUrl, work),
  };
}

async function namesIn(graphql, namespace) {
  const { assets } = await graphql(
    'query ($namespace: String!) { assets(filter: { namespace: $namespace }, first: 100) { nodes { name } } }',
    { namespace },
  );
  return assets.nodes.map(({ name }) => name);
}

/** Until everything received is projected and every follower has seen it. */
async function settle(graphql) {
  for (let attempt = 0; attempt < 2400; attempt++) {
    const { operations } = await graphql('{ operations { ingestBacklog failedEvents followers { lag } } }');
    if (operations.failedEvents > 0) throw new Error(`${operations.failedEvents} messages could not be projected.`);
    if (operations.ingestBacklog === 0 && operations.followers.every(({ lag }) => lag === 0)) return;
    await sleep(50);
  }
  throw new Error('What was received is not projected after 2 minutes.');
}

/** A token that may write into these namespaces only. */
async function tokenFor(graphql, ingestNamespaces) {
  const { tokenCreate } = await graphql(
    'mutation ($input: TokenCreateInput!) { tokenCreate(input: $input) { secret userErrors { message } } }',
    { input: { name: `only ${ingestNamespaces.join(', ')}`, ingestNamespaces } },
  );
  if (!tokenCreate.secret) throw new Error(tokenCreate.userErrors.map(({ message }) => message).join(' '));
  return tokenCreate.secret;
}

/** Runs `work` while nothing is projected, so that what is sent piles up; `work` gets the function that lets it go on. */
async function whileBusy(databaseUrl, work) {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'cadastre-clients' });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [PROJECTOR_LOCK]);
    return await work(() => client.query('SELECT pg_advisory_unlock($1)', [PROJECTOR_LOCK]));
  } finally {
    await client.end();
  }
}
