import type { INestApplication } from '@nestjs/common';
import express, { type ErrorRequestHandler } from 'express';
import type { Config } from './config/config.js';
import { authenticationMiddleware } from './platform/auth/authentication.middleware.js';
import { Authenticator } from './platform/auth/authenticator.js';
import { httpMetricsMiddleware } from './platform/observability/http-metrics.middleware.js';
import { Metrics } from './platform/observability/metrics.js';
import { requestIdMiddleware } from './platform/observability/request-id.middleware.js';

/** What every request passes before a controller or GraphQL sees it: a request id, a known caller, a bounded body. */
export function configureHttp(app: INestApplication, config: Pick<Config, 'maxGraphqlBytes' | 'trustedProxies'>): void {
  const server: express.Express = app.getHttpAdapter().getInstance();
  server.disable('x-powered-by');
  // None by default: what a request says of where it comes from is then not believed.
  server.set('trust proxy', config.trustedProxies);
  app.use(httpMetricsMiddleware(app.get(Metrics)));
  app.use(requestIdMiddleware);
  app.use(authenticationMiddleware(app.get(Authenticator)));
  // Ingestion reads its bodies itself: they may be large and compressed.
  app.use('/graphql', express.json({ limit: config.maxGraphqlBytes }), graphqlBodyErrors(config.maxGraphqlBytes));
  app.use(
    '/scim',
    express.json({ limit: MAX_SCIM_BYTES, type: ['application/json', 'application/scim+json'] }),
    scimBodyErrors,
  );
  app.use('/access', express.json({ limit: MAX_QUESTION_BYTES }), questionBodyErrors);
}

/** A group with tens of thousands of members. */
const MAX_SCIM_BYTES = 4 * 1024 * 1024;

const scimBodyErrors: ErrorRequestHandler = (error: { status?: unknown }, _request, response, next) => {
  if (typeof error.status !== 'number' || error.status >= 500) return next(error);
  const detail = error.status === 413 ? `The body is larger than ${MAX_SCIM_BYTES} bytes.` : 'The body is no JSON.';
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:Error'];
  response.status(error.status).json({ schemas, status: String(error.status), scimType: 'invalidSyntax', detail });
};

/** A thousand questions, each with what is known of its subject and resource. */
const MAX_QUESTION_BYTES = 2 * 1024 * 1024;

/** Enforcement points are told what is wrong, and never that it is our fault. */
const questionBodyErrors: ErrorRequestHandler = (
  error: { status?: unknown; type?: unknown },
  _request,
  response,
  next,
) => {
  if (typeof error.status !== 'number' || error.status >= 500) return next(error);
  const isTooLarge = error.type === 'entity.too.large';
  const message = isTooLarge
    ? `The body is larger than ${MAX_QUESTION_BYTES} bytes.`
    : 'The request body cannot be read as JSON.';
  response.status(error.status).json({ error: { code: isTooLarge ? 'TOO_LARGE' : 'INVALID', message } });
};

/** Clients of GraphQL look for `errors`, also when the body could not be read. */
function graphqlBodyErrors(limit: number): ErrorRequestHandler {
  return (error: { status?: unknown; type?: unknown }, _request, response, next) => {
    if (error.type === 'entity.too.large') {
      const message = `The request body is larger than ${limit} bytes.`;
      response.status(413).json({ errors: [{ message, extensions: { code: 'BODY_TOO_LARGE', limit } }] });
    } else if (typeof error.status === 'number' && error.status < 500) {
      const message = 'The request body cannot be read as JSON.';
      response.status(error.status).json({ errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] });
    } else next(error);
  };
}
