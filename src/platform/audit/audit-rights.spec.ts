import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { Database } from '../database/database.js';
import { migrate, migrationsIn } from '../database/migrations.js';
import { appendSealed, sealedEntry } from './audit-entry.js';

const MIGRATIONS = fileURLToPath(new URL('../../../migrations', import.meta.url));
const NAME = `audit_owner_${randomBytes(6).toString('hex')}`;

/** As with a PostgreSQL of one's own: the role owns its database, and is no superuser. */
let admin: pg.Client;
let dataSource: DataSource;
let database: Database;
beforeAll(async () => {
  const serverUrl = inject('testServerUrl');
  admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  await admin.query(`CREATE ROLE ${NAME} LOGIN PASSWORD 'test'`);
  await admin.query(`CREATE DATABASE ${NAME} OWNER ${NAME}`);
  const url = Object.assign(new URL(serverUrl), { pathname: `/${NAME}`, username: NAME, password: 'test' });
  dataSource = await new DataSource({
    type: 'postgres',
    url: url.href,
    migrations: migrationsIn(MIGRATIONS),
    migrationsTableName: 'migration',
  }).initialize();
  await migrate(dataSource);
  database = new Database(dataSource);
});
afterAll(async () => {
  await dataSource.destroy();
  await admin.query(`DROP DATABASE ${NAME} WITH (FORCE)`);
  await admin.query(`DROP ROLE ${NAME}`);
  await admin.end();
});

describe('the role that owns the database', () => {
  it('appends', async () => {
    const entry = {
      actor: { id: null, handle: 'ann' },
      action: 'a',
      subject: { kind: 'k', id: '1' },
      detail: { x: 1 },
    };
    await appendSealed(database, [entry, entry].map(sealedEntry));
    expect(await database.query('SELECT seq, action, detail FROM audit_entry ORDER BY seq')).toEqual([
      { seq: '1', action: 'a', detail: { x: 1 } },
      { seq: '2', action: 'a', detail: { x: 1 } },
    ]);
  });

  it.each(['audit_log', 'audit_checkpoint'])(
    'may not change or take from %s, also where the trigger was lifted',
    async (table) => {
      await database.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
      for (const sql of [`UPDATE ${table} SET seq = seq`, `DELETE FROM ${table}`, `TRUNCATE ${table}`]) {
        await expect(database.query(sql)).rejects.toThrow(`permission denied for table ${table}`);
      }
      await database.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
    },
  );

  it.each(['audit_detail', 'audit_person', 'audit_head'])('may not take from %s', async (table) => {
    await database.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
    await expect(database.query(`DELETE FROM ${table}`)).rejects.toThrow(`permission denied for table ${table}`);
    await database.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
  });
});
