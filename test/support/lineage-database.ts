import pg from 'pg';
import { DataSource } from 'typeorm';
import { SYSTEM_ACTOR } from '../../src/core/actor.js';
import { Access, type ActorAccess } from '../../src/platform/access/access.js';
import { Database } from '../../src/platform/database/database.js';
import { openTestDatabase } from './database.js';
import { LINEAGE_POLICIES } from './lineage-rows.js';

/** A database for lineage rows, with a connection of its own for what reads the graph, and somebody whom the rows' policies concern. */
export interface LineageDatabase {
  readonly url: string;
  readonly database: Database;
  readonly client: pg.Client;
  readonly access: ActorAccess;
  close(): Promise<void>;
}

export async function openLineageDatabase(poolSize: number): Promise<LineageDatabase> {
  const testDatabase = await openTestDatabase();
  const dataSource = await new DataSource({ type: 'postgres', url: testDatabase.url, poolSize }).initialize();
  const client = new pg.Client({ connectionString: testDatabase.url });
  await client.connect();
  const actor = { ...SYSTEM_ACTOR, kind: 'PERSON', policyVersion: 1 } as const;
  return {
    url: testDatabase.url,
    database: new Database(dataSource),
    client,
    access: await new Access({ load: async () => LINEAGE_POLICIES, now: () => new Date() }).forActor(actor),
    async close() {
      await client.end();
      await dataSource.destroy();
      await testDatabase.close();
    },
  };
}
