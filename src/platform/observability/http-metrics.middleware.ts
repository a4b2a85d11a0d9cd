import type { RequestHandler } from 'express';
import type { Metrics } from './metrics.js';

/** Every route we answer. Longer ones first: the first that fits is the label. */
const ROUTES = [
  '/graphql',
  '/api/v1/lineage',
  '/api/v1/dbt',
  '/api/v1/ingest',
  '/api/v1/dump',
  '/health',
  '/metrics',
  '/explorer',
  '/auth',
  '/scim',
];

/** Counts and times requests. To be used first, so that refused ones count too. */
export function httpMetricsMiddleware(metrics: Metrics): RequestHandler {
  return (request, response, next) => {
    const { method, path } = request;
    const observe = metrics.httpRequests.startTimer({ method, route: routeOf(path) });
    // 'close' comes once for every response, also for one that the caller did not wait for.
    response.once('close', () => observe({ status: String(response.statusCode) }));
    next();
  };
}

/** One of the known routes, or 'other': a raw path would let callers make as many time series as they like. */
export function routeOf(path: string): string {
  if (path === '/') return '/';
  return ROUTES.find((route) => path === route || path.startsWith(`${route}/`)) ?? 'other';
}
