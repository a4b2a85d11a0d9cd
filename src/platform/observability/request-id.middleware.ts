import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import { withRequest } from './request-context.js';

/** Takes the caller's X-Request-Id when it is harmless to print, else makes one; answers with it. */
export const requestIdMiddleware: RequestHandler = (request, response, next) => {
  const given = request.header('x-request-id');
  const id = given !== undefined && /^[A-Za-z0-9._:/+=@~-]{1,128}$/.test(given) ? given : randomUUID();
  response.setHeader('X-Request-Id', id);
  withRequest({ id }, next);
};
