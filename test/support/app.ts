import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import request, { type Test } from 'supertest';
import { AppModule } from '../../src/app.module.js';
import { loadConfig } from '../../src/config/config.js';
import { SYSTEM_ACTOR } from '../../src/core/actor.js';
import { DemoLoader } from '../../src/demo/demo-loader.js';
import { IdentityService } from '../../src/features/identity/index.js';
import { IngestionRepository } from '../../src/features/ingestion/index.js';
import { PoliciesService } from '../../src/features/policies/index.js';
import { configureHttp } from '../../src/http.js';
import { Database } from '../../src/platform/database/database.js';
import { Followers } from '../../src/platform/events/followers.js';
import { Log } from '../../src/platform/observability/log.js';
import { openTestDatabase, type TestDatabase } from './database.js';
import { requireProperties } from './strict-fields.js';

/** An account to make before the test; `admin` with the role `admin` is always there. */
export interface TestAccount {
  readonly handle: string;
  readonly roles?: readonly string[];
  readonly teams?: readonly string[];
  readonly attributes?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
  /** Null or left out: the token may ingest everywhere. */
  readonly ingestNamespaces?: readonly string[] | null;
  readonly externalIds?: readonly string[];
  readonly email?: string;
  /** Whether attributes that the token sends with a question count. */
  readonly trustsAttributes?: boolean;
}

