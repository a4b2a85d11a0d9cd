import { fileURLToPath } from 'node:url';
import { Injectable } from '@nestjs/common';
import { SYSTEM_ACTOR, type Actor } from '../core/actor.js';
import { AssetEditor, refOf } from '../features/assets/index.js';
import { IdentityService } from '../features/identity/index.js';
import { IngestionService, Projector } from '../features/ingestion/index.js';
import { PoliciesService } from '../features/policies/index.js';
import { Database } from '../platform/database/database.js';
import { dbtArtifacts } from './company-dbt.js';
import { openLineageEvents } from './company-events.js';
import { loadCompany, PLACES, type Company, type DemoAccount, type Words } from './company.js';

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

  /**
   * Only into an empty catalog; a second call loads nothing, and one after a load that was killed goes on with it.
   * @returns the demo people with their tokens, at every call; nobody when the catalog is not the demo's.
   */
  async load(now: Date): Promise<readonly (DemoAccount & { token: string })[]> {
    const company = loadCompany(DEMO_FOLDER);
    const today = await this.dayOfLoad(now);
    if (today === null) return [];
    if (!(await this.isLoaded())) await this.loadCompany(company, today);
    const people: (DemoAccount & { token: string })[] = [];
    for (const account of company.accounts) {
      people.push({ ...account, token: await this.identity.ensureDemoToken(account.handle) });
    }
    return people;
  }

  private async loadCompany(company: Company, today: Date): Promise<void> {
    for (const { about: _, ...account } of company.accounts) await this.identity.ensureAccount(account);
    await this.policies.applyFirst(company.policies);
    await this.ingestion.accept(SYSTEM_ACTOR, 'OPENLINEAGE', openLineageEvents(company, today));
    await this.ingestion.accept(SYSTEM_ACTOR, 'DBT', [dbtArtifacts(company, today)]);
    await this.projected();
    for (const words of company.words) await this.say(words);
    await this.database.query(`INSERT INTO setting VALUES ('demo.loadedAt', to_jsonb(now())) ON CONFLICT (key) DO NOTHING`);
  }

  /** Fixed at the first call, so that a load that goes on later sends the same events. Null: somebody lives here already. */
  private async dayOfLoad(now: Date): Promise<Date | null> {
    const today = now.toISOString().slice(0, 10);
    await this.database.query(
      `INSERT INTO setting SELECT 'demo.day', to_jsonb($1::text) WHERE NOT EXISTS (SELECT 1 FROM account)
       ON CONFLICT (key) DO NOTHING`,
      [today],
    );
    const row = await this.database.queryOne<{ value: string }>(`SELECT value FROM setting WHERE key = 'demo.day'`);
    return row ? new Date(row.value) : null;
  }

  private async isLoaded(): Promise<boolean> {
    return (await this.database.queryOne(`SELECT 1 AS done FROM setting WHERE key = 'demo.loadedAt'`)) !== null;
  }

  /** Another process, or the worker of this one, may be projecting: then wait for it. */
  private async projected(): Promise<void> {
    while ((await this.ingestion.status(SYSTEM_ACTOR)).backlog > 0) {
      if ((await this.projector.projectBatch()) === 0) await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  private async say(words: Words): Promise<void> {
    const place = words.mart === undefined ? PLACES.raw : PLACES.marts;
    const ref = refOf({ kind: 'DATASET', namespace: place.namespace, name: place.nameOf(words.mart ?? words.table ?? '') });
    const actor: Actor = { ...SYSTEM_ACTOR, id: (await this.identity.get(words.by)).id, handle: words.by };
    if (words.description !== undefined) await this.editor.describe(actor, { ref }, words.description);
    if (words.tags) await this.editor.changeTags(actor, { ref }, { add: words.tags });
    if (words.terms) await this.editor.changeTerms(actor, { ref }, { add: words.terms });
    if (words.owners) await this.editor.setOwners(actor, { ref }, words.owners);
  }
}
