import { DataSource } from 'typeorm';
import { SYSTEM_ACTOR, type Actor } from '../../src/core/actor.js';
import { IdentityRepository } from '../../src/features/identity/identity.repository.js';
import { IdentityService } from '../../src/features/identity/identity.service.js';
import { PoliciesRepository } from '../../src/features/policies/policies.repository.js';
import { PoliciesService } from '../../src/features/policies/policies.service.js';
import { Access } from '../../src/platform/access/access.js';
import { PolicyStore } from '../../src/platform/access/policy-store.js';
import { AuditTrail } from '../../src/platform/audit/audit-trail.js';
import { Authenticator } from '../../src/platform/auth/authenticator.js';
import { Database } from '../../src/platform/database/database.js';
import { Events } from '../../src/platform/events/events.js';
import { Metrics } from '../../src/platform/observability/metrics.js';
import { openTestDatabase } from './database.js';

export interface AuditLine {
  readonly actor_handle: string;
  readonly action: string;
  readonly subject_kind: string;
  readonly subject_id: string;
  readonly decision: string | null;
  readonly policy_id: string | null;
  readonly request_id: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Accounts, policies and sign-in on a database of their own, without HTTP; the default policies are in force. */
export class TestServices {
  readonly events: Events;
  readonly audit: AuditTrail;
  readonly store: PolicyStore;
  readonly access: Access;
  readonly metrics = new Metrics();
  readonly authenticator: Authenticator;
  readonly identity: IdentityService;
  readonly policies: PoliciesService;

  private constructor(
    readonly database: Database,
    readonly close: () => Promise<void>,
  ) {
    this.events = new Events(database);
    this.audit = new AuditTrail(database);
    this.store = new PolicyStore(database);
    this.access = new Access({ load: (version) => this.store.load(version), now: () => new Date() });
    this.authenticator = new Authenticator(database, this.audit, this.metrics);
    this.identity = new IdentityService(database, new IdentityRepository(database), this.access, this.events);
    this.policies = new PoliciesService(database, new PoliciesRepository(database), this.access, this.events, {
      needsSecondPerson: false,
    });
  }

  static async open(): Promise<TestServices> {
    const test = await openTestDatabase();
    const dataSource = await new DataSource({ type: 'postgres', url: test.url }).initialize();
    const services = new TestServices(new Database(dataSource), async () => {
      await dataSource.destroy();
      await test.close();
    });
    await services.policies.applyFirst();
    return services;
  }

  /** The account's new token; the account is made when there is none. */
  async tokenOf(
    handle: string,
    roles: readonly string[] = [],
    attributes: unknown = {},
  ): Promise<{ id: string; secret: string }> {
    await this.identity.ensureAccount({ kind: 'PERSON', handle, name: handle, roles, attributes });
    const { token, secret } = await this.identity.createToken(SYSTEM_ACTOR, { account: handle, name: 'test' });
    return { id: token.id, secret };
  }

  /** Somebody as a request of theirs sees them: with the policies that are in force now. */
  async actor(handle: string, roles: readonly string[] = [], attributes: unknown = {}): Promise<Actor> {
    const actor = await this.authenticator.authenticate((await this.tokenOf(handle, roles, attributes)).secret);
    if (!actor) throw new Error(`${handle} was refused.`);
    return actor;
  }

  async auditOf(action: string): Promise<AuditLine[]> {
    return this.database.query<AuditLine>('SELECT * FROM audit_entry WHERE action = $1 ORDER BY seq', [action]);
  }

  /** How many SQL statements the work sends. */
  async statementsOf(work: () => Promise<unknown>): Promise<number> {
    const before = this.database.statementCount;
    await work();
    return this.database.statementCount - before;
  }
}