export interface TestAppOptions {
  readonly accounts?: readonly TestAccount[];
  /** What is in the catalog: nothing, or the demo company with its people and policies. */
  readonly catalog?: 'empty' | 'demo';
  /** Environment variables besides those that make a test. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Somebody's view of the service. */
export interface TestCaller {
  /** Value of the Authorization header. */
  readonly authorization: string;
  /** The `data` of the answer. @throws when there are errors, with all of them. */
  graphql<Data = unknown>(query: string, variables?: object): Promise<Data>;
  /** The whole answer, errors included. */
  graphqlRaw(query: string, variables?: object): Test;
  get(path: string): Test;
  post(path: string, body: unknown): Test;
  /** The whole catalog as canonical JSON. */
  dump(): Promise<string>;
}

export interface TestApp {
  readonly app: NestExpressApplication;
  readonly url: string;
  readonly database: Database;
  /** What the service logged, one JSON line each. */
  readonly logLines: readonly string[];
  as(handle: string): TestCaller;
  /** How many SQL statements the work sends: the fewest of five times, as the workers of the service count too. */
  statementsOf(work: () => Promise<unknown>): Promise<number>;
  /** Until everything received is projected and every follower has seen it. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

const KEY_FOLDER = join(tmpdir(), `cadastre-test-keys-${process.pid}`);

/** The whole service over HTTP, on a database of its own. About 0.5 s. */
export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const testDatabase = await openTestDatabase();
  const logLines: string[] = [];
  const app = await createApp(testDatabase, options, logLines);
  const people = options.catalog === 'demo' ? await app.get(DemoLoader, { strict: false }).load(new Date()) : [];
  await app.get(PoliciesService, { strict: false }).applyFirst();
  requireProperties(app.get(GraphQLSchemaHost, { strict: false }).schema);
  const tokens = await makeTokens(app, options.accounts ?? []);
  for (const { handle, token } of people) tokens.set(handle, token);
  const address: unknown = app.getHttpServer().address();
  const port = typeof address === 'object' && address !== null && 'port' in address ? address.port : 0;
  const url = `http://127.0.0.1:${String(port)}`;
  return {
    app,
    url,
    database: app.get(Database),
    logLines,
    as: (handle) => callerOf(url, tokenOf(tokens, handle)),
    statementsOf: (work) => fewestStatements(app.get(Database), work),
    settle: () => settle(app),
    async close() {
      await app.close();
      rmSync(KEY_FOLDER, { recursive: true, force: true });
      await testDatabase.close();
    },
  };
}

async function createApp(
  testDatabase: TestDatabase,
  options: TestAppOptions,
  logLines: string[],
): Promise<NestExpressApplication> {
  const config = loadConfig({
    DATABASE_URL: testDatabase.url,
    CADASTRE_DEMO: 'false',
    CADASTRE_EXPLORER: 'true',
    CADASTRE_POOL_SIZE: '6',
    // Made by the job that signs checkpoints, after a minute: never beside the data of whoever runs the tests.
    CADASTRE_AUDIT_KEY_FILE: join(KEY_FOLDER, 'audit-key.pem'),
    ...options.env,
  });
  const module = AppModule.with({
    config,
    databaseUrl: testDatabase.url,
    log: { level: 'info', destination: { write: (line) => void logLines.push(line) } },
    applicationName: `cadastre-test-${process.pid}`,
  });
  const app = await NestFactory.create<NestExpressApplication>(module, {
    bodyParser: false,
    bufferLogs: true,
    abortOnError: false,
  });
  app.useLogger(app.get(Log));
  configureHttp(app, config);
  await app.listen(0, '127.0.0.1');
  return app;
}

async function makeTokens(app: NestExpressApplication, accounts: readonly TestAccount[]): Promise<Map<string, string>> {
  const identity = app.get(IdentityService, { strict: false });
  const tokens = new Map<string, string>();
  for (const account of [{ handle: 'admin', roles: ['admin'] }, ...accounts]) {
    tokens.set(account.handle, await makeToken(identity, account));
  }
  return tokens;
}

async function makeToken(identity: IdentityService, account: TestAccount): Promise<string> {
  const { handle, roles, teams, attributes, externalIds, email, ingestNamespaces = null, trustsAttributes } = account;
  await identity.ensureAccount({ kind: 'PERSON', handle, name: handle, email, roles, teams, externalIds, attributes });
  const token = { account: handle, name: 'test', ingestNamespaces, trustsAttributes };
  return (await identity.createToken(SYSTEM_ACTOR, token)).secret;
}

function tokenOf(tokens: ReadonlyMap<string, string>, handle: string): string {
  const token = tokens.get(handle);
  if (token === undefined) throw new Error(`The test has no account ${handle}; give it to startTestApp.`);
  return token;
}

function callerOf(url: string, token: string): TestCaller {
  const authorization = `Bearer ${token}`;
  const graphqlRaw = (query: string, variables: object = {}): Test =>
    request(url).post('/graphql').set('Authorization', authorization).send({ query, variables });
  return {
    authorization,
    graphqlRaw,
    async graphql<Data>(query: string, variables: object = {}) {
      const { body } = await graphqlRaw(query, variables);
      if (body.errors || !body.data) throw new Error(`GraphQL answered ${JSON.stringify(body.errors ?? body)}`);
      return body.data as Data;
    },
    get: (path) => request(url).get(path).set('Authorization', authorization),
    post: (path, body) =>
      request(url)
        .post(path)
        .set('Authorization', authorization)
        .set('Content-Type', 'application/json')
        .send(JSON.stringify(body)),
    dump: async () => (await request(url).get('/api/v1/dump').set('Authorization', authorization).expect(200)).text,
  };
}

async function fewestStatements(database: Database, work: () => Promise<unknown>): Promise<number> {
  let fewest = Number.POSITIVE_INFINITY;
  for (let time = 0; time < 5; time += 1) {
    const before = database.statementCount;
    await work();
    fewest = Math.min(fewest, database.statementCount - before);
  }
  return fewest;
}

async function settle(app: NestExpressApplication): Promise<void> {
  const ingestion = app.get(IngestionRepository, { strict: false });
  const followers = app.get(Followers, { strict: false });
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    const { backlog } = await ingestion.counts();
    const states = await followers.states();
    if (backlog === 0 && states.every(({ lag }) => Number(lag) === 0)) return;
    await sleep(20);
  }
  throw new Error('The service did not come to rest within a minute.');
}
