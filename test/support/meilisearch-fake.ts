import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FakeError, FakeIndex } from './meilisearch-fake-index.js';

/**
 * NOT Meilisearch: a fake of the part of its HTTP API (version 1.50) that the service speaks, for tests on machines
 * without the server. It holds documents in memory and follows the documentation, and the source where that is silent, in:
 * keys, error codes, asynchronous tasks, indexes that documents make by themselves, settings that decide what may be
 * filtered, sorted, compared and searched in facets, the filter grammar with its depth, equality that folds case, values cut
 * at 468 bytes, sort by number before text, caps on totals and facet values, facet search by beginning with typing errors,
 * swap and rename.
 * It leaves out: full text (`q` is refused), ranking rules but `sort`, batches, cancelation, persistence, limits of size
 * and time, tenant tokens, and the charabia normalisation of facet search (NFKD and lower case instead). Everything it
 * does not know it refuses, so that a test cannot pass on what was ignored.
 */
export class FakeMeilisearch {
  private readonly indexes = new Map<string, FakeIndex>();
  private readonly tasks: object[] = [];
  /** Requests as `METHOD path`. */
  readonly requests: string[] = [];
  /** Answer to whatever comes, instead of what is asked. */
  status: number | null = null;
  version = '1.50.0';
  /** Tasks are never worked off. */
  isStuck = false;
  /** Requests are never answered. */
  isSilent = false;
  /** So many connections break off before they are answered. */
  cuts = 0;

  private constructor(
    private readonly server: Server,
    readonly port: number,
    readonly key: string,
  ) {}

  /** On loopback; port 0 for any free one. */
  static async start(port = 0, key = `key-${randomInt(2 ** 40)}`): Promise<FakeMeilisearch> {
    const server = createServer((request, response) => void fake.serve(request, response));
    server.keepAliveTimeout = 0;
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    const fake: FakeMeilisearch = new FakeMeilisearch(server, portOf(server), key);
    return fake;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** As a server that crashes: connections break. What it held is in `restart`. */
  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    if (this.server.listening) await once(this.server, 'close');
  }

