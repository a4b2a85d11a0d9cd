import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';

/** Any fixed number: two processes that start together must not migrate together. */
const MIGRATION_LOCK = 7_201_001;

/**
 * Forward-only SQL files (`0001-foundation.sql`) as TypeORM migrations. TypeORM orders by the last 13 digits of the
 * class name, so the file's number is padded to them.
 */
export function migrationsIn(folder: string): (new () => MigrationInterface)[] {
  return readdirSync(folder)
    .filter((file) => /^\d{4}-[a-z0-9-]+\.sql$/.test(file))
    .sort()
    .map((file) => migrationOf(file, readFileSync(join(folder, file), 'utf8')));
}

function migrationOf(file: string, sql: string): new () => MigrationInterface {
  const number = file.slice(0, 4);
  const title = file.slice(5, -4).replaceAll('-', '_');
  return class implements MigrationInterface {
    readonly name = `${title}_${number.padStart(13, '0')}`;

    async up(runner: QueryRunner): Promise<void> {
      await runner.query(sql);
    }

    async down(): Promise<void> {
      throw new Error(`${file} does not go back: migrations are forward only.`);
    }
  };
}

/** Brings the schema up to date; a second process waits for the first. */
export async function migrate(dataSource: DataSource): Promise<void> {
  const runner = dataSource.createQueryRunner();
  await runner.connect();
  try {
    await runner.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await dataSource.runMigrations({ transaction: 'each' });
  } finally {
    await runner.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    await runner.release();
  }
}
