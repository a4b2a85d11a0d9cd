import { Global, Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { fileURLToPath } from 'node:url';
import { explainServerError } from './database-start-error.js';
import { Database } from './database.js';
import { migrate, migrationsIn } from './migrations.js';

const MIGRATIONS_FOLDER = fileURLToPath(new URL('../../../migrations', import.meta.url));

/** `url` is a Postgres URL; where that server comes from (embedded or external) is the caller's business. */
export interface DatabaseOptions {
  readonly url: string;
  readonly poolSize: number;
  /** Seen in pg_stat_activity; begins with 'cadastre'. */
  readonly applicationName: string;
}

@Global()
@Module({})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  static with(options: DatabaseOptions): DynamicModule {
    return {
      module: DatabaseModule,
      providers: [{ provide: DataSource, useFactory: () => openDataSource(options) }, Database],
      exports: [DataSource, Database],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.dataSource.destroy();
  }
}

async function openDataSource(options: DatabaseOptions): Promise<DataSource> {
  const dataSource = new DataSource({
    type: 'postgres',
    url: options.url,
    applicationName: options.applicationName,
    poolSize: options.poolSize,
    migrations: migrationsIn(MIGRATIONS_FOLDER),
    migrationsTableName: 'migration',
    extra: { statement_timeout: 60_000, idle_in_transaction_session_timeout: 120_000 },
    logging: false,
  });
  try {
    await dataSource.initialize();
    await migrate(dataSource);
  } catch (error) {
    if (dataSource.isInitialized) await dataSource.destroy();
    throw explainServerError(error, options.url);
  }
  return dataSource;
}
