import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Log } from '../../platform/observability/log.js';
import { Metrics } from '../../platform/observability/metrics.js';
import type {
  FromGraph,
  GraphAnswer,
  GraphAsk,
  GraphQuestions,
  GraphState,
  GraphThreadOptions,
  ToGraph,
} from './graph/graph-messages.js';

export const GRAPH_THREAD_OPTIONS = Symbol('GraphThreadOptions');

/** Not while everything else starts, and not for a service that is stopped again at once. */
const START_AFTER_MS = 2000;
const MAX_WAIT_MS = 5000;
const RESTART_MS = { least: 200, most: 30_000 };
/** Arrays are not on the heap; what changed since they were built, and answers, are. */
const MAX_HEAP_MB = 1024;

interface Pending {
  resolve(answer: GraphAnswer | null): void;
  readonly timer: NodeJS.Timeout;
}

/**
 * The current lineage in memory, in a thread of its own. It answers with everything that was committed when it was asked,
 * or not at all: cold, too large, ended or late, and the caller asks the database instead.
 */
@Injectable()
export class MemoryGraph implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private worker: Worker | null = null;
  private readonly pending = new Map<number, Pending>();
  private asked = 0;
  private restartMs = RESTART_MS.least;
  private timer: NodeJS.Timeout | null = null;
  private isStopping = false;
  private known: GraphState = { away: 'COLD', assets: 0, edges: 0, changes: 0, bytes: 0 };

  constructor(
    @Inject(GRAPH_THREAD_OPTIONS) private readonly options: GraphThreadOptions,
    private readonly metrics: Metrics,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setTimeout(() => this.start(), START_AFTER_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    if (this.timer) clearTimeout(this.timer);
    const { worker } = this;
    if (!worker) return;
    worker.postMessage({ type: 'STOP' } satisfies ToGraph);
    await worker.terminate();
  }

  get state(): GraphState {
    return this.known;
  }

  /** Null when it cannot say: ask the database. */
  async ask<Kind extends keyof GraphQuestions>(
    kind: Kind,
    question: GraphQuestions[Kind]['question'],
  ): Promise<GraphQuestions[Kind]['answer'] | null> {
    if (this.isStopping) return null;
    const worker = this.worker ?? this.start();
    if (this.known.away !== null) return this.count('away', null);
    this.asked += 1;
    const id = this.asked;
    const answer = await new Promise<GraphAnswer | null>((resolve) => {
      const timer = setTimeout(() => this.settle(id, null), MAX_WAIT_MS);
      this.pending.set(id, { resolve, timer });
      worker.postMessage({ type: 'ASK', id, ask: { kind, question } as GraphAsk } satisfies ToGraph);
    });
    return this.count(answer ? 'memory' : 'away', answer as GraphQuestions[Kind]['answer'] | null);
  }

  private count<Answer>(engine: 'memory' | 'away', answer: Answer): Answer {
    const { away } = this.known;
    if (engine === 'memory') this.metrics.lineageAnswers.inc({ engine, reason: '' });
    else this.metrics.lineageAnswers.inc({ engine: 'sql', reason: away ?? 'LATE' });
    return answer;
  }

  private start(): Worker {
    if (this.timer) clearTimeout(this.timer);
    // No environment: the thread needs none, and it holds secrets.
    const worker = new Worker(threadFile(), {
      workerData: this.options,
      env: {},
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    });
    worker.unref();
    worker.on('message', (message: FromGraph) => this.hear(message));
    worker.on('error', (error: Error) => this.log.error('The lineage graph failed; it starts again.', { error }));
    worker.on('exit', () => this.ended(worker));
    this.worker = worker;
    return worker;
  }

  private hear(message: FromGraph): void {
    switch (message.type) {
      case 'ANSWER':
        return this.settle(message.id, message.answer);
      case 'AWAY':
        this.know({ ...this.known, away: message.away });
        return this.settle(message.id, null);
      case 'STATE':
        return this.know(message.state);
      case 'REBUILT':
        this.restartMs = RESTART_MS.least;
        return this.metrics.lineageRebuilds.observe({ outcome: 'rebuilt' }, message.seconds);
      case 'REBUILD_FAILED':
        this.log.warn('The lineage graph is not in memory; the database answers.', { reason: message.reason });
        return this.metrics.lineageRebuilds.observe({ outcome: message.isTooLarge ? 'too_large' : 'failed' }, 0);
    }
  }

  private know(state: GraphState): void {
    this.known = state;
    this.metrics.lineageGraphWarm.set(state.away === null ? 1 : 0);
    this.metrics.lineageGraphEdges.set(state.edges);
    this.metrics.lineageGraphChanges.set(state.changes);
    this.metrics.lineageGraphBytes.set(state.bytes);
  }

  private ended(worker: Worker): void {
    if (this.worker === worker) this.worker = null;
    this.know({ away: 'COLD', assets: 0, edges: 0, changes: 0, bytes: 0 });
    for (const id of this.pending.keys()) this.settle(id, null);
    if (this.isStopping) return;
    this.metrics.lineageGraphCrashes.inc();
    this.timer = setTimeout(() => this.start(), this.restartMs).unref();
    this.restartMs = Math.min(this.restartMs * 2, RESTART_MS.most);
  }

  private settle(id: number, answer: GraphAnswer | null): void {
    const pending = this.pending.get(id);
    if (!pending) return;
    this.pending.delete(id);
    clearTimeout(pending.timer);
    pending.resolve(answer);
  }
}

/** Threads know no TypeScript: run from its sources, the service uses the built one. */
function threadFile(): string {
  const isSource = import.meta.url.endsWith('.ts');
  const file = isSource ? '../../../dist/features/lineage/graph/graph-thread.js' : './graph/graph-thread.js';
  return fileURLToPath(new URL(file, import.meta.url));
}
