import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import 'reflect-metadata';
import { DataSource } from 'typeorm';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../../src/platform/database/embedded-postgres.js';
import { migrate, migrationsIn } from '../../src/platform/database/migrations.js';

/** The migrated database that `openTestDatabase` copies. `inject` in that file works in test workers only. */
const TEMPLATE = 'template_migrated';

const BUILD_SCRIPT = fileURLToPath(new URL('../../scripts/build.mjs', import.meta.url));
const MIGRATIONS_FOLDER = fileURLToPath(new URL('../../migrations', import.meta.url));

/** Nothing here has to survive a power cut. */
const FLAGS = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'].flatMap((flag) => ['-c', flag]);

/** One server for the whole run, with one migrated template; answers what takes it down again. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // Workers know no TypeScript: they run what is built, which must be what is tested.
  execFileSync(process.execPath, [BUILD_SCRIPT], { stdio: 'inherit' });
  const server = await testServer();
  try {
    await createTemplate(server.url);
  } catch (error) {
    await server.stop();
    throw error;
  }
  project.provide('testServerUrl', server.url);
  return server.stop;
}

async function testServer(): Promise<{ url: string; stop: () => Promise<void> }> {
  const given = process.env['TEST_DATABASE_URL'];
  if (given) return { url: given, stop: async () => undefined };
  const dataDir = mkdtempSync(join(tmpdir(), 'cadastre-test-'));
  // When root runs the tests, PostgreSQL runs as another user who must get in.
  chmodSync(dataDir, 0o711);
  const lines: string[] = [];
  const log = (line: string) => void lines.push(line);
  const postgres = await startEmbeddedPostgres({ dataDir, log, flags: FLAGS, applicationName: 'cadastre-test-setup' });
  return {
    url: postgres.url,
    async stop() {
      await postgres.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function createTemplate(serverUrl: string): Promise<void> {
  const admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  await admin.query(`DROP DATABASE IF EXISTS ${TEMPLATE} WITH (FORCE)`);
  await admin.query(`CREATE DATABASE ${TEMPLATE}`);
  await admin.end();

  const url = new URL(serverUrl);
  url.pathname = `/${TEMPLATE}`;
  // The service's own migrations: they record themselves, so that a service opened on a copy does not run them again.
  const dataSource = new DataSource({
    type: 'postgres',
    url: url.href,
    migrations: migrationsIn(MIGRATIONS_FOLDER),
    migrationsTableName: 'migration',
  });
  await dataSource.initialize();
  try {
    await migrate(dataSource);
  } finally {
    await dataSource.destroy();
  }
}