  /** On the same port with the same documents. */
  async restart(): Promise<FakeMeilisearch> {
    const again = await FakeMeilisearch.start(this.port, this.key);
    for (const [name, index] of this.indexes) again.indexes.set(name, index);
    return again;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '' } = request;
    try {
      const body: unknown = JSON.parse((await textOf(request)) || 'null');
      const { pathname } = new URL(url, this.url);
      this.requests.push(`${method} ${pathname}`);
      if (this.cuts > 0) {
        this.cuts -= 1;
        request.socket.destroy();
        return;
      }
      if (this.isSilent) return;
      if (this.status !== null) throw new FakeError(this.status, 'internal', 'Out of order.');
      this.authorise(request, pathname);
      const [status, answer] = this.answer(method, pathname.split('/').slice(1).map(decodeURIComponent), body);
      send(response, status, answer);
    } catch (error) {
      const { status, code, message } =
        error instanceof FakeError ? error : new FakeError(500, 'internal', String(error));
      send(response, status, { message, code, type: 'invalid_request', link: '' });
    }
  }

  private authorise({ headers }: IncomingMessage, path: string): void {
    if (path === '/health') return;
    if (headers.authorization === undefined) throw new FakeError(401, 'missing_authorization_header', 'No key.');
    if (headers.authorization !== `Bearer ${this.key}`) throw new FakeError(403, 'invalid_api_key', 'Not the key.');
  }

  private answer(method: string, path: readonly string[], body: unknown): [number, unknown] {
    const [first = '', name = '', ...rest] = path;
    switch (`${method} ${first}`) {
      case 'GET health':
        return [200, { status: 'available' }];
      case 'GET version':
        return [200, { commitSha: '', commitDate: '', pkgVersion: this.version }];
      case 'GET tasks':
        return [200, this.tasks[Number(name)] ?? missing('task_not_found', name)];
      case 'POST multi-search':
        return [200, { results: this.multiSearch(body) }];
      case 'POST swap-indexes':
        return [202, this.task('indexSwap', null, () => this.swap(body))];
      case 'POST indexes':
        if (name === '') return [202, this.task('indexCreation', null, () => this.create(body))];
    }
    if (first !== 'indexes' || name === '') throw new FakeError(404, 'not_found', `Not in the fake: ${path.join('/')}`);
    return this.indexAnswer(`${method} ${rest.join('/')}`, name, body);
  }

  private indexAnswer(route: string, name: string, body: unknown): [number, unknown] {
    const index = (): FakeIndex => this.indexes.get(name) ?? missing('index_not_found', name);
    switch (route) {
      case 'GET ':
        return [200, { uid: name, ...index().info() }];
      case 'DELETE ':
        return [202, this.task('indexDeletion', name, () => void (index() && this.indexes.delete(name)))];
      case 'GET stats':
        return [200, index().stats()];
      case 'GET settings/ranking-rules':
        return [200, index().settings.rankingRules];
      case 'PATCH settings':
        return [202, this.task('settingsUpdate', name, () => this.made(name).configure(body))];
      case 'POST documents':
        return [202, this.task('documentAdditionOrUpdate', name, () => this.made(name).add(body))];
      case 'POST documents/delete':
        return [202, this.task('documentDeletion', name, () => index().deleteBy(body))];
      case 'DELETE documents':
        return [202, this.task('documentDeletion', name, () => index().clear())];
      case 'POST facet-search':
        return [200, index().facetSearch(body)];
      default:
        throw new FakeError(404, 'not_found', `Not in the fake: ${route}`);
    }
  }

  /** Documents and settings make their index when there is none. */
  private made(name: string): FakeIndex {
    const index = this.indexes.get(name) ?? new FakeIndex(null);
    this.indexes.set(name, index);
    return index;
  }

  private create(body: unknown): void {
    const { uid, primaryKey } = body as { uid: string; primaryKey: string };
    if (this.indexes.has(uid)) throw new FakeError(409, 'index_already_exists', `Index ${uid} already exists.`);
    this.indexes.set(uid, new FakeIndex(primaryKey));
  }

  private swap(body: unknown): void {
    for (const { indexes, rename } of body as { indexes: [string, string]; rename: boolean }[]) {
      const [left, right] = indexes.map((name) => this.indexes.get(name));
      if (!left) missing('index_not_found', indexes[0]);
      if (rename && right) throw new FakeError(409, 'index_already_exists', `Index ${indexes[1]} already exists.`);
      if (!rename && !right) missing('index_not_found', indexes[1]);
      this.indexes.delete(indexes[0]);
      if (left) this.indexes.set(indexes[1], left);
      if (right) this.indexes.set(indexes[0], right);
    }
  }

  private multiSearch(body: unknown): object[] {
    const { queries } = body as { queries: ({ indexUid: string } & Record<string, unknown>)[] };
    return queries.map(({ indexUid, ...query }) => ({
      indexUid,
      ...(this.indexes.get(indexUid) ?? missing('index_not_found', indexUid)).search(query),
    }));
  }

  /** Done a moment after it was acknowledged. */
  private task(type: string, indexUid: string | null, work: () => void): object {
    const taskUid = this.tasks.length;
    const enqueued = { indexUid, type, enqueuedAt: new Date().toISOString() };
    this.tasks.push({ uid: taskUid, ...enqueued, status: 'enqueued', error: null });
    if (this.isStuck) return { taskUid, ...enqueued, status: 'enqueued' };
    setImmediate(() => {
      this.tasks[taskUid] = { uid: taskUid, ...enqueued, ...outcomeOf(work) };
    });
    return { taskUid, ...enqueued, status: 'enqueued' };
  }
}

function outcomeOf(work: () => void): object {
  try {
    work();
    return { status: 'succeeded', error: null };
  } catch (error) {
    const { code, message } = error instanceof FakeError ? error : new FakeError(500, 'internal', String(error));
    return { status: 'failed', error: { code, message, type: 'invalid_request', link: '' } };
  }
}

function missing(code: string, name: string): never {
  throw new FakeError(404, code, `\`${name}\` not found.`);
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
