import { fileURLToPath } from 'node:url';
import { Injectable } from '@nestjs/common';
import { SYSTEM_ACTOR } from '../core/actor.js';
import { AssetEditor } from '../features/assets/index.js';
import { IdentityService } from '../features/identity/index.js';
import { IngestionService, Projector } from '../features/ingestion/index.js';
import { PoliciesService } from '../features/policies/index.js';
import { Database } from '../platform/database/database.js';
import { dbtArtifacts, loadCompany, openLineageEvents, type Company } from './company.js';

const DEMO_FOLDER = fileURLToPath(new URL('../../demo', import.meta.url));

/** Loads the demo company once, through the same doors as everybody else's metadata. */
@Injectable()
export class DemoLoader {
  constructor(
    private readonly database: Database,
    private readonly identity: IdentityService,
    private readonly policies: PoliciesService,
    private readonly ingestion: IngestionService,
    private readonly projector: Projector,
    private readonly editor: AssetEditor,
  ) {}

  /** A second call does nothing; one after a call that was killed midway goes on, because every step can be repeated. */
  async load(now: Date): Promise<void> {
    const done = await this.database.queryOne(`SELECT 1 AS done FROM setting WHERE key = 'demo.loadedAt'`);
    if (done) return;
    const company = loadCompany(DEMO_FOLDER);
    await this.loadPeople(company);
    await this.policies.applyAtBootstrap(company.policies);
    await this.ingestion.accept(SYSTEM_ACTOR, 'OPENLINEAGE', openLineageEvents(company, now));
    await this.ingestion.accept(SYSTEM_ACTOR, 'DBT', [
      { ...dbtArtifacts(company, now), datasetNamespace: 'snowflake://northlight-eu1' },
    ]);
    while ((await this.projector.projectBatch()) > 0);
    await this.loadWords(company);
    await this.database.query(
      `INSERT INTO setting VALUES ('demo.loadedAt', to_jsonb(now())) ON CONFLICT (key) DO NOTHING`,
    );
  }
}
