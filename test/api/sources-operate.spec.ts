import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.js';
import { PASSWORD, startPostgresShop, type CrawledServer } from '../support/crawled-servers.js';
import {
  crawl,
  defineSource,
  findRun,
  PASSWORD_VARIABLE,
  runUntil,
  sourceInput,
  startRun,
} from '../support/sources.js';

process.env[PASSWORD_VARIABLE] = PASSWORD;

const ERRORS = 'userErrors { message code field }';
interface Payload {
  readonly userErrors: readonly { message: string; code: string; field: readonly string[] | null }[];
}

let server: CrawledServer;
let test: TestApp;
const folder = mkdtempSync(join(tmpdir(), 'cadastre-config-'));
beforeAll(async () => {
  server = await startPostgresShop();
  const { host, port, database, user } = server.target;
  writeFileSync(
    join(folder, 'cadastre.yaml'),
    JSON.stringify({
      sources: [
        {
          key: 'filed',
          type: 'postgres',
          host,
          port,
          database,
          user,
          password: `\${env:${PASSWORD_VARIABLE}}`,
          include: ['sales.*'],
          schedule: '@daily',
        },
      ],
    }),
  );
  test = await startTestApp({
    accounts: [{ handle: 'nora' }],
    env: { CADASTRE_CONFIG_FILE: join(folder, 'cadastre.yaml') },
  });
});
afterAll(async () => {
  await test.close();
  await server.stop();
  rmSync(folder, { recursive: true });
});

const mutate = async (mutation: string, variables: object = {}, as = 'admin'): Promise<Payload> => {
  const { body } = await test.as(as).graphqlRaw(mutation, variables);
  if (body.errors) throw new Error(JSON.stringify(body.errors));
  return Object.values(body.data as Record<string, Payload>)[0] ?? { userErrors: [] };
};
const create = async (input: object): Promise<Payload> =>
  mutate(`mutation($input: SourceInput!) { sourceCreate(input: $input) { source { key } ${ERRORS} } }`, { input });

