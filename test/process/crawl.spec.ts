import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD, startPostgresShop, type CrawledServer } from '../support/crawled-servers.js';
import { openTestDatabase, type TestDatabase } from '../support/database.js';
import { killService, startService, type RunningService } from '../support/service-process.js';

/** Several chunks, so that a kill is midway. */
const TABLE_COUNT = 5000;
const folder = mkdtempSync(join(tmpdir(), 'cadastre-crawl-'));

let shop: CrawledServer;
let database: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  [shop, database] = [await startPostgresShop(), await openTestDatabase()];
  await shop.run(
    'CREATE SCHEMA wide',
    // One transaction may not hold too many locks.
    ...Array.from(
      { length: TABLE_COUNT / 500 },
      (_, part) => `DO $$ BEGIN FOR n IN ${part * 500 + 1}..${(part + 1) * 500} LOOP
        EXECUTE format('CREATE TABLE wide.t%s (id int, note text)', lpad(n::text, 5, '0')); END LOOP; END $$`,
    ),
  );
  const { host, port, database: name, user } = shop.target;
  const source = { key: 'shop', type: 'postgres', host, port, database: name, user, password: '${env:SHOP_PASSWORD}' };
  writeFileSync(join(folder, 'cadastre.yaml'), JSON.stringify({ sources: [source] }));
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
}, 120_000);
afterAll(async () => {
  for (const { child } of running) if (child.exitCode === null) child.kill('SIGKILL');
  await client.end();
  await database.close();
  await shop.stop();
  rmSync(folder, { recursive: true, force: true });
});

const running: RunningService[] = [];
const start = async (): Promise<RunningService> => {
  const service = await startService({
    DATABASE_URL: database.url,
    CADASTRE_CONFIG_FILE: join(folder, 'cadastre.yaml'),
    SHOP_PASSWORD: PASSWORD,
  });
  running.push(service);
  return service;
};
const one = async <Row extends pg.QueryResultRow>(sql: string): Promise<Row | undefined> =>
  (await client.query<Row>(sql)).rows[0];
const until = async (sql: string, everyMs = 50): Promise<void> => {
  const deadline = Date.now() + 100_000;
  while ((await client.query(sql)).rowCount === 0) {
    if (Date.now() > deadline) throw new Error(`This does not come true: ${sql}`);
    await sleep(everyMs);
  }
};
const newest = 'SELECT * FROM (SELECT * FROM source_run ORDER BY requested_at DESC LIMIT 1) r';
const run = async (service: RunningService, token: string): Promise<void> => {
  await fetch(`${service.url}/graphql`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ query: 'mutation { sourceRun(key: "shop") { run { id } } }' }),
  });
};
const projected = `SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM raw_event_queue)`;

describe('complaint 6: a failed or partial crawl deletes assets', () => {
  it(
    'not when the service is killed midway: nothing goes, and the next run is whole',
    { timeout: 240_000 },
    async () => {
      const first = await start();
      const token = first.token ?? '';
      await run(first, token);
      await until(`${newest} WHERE state = 'COMPLETE'`);
      await until(projected);
      expect(await one('SELECT created FROM source_run')).toEqual({ created: TABLE_COUNT + 5 });

      // What the next run would have found gone, had it come to its end.
      await shop.run('DROP SCHEMA sales CASCADE', 'DROP TABLE wide.t05000');
      await shop.run(
        'UPDATE pg_description SET description = description',
        'ALTER TABLE wide.t00001 ADD COLUMN more int',
      );
      await run(first, token);
      await until(`${newest} WHERE unchanged + changed > 0`, 2);
      await killService(first, 'SIGKILL');
      expect(await one(newest)).toMatchObject({ state: 'RUNNING' });

      const second = await start();
      await until(`${newest} WHERE state = 'FAILED'`);
      await until(projected);
      expect(await one(newest)).toMatchObject({
        error: 'Interrupted: the process that ran it ended. Nothing was taken away.',
      });
      expect(await one(`SELECT count(*)::int AS gone FROM source_record WHERE state <> 'PRESENT'`)).toEqual({
        gone: 0,
      });
      expect(await one(`SELECT count(*)::int AS gone FROM asset WHERE presence <> 'PRESENT'`)).toEqual({ gone: 0 });

      await run(second, token);
      await until(`${newest} WHERE state = 'COMPLETE'`);
      await until(projected);
      await until(`SELECT 1 FROM source_record WHERE state = 'MISSING'`);
      expect(await one(`SELECT count(*)::int AS gone FROM source_record WHERE state = 'MISSING'`)).toEqual({ gone: 5 });
      await killService(second, 'SIGTERM');
    },
  );
});
