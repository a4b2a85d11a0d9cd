import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Prometheus metrics of this process. Gauges that need the database are filled when they are read. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  private readonly beforeRead: (() => Promise<void>)[] = [];

  readonly httpRequests = new Histogram({
    name: 'cadastre_http_request_duration_seconds',
    help: 'HTTP requests by method, route and status.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [this.registry],
  });
  readonly eventsReceived = new Counter({
    name: 'cadastre_ingest_events_total',
    help: 'Messages received, by outcome: accepted, duplicate, refused.',
    labelNames: ['outcome'] as const,
    registers: [this.registry],
  });
  readonly eventsProjected = new Counter({
    name: 'cadastre_ingest_projected_total',
    help: 'Messages projected, by outcome: projected, failed.',
    labelNames: ['outcome'] as const,
    registers: [this.registry],
  });
  readonly signIns = new Counter({
    name: 'cadastre_authentications_total',
    help: 'Authentications by outcome: accepted, refused.',
    labelNames: ['outcome'] as const,
    registers: [this.registry],
  });
  readonly followerLag = new Gauge({
    name: 'cadastre_follower_lag',
    help: 'Change log entries a follower is behind.',
    labelNames: ['follower'] as const,
    registers: [this.registry],
  });
  readonly partUp = new Gauge({
    name: 'cadastre_part_up',
    help: '1 while a server that only a part of the service needs answers, 0 while it does not.',
    labelNames: ['part'] as const,
    registers: [this.registry],
  });
  readonly ingestBacklog = new Gauge({
    name: 'cadastre_ingest_backlog',
    help: 'Messages received and not yet projected.',
    registers: [this.registry],
  });

  readonly lineageAnswers = new Counter({
    name: 'cadastre_lineage_answers_total',
    help: 'Lineage questions by what answered them, memory or sql, and why it was not memory.',
    labelNames: ['engine', 'reason'] as const,
    registers: [this.registry],
  });
  readonly lineageRebuilds = new Histogram({
    name: 'cadastre_lineage_rebuild_seconds',
    help: 'Reading the lineage graph into memory, by outcome: rebuilt, failed, too_large.',
    labelNames: ['outcome'] as const,
    buckets: [0.1, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers: [this.registry],
  });
  readonly lineageGraphWarm = new Gauge({
    name: 'cadastre_lineage_graph_warm',
    help: '1 while the lineage graph in memory answers.',
    registers: [this.registry],
  });
  readonly lineageGraphEdges = new Gauge({
    name: 'cadastre_lineage_graph_edges',
    help: 'Half edges (asset to job, job to asset) of the lineage graph in memory when it was read.',
    registers: [this.registry],
  });
  readonly lineageGraphChanges = new Gauge({
    name: 'cadastre_lineage_graph_changes',
    help: 'Half edges that changed since the lineage graph was read into memory.',
    registers: [this.registry],
  });
  readonly lineageGraphBytes = new Gauge({
    name: 'cadastre_lineage_graph_bytes',
    help: 'Memory of the lineage graph.',
    registers: [this.registry],
  });
  readonly lineageGraphCrashes = new Counter({
    name: 'cadastre_lineage_graph_crashes_total',
    help: 'Times the thread of the lineage graph ended unasked.',
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  onRead(fill: () => Promise<void>): void {
    this.beforeRead.push(fill);
  }

  async read(): Promise<string> {
    for (const fill of this.beforeRead) await fill();
    return this.registry.metrics();
  }
}