/** A session that holds a table: a crawl has to wait where it is one of the catalog. */
async function holding(table: string): Promise<pg.Client> {
  const { host, port, database } = server.target;
  const url = new URL(inject('testServerUrl'));
  const client = new pg.Client({
    host,
    port,
    database: database ?? '',
    user: url.username,
    password: decodeURIComponent(url.password),
  });
  await client.connect();
  await client.query(`BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
  return client;
}

/** Until the crawl waits for what the session holds. */
async function waiting(holder: pg.Client): Promise<void> {
  const sql = `SELECT 1 FROM pg_stat_activity WHERE usename = '${server.target.user}' AND wait_event_type = 'Lock'`;
  const deadline = Date.now() + 20_000;
  while ((await holder.query(sql)).rowCount === 0) {
    if (Date.now() > deadline) throw new Error('The crawl does not wait.');
    // Inside a transaction the first answer would be given again.
    await holder.query('SELECT pg_stat_clear_snapshot()');
    await sleep(20);
  }
}

describe('sources', () => {
  it('are for operators', async () => {
    const { body } = await test.as('nora').graphqlRaw('{ sources { nodes { key } } }');
    expect(body.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    for (const mutation of ['sourceDelete', 'sourceTest', 'sourceRun', 'sourceCancel']) {
      const { userErrors } = await mutate(`mutation { ${mutation}(key: "filed") { ${ERRORS} } }`, {}, 'nora');
      expect(userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
    }
    const id = await startRun(test, 'filed');
    const run = await test.as('nora').graphqlRaw(`{ sourceRun(id: "${id}") { id } }`);
    expect(run.body.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    await runUntil(test, id, ({ state }) => state === 'COMPLETE');
  });

  it('of the configuration file are shown with their schedule, and changed there only', async () => {
    const { source } = await test
      .as('admin')
      .graphql<{ source: object }>(
        '{ source(key: "filed") { origin isReadOnly schedule nextRunAt factSource namespace password { env file } ssl lastRun { state } } }',
      );
    expect(source).toEqual({
      origin: 'FILE',
      isReadOnly: true,
      schedule: '@daily',
      nextRunAt: expect.stringMatching(/T00:00:00.000Z$/),
      factSource: 'postgres:filed',
      namespace: server.namespace,
      password: { env: PASSWORD_VARIABLE, file: null },
      ssl: 'DISABLE',
      lastRun: { state: 'COMPLETE' },
    });
    const update = `mutation($input: SourceInput!) { sourceUpdate(input: $input) { source { key } ${ERRORS} } }`;
    const message = "The source 'filed' is defined in the configuration file. Change it there, and restart.";
    for (const answer of [
      await mutate(update, { input: sourceInput(server, { key: 'filed' }) }),
      await mutate(`mutation { sourceDelete(key: "filed") { ${ERRORS} } }`),
    ]) {
      expect(answer.userErrors).toEqual([{ code: 'FORBIDDEN', message, field: ['key'] }]);
    }
    expect((await create(sourceInput(server, { key: 'filed' }))).userErrors).toMatchObject([{ code: 'CONFLICT' }]);
  });

  it.each<[object, string[], RegExp]>([
    [{ password: { env: 'DATABASE_URL' } }, ['input', 'password'], /begins with CADASTRE_SECRET_/],
    [{ password: { file: '/etc/passwd' } }, ['input', 'password'], /below \/run\/secrets/],
    [{ password: {} }, ['input', 'password'], /must say where the secret is/],
    [{ database: null }, ['input', 'database'], /is needed/],
    [{ key: 'No Key' }, ['input', 'key'], /lower case/],
    [{ schedule: 'now and then' }, ['input', 'schedule'], /cron expression/],
  ])('refuse %j', async (change, field, message) => {
    const { userErrors } = await create(sourceInput(server, change));
    expect(userErrors).toEqual([{ code: 'INVALID', field, message: expect.stringMatching(message) }]);
  });

  it('are audited, and forgotten with their memory but not with what they listed', async () => {
    await defineSource(test, sourceInput(server, { key: 'brief' }));
    await crawl(test, 'brief');
    expect((await mutate(`mutation { sourceDelete(key: "brief") { key ${ERRORS} } }`)).userErrors).toEqual([]);
    const { auditLog } = await test
      .as('admin')
      .graphql<{ auditLog: { nodes: { action: string }[] } }>(
        '{ auditLog(filter: {subject: "brief"}) { nodes { action } } }',
      );
    expect(auditLog.nodes.map(({ action }) => action)).toEqual([
      'source.deleted',
      'source.runRequested',
      'source.created',
    ]);
    expect(await test.database.query(`SELECT 1 FROM source_table WHERE fact_source_key = 'postgres:brief'`)).toEqual(
      [],
    );
    await defineSource(test, sourceInput(server, { key: 'brief' }));
    expect((await crawl(test, 'brief')).counts).toMatchObject({ created: 4 });
  });

  it('take a number of statements that does not depend on how many there are', async () => {
    const cost = async (): Promise<number> => {
      const before = test.database.statementCount;
      await test
        .as('admin')
        .graphql(
          '{ sources(first: 10) { nodes { key lastRun { id log(first: 2) { nodes { message } } } runs(first: 2) { nodes { id } } } } }',
        );
      return test.database.statementCount - before;
    };
    // The least of several: what works in the background asks too.
    const least = async (): Promise<number> => {
      let found = Infinity;
      for (let tries = 0; tries < 12; tries += 1) found = Math.min(found, await cost());
      return found;
    };
    const few = await least();
    for (const key of ['one', 'two', 'three']) await defineSource(test, sourceInput(server, { key }));
    expect(await least()).toBe(few);
  });
});

describe('a run', () => {
  it('begins when it is due, once', async () => {
    await test.database.query(
      `UPDATE source_definition SET next_run_at = now() - interval '1 day' WHERE key = 'filed'`,
    );
    const scheduled = async (): Promise<string[]> =>
      (
        await test.database.query<{ id: string }>(
          `SELECT id FROM source_run WHERE source_key = 'filed' AND requested_by IS NULL AND state = 'COMPLETE'`,
        )
      ).map(({ id }) => id);
    const deadline = Date.now() + 20_000;
    while ((await scheduled()).length === 0 && Date.now() < deadline) await sleep(100);
    expect(await scheduled()).toHaveLength(1);
    expect(
      await test.database.query(`SELECT 1 FROM source_definition WHERE key = 'filed' AND next_run_at > now()`),
    ).toHaveLength(1);
  });

  it('that is cancelled ends although the database makes it wait, and takes nothing away', async () => {
    const holder = await holding('pg_catalog.pg_attrdef');
    await test.settle();
    const before = await test.as('admin').dump();
    const id = await startRun(test, 'filed');
    expect(await startRun(test, 'filed')).toBe(id);
    await waiting(holder);
    await mutate(`mutation { sourceCancel(key: "filed") { run { id } ${ERRORS} } }`);
    const run = await runUntil(test, id, ({ state }) => state === 'CANCELLED');
    await holder.end();
    expect(run.log.nodes.at(-1)?.message).toBe('Cancelled. Nothing was taken away.');
    await test.settle();
    expect(await test.as('admin').dump()).toBe(before);
    expect((await mutate(`mutation { sourceCancel(key: "filed") { ${ERRORS} } }`)).userErrors).toMatchObject([
      { code: 'NOT_FOUND' },
    ]);
  });

  it('reads on when tables are locked, and says what it could not read', async () => {
    const holder = await holding('sales.orders');
    const run = await crawl(test, 'filed');
    await holder.end();
    expect(run).toMatchObject({ state: 'COMPLETE', counts: { unchanged: 4, warnings: 2, missing: 0 } });
    const { database } = server.target;
    expect(run.log.nodes.filter(({ level }) => level === 'WARNING').map(({ message }) => message)).toEqual(
      ['big_orders', 'orders'].map(
        (name) => `${database}.sales.${name} is locked and was not read: what is known of it stays.`,
      ),
    );
    const after = await crawl(test, 'filed');
    expect(after).toMatchObject({ state: 'COMPLETE', counts: { warnings: 0, missing: 0 } });
  });

  it('that breaks midway is failed, and takes nothing away', async () => {
    const holder = await holding('pg_catalog.pg_attrdef');
    const id = await startRun(test, 'filed');
    await waiting(holder);
    await holder.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${server.target.user}'`,
    );
    await holder.end();
    expect(await runUntil(test, id, ({ state }) => state === 'FAILED')).toMatchObject({
      error: expect.stringMatching(/terminat/),
      counts: { missing: null },
    });
    await test.settle();
    const gone = await test.database.query(
      `SELECT 1 FROM source_record WHERE source_key = 'postgres:filed' AND state <> 'PRESENT'`,
    );
    expect(gone).toEqual([]);
    expect((await findRun(test, id)).log.nodes.at(-1)?.level).toBe('ERROR');
  });
});
