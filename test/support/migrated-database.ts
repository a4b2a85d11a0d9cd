import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { inject } from 'vitest';

const FOLDER = join(import.meta.dirname, '../../migrations');

export interface MigratedDatabase {
  readonly dataSource: DataSource;
  /** Runs one migration file, given by its name. */
  migrate(file: string): Promise<void>;
  close(): Promise<void>;
}

/** A database of its own, as the migrations before that number leave it. */
export async function databaseBefore(number: string): Promise<MigratedDatabase> {
  const admin = new pg.Client({ connectionString: inject('testServerUrl') });
  await admin.connect();
  const name = `migration_${randomBytes(6).toString('hex')}`;
  await admin.query(`CREATE DATABASE ${name}`);
  const url = Object.assign(new URL(inject('testServerUrl')), { pathname: `/${name}` });
  const dataSource = await new DataSource({ type: 'postgres', url: url.href }).initialize();
  const migrate = async (file: string): Promise<void> => {
    await dataSource.query(readFileSync(join(FOLDER, file), 'utf8'));
  };
  for (const file of readdirSync(FOLDER).sort()) if (file < number) await migrate(file);
  return {
    dataSource,
    migrate,
    async close() {
      await dataSource.destroy();
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await admin.end();
    },
  };
}
