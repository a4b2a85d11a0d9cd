import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import pg from 'pg';
import { FollowedGraph } from './followed-graph.js';
import type { FromBuilder } from './graph-builder-thread.js';
import type { FromGraph, GraphAnswer, GraphAsk, GraphAway, GraphState, GraphThreadOptions } from './graph-messages.js';

const TICK_MS = 1000;
/** After a rebuild that failed, or did not fit. */
const RETRY_MS = { failed: 2000, tooLarge: 60_000 };
/** A transaction that wrote a change and commits after this is read by a rebuild at the latest. */
const KEEP_CHANGES = '24 hours';
/** A process that was stopped for this long may have missed what was purged. */
const MAX_SILENCE_MS = 12 * 3_600_000;
const PURGE_EVERY_MS = 600_000;
/** For what is made while the arrays are built; they themselves are not on the heap. */
const BUILDER_HEAP_MB = 1024;

interface Waiting {
  readonly id: number;
  readonly ask: GraphAsk;
}

/** Keeps one graph, rebuilds it beside the one that answers, and works off the questions. Lives in a thread of its own. */
export class GraphServer {
  private graph: FollowedGraph | null = null;
  private client: pg.Client | null = null;
  private away: GraphAway = 'COLD';
  private waiting: Waiting[] = [];
  private builder: Worker | null = null;
  private isServing = false;
  private caughtUpAt = Date.now();
  private buildAfter = 0;
  private purgeAfter = Date.now() + PURGE_EVERY_MS;
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly options: GraphThreadOptions,
    private readonly tell: (message: FromGraph) => void,
  ) {}

  start(): void {
    this.build();
    this.timer = setInterval(() => void this.tick(), TICK_MS);
  }

  async stop(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    await this.builder?.terminate();
    await this.client?.end().catch(() => undefined);
  }

  /** Answered together with everything else that waits: what was committed until now is in the answer. */
  ask(waiting: Waiting): void {
    this.waiting.push(waiting);
    if (!this.isServing) void this.serve();
  }

  private async serve(): Promise<void> {
    this.isServing = true;
    while (this.waiting.length > 0) {
      const asked = this.waiting.splice(0);
      const graph = await this.caughtUp();
      for (const { id, ask } of asked) {
        const answer = graph && answerOf(graph, ask);
        this.tell(answer ? { type: 'ANSWER', id, answer } : { type: 'AWAY', id, away: this.away });
      }
    }
    this.isServing = false;
  }

  private async tick(): Promise<void> {
    if (!this.isServing) {
      this.isServing = true;
      await this.caughtUp();
      this.isServing = false;
      if (this.waiting.length > 0) void this.serve();
    }
    if (!this.graph || this.graph.isDueForRebuild || this.isOverBudget(this.graph)) this.build();
    if (Date.now() > this.purgeAfter) await this.purge();
    this.tell({ type: 'STATE', state: this.state() });
  }

  /** By what changed since it was read: read anew it takes less, or is refused. */
  private isOverBudget(graph: FollowedGraph): boolean {
    return graph.size.bytes > this.options.budgetBytes;
  }

  private state(): GraphState {
    const { graph, away } = this;
    return graph ? { away: null, ...graph.size } : { away, assets: 0, edges: 0, changes: 0, bytes: 0 };
  }

  /** The graph with everything that is committed now. Another may have taken its place meanwhile, which is behind. */
  private async caughtUp(): Promise<FollowedGraph | null> {
    if (Date.now() - this.caughtUpAt > MAX_SILENCE_MS) this.forget('COLD');
    const { graph } = this;
    if (!graph) return null;
    try {
      this.client ??= await this.connect();
      if (await graph.catchUp(this.client)) {
        this.caughtUpAt = Date.now();
        return graph;
      }
      this.forget('COLD');
      return null;
    } catch {
      // What was missed meanwhile, and whether it is the same database after, nobody knows: it is read anew.
      const client = this.client;
      this.client = null;
      this.forget('DATABASE');
      await client?.end().catch(() => undefined);
      return null;
    }
  }

  private forget(away: GraphAway): void {
    this.graph = null;
    this.away = away;
    this.build();
  }

  private async connect(): Promise<pg.Client> {
    const { url, applicationName } = this.options;
    const client = new pg.Client({ connectionString: url, application_name: applicationName, keepAlive: true });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }

  /** The old graph answers until the new one is there, if the memory is enough for both. */
  private build(): void {
    if (this.builder || Date.now() < this.buildAfter) return;
    const taken = this.graph?.size.bytes ?? 0;
    if (taken * 2 > this.options.budgetBytes) this.graph = null;
    const startedAt = performance.now();
    const budgetBytes = this.options.budgetBytes - (this.graph ? taken : 0);
    const builder = new Worker(fileURLToPath(new URL('./graph-builder-thread.js', import.meta.url)), {
      workerData: { ...this.options, budgetBytes },
      env: {},
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: BUILDER_HEAP_MB },
    });
    this.builder = builder;
    builder.on('message', (message: FromBuilder) => this.built(message, (performance.now() - startedAt) / 1000));
    builder.on('error', (error: Error) => this.built({ type: 'FAILED', reason: error.message, isTooLarge: false }, 0));
    builder.on('exit', () => {
      if (this.builder === builder) this.builder = null;
    });
  }

  private built(message: FromBuilder, seconds: number): void {
    if (message.type === 'BUILT') {
      this.graph = new FollowedGraph(message.graph);
      this.caughtUpAt = Date.now();
      this.tell({ type: 'REBUILT', seconds });
    } else {
      this.buildAfter = Date.now() + (message.isTooLarge ? RETRY_MS.tooLarge : RETRY_MS.failed);
      this.away = message.isTooLarge ? 'OVER_BUDGET' : this.away;
      this.tell({ ...message, type: 'REBUILD_FAILED' });
    }
    this.tell({ type: 'STATE', state: this.state() });
  }

  private async purge(): Promise<void> {
    this.purgeAfter = Date.now() + PURGE_EVERY_MS;
    await this.client
      ?.query(`DELETE FROM lineage_change WHERE at < now() - interval '${KEEP_CHANGES}'`)
      .catch(() => undefined);
  }
}

function answerOf(graph: FollowedGraph, ask: GraphAsk): GraphAnswer {
  switch (ask.kind) {
    case 'walk':
      return graph.walk(ask.question);
    case 'between':
      return graph.between(ask.question);
    case 'impact':
      return graph.impact(ask.question);
  }
}
