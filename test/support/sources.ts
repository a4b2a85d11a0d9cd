import { setTimeout as sleep } from 'node:timers/promises';
import type { TestApp } from './app.js';
import type { CrawledServer } from './crawled-servers.js';

/** The variable that holds the password of the servers that tests crawl. */
export const PASSWORD_VARIABLE = 'CADASTRE_SECRET_TEST_SHOP';

export interface RunView {
  readonly id: string;
  readonly state: string;
  readonly error: string | null;
  readonly requestedBy: string | null;
  readonly counts: Readonly<Record<string, number | null>>;
  readonly log: { readonly nodes: readonly { readonly level: string; readonly message: string }[] };
}

export const RUN_FIELDS = `id state error requestedBy
  counts { created changed unchanged skipped warnings missing removed } log { nodes { level message } }`;
const ENDED = ['COMPLETE', 'HELD', 'FAILED', 'CANCELLED'];

export function sourceInput(server: CrawledServer, change: object = {}): object {
  const { host, port, database, user } = server.target;
  return {
    key: 'shop',
    type: server.crawler.type.toUpperCase(),
    host,
    port,
    database,
    user,
    password: { env: PASSWORD_VARIABLE },
    ssl: 'DISABLE',
    include: ['sales.*'],
    ...change,
  };
}

/** @throws unless it is taken. */
export async function defineSource(test: TestApp, input: object, mutation = 'sourceCreate'): Promise<void> {
  const answer = await test
    .as('admin')
    .graphql<Record<string, { userErrors: object[] }>>(
      `mutation($input: SourceInput!) { ${mutation}(input: $input) { source { key } userErrors { message field } } }`,
      { input },
    );
  const errors = answer[mutation]?.userErrors ?? [];
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
}

export async function startRun(test: TestApp, key = 'shop', removals = 'GUARD'): Promise<string> {
  const { sourceRun } = await test
    .as('admin')
    .graphql<{ sourceRun: { run: { id: string } | null; userErrors: object[] } }>(
      'mutation($key: String!, $removals: SourceRemovals) { sourceRun(key: $key, removals: $removals) { run { id } userErrors { message } } }',
      { key, removals },
    );
  if (!sourceRun.run) throw new Error(JSON.stringify(sourceRun.userErrors));
  return sourceRun.run.id;
}

export async function findRun(test: TestApp, id: string): Promise<RunView> {
  const answer = await test
    .as('admin')
    .graphql<{ sourceRun: RunView }>(`query($id: ID!) { sourceRun(id: $id) { ${RUN_FIELDS} } }`, { id });
  return answer.sourceRun;
}

/** Until the run is as asked. */
export async function runUntil(test: TestApp, id: string, isSo: (run: RunView) => boolean): Promise<RunView> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const run = await findRun(test, id);
    if (isSo(run)) return run;
    if (Date.now() > deadline) throw new Error(`The run stays as it is: ${JSON.stringify(run)}`);
    await sleep(50);
  }
}

/** Runs the source to its end, and until the catalog shows what it found. */
export async function crawl(test: TestApp, key = 'shop', removals = 'GUARD'): Promise<RunView> {
  const id = await startRun(test, key, removals);
  await runUntil(test, id, ({ state }) => ENDED.includes(state));
  await test.settle();
  return findRun(test, id);
}
