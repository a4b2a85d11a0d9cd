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
  readonly ingestBacklog = new Gauge({
    name: 'cadastre_ingest_backlog',
    help: 'Messages received and not yet projected.',
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
