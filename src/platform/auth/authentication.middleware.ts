import type { Request, RequestHandler, Response } from 'express';
import type { Actor, Environment } from '../../core/actor.js';
import { Forbidden, Unavailable } from '../../core/errors.js';
import { isPurposeOf, under } from '../access/environment.js';
import { plainAddress } from '../access/network.js';
import type { Authenticator } from './authenticator.js';
import { cookieOf, isSameOrigin } from './browser.js';
import { SignInRefused } from './sign-in-refused.js';

// Beside the request, not on it: nothing that parses a request can put an actor there.
const actors = new WeakMap<object, Actor>();

/** What tells nothing about the catalog. `GET /` and the explorer are pages without data: they ask with a token. */
const OPEN = new Set([
  'GET /',
  'GET /explorer',
  'GET /health/live',
  'GET /health/ready',
  'GET /metrics',
  'GET /.well-known/authzen-configuration',
  'GET /auth/login',
  'GET /auth/callback',
  'GET /auth/logout',
  'POST /auth/logout',
]);

/** The authenticated actor of a request. @throws when the request came past authentication. */
export function actorOf(request: object): Actor {
  const actor = actors.get(request);
  if (!actor) throw new Error('A request that needs an actor was not authenticated.');
  return actor;
}

/** To be used before body parsers: who we do not know cannot make us read a body. */
export function authenticationMiddleware(authenticator: Authenticator): RequestHandler {
  return async (request, response, next) => {
    try {
      if (isOpen(request)) return next();
      const actor = await authenticated(request, authenticator);
      actors.set(request, under(actor, checkedEnvironment(request, actor)));
      next();
    } catch (error) {
      if (error instanceof SignInRefused) refuse(response, error.message);
      else if (error instanceof Forbidden) answer(response, 403, error);
      else if (error instanceof Unavailable) answer(response, 503, error);
      else next(error);
    }
  };
}

/** @throws SignInRefused, Forbidden, Unavailable */
async function authenticated(request: Request, authenticator: Authenticator): Promise<Actor> {
  const session = sessionOf(request, authenticator.sessionCookie);
  if (session !== null) return bySession(request, session, authenticator);
  const secret = bearerSecret(request);
  // A request without a token is not a refused sign-in: probes would fill the audit log.
  if (secret === null) throw new SignInRefused('Send a token: `Authorization: Bearer cad_…`.');
  const actor = await authenticator.authenticate(secret);
  if (actor) return actor;
  throw new SignInRefused('The token is unknown, expired or revoked. Ask an administrator for a new one.');
}

async function bySession(request: Request, session: string, authenticator: Authenticator): Promise<Actor> {
  if (!isSafe(request) && !isSameOrigin(request))
    throw new Forbidden('A session changes something only from a page of this service.');
  const actor = await authenticator.authenticateSession(session);
  if (actor) return actor;
  throw new SignInRefused('The session has ended. Sign in again: open /auth/login.');
}

/** A token in the header comes first: whoever sends one means it. */
function sessionOf(request: Request, cookie: string | null): string | null {
  return cookie === null || request.headers.authorization !== undefined ? null : cookieOf(request, cookie);
}

function isSafe({ method }: Request): boolean {
  return method === 'GET' || method === 'HEAD';
}

function isOpen({ method, path }: Request): boolean {
  return OPEN.has(`${method === 'HEAD' ? 'GET' : method} ${path}`);
}

function bearerSecret(request: Request): string | null {
  return /^Bearer +(\S{1,16000})$/i.exec(request.headers.authorization ?? '')?.[1] ?? null;
}

/** @throws Forbidden for a purpose that the account does not have. */
function checkedEnvironment(request: Request, { attributes }: Actor): Environment {
  const environment = environmentOf(request);
  const { purpose } = environment;
  if (purpose === null || isPurposeOf(attributes, purpose)) return environment;
  const quoted = `'${purpose.slice(0, 100)}'`;
  throw new Forbidden(
    `Your account has not the purpose ${quoted} that the header Cadastre-Purpose names. Leave it out, or ask an administrator.`,
  );
}

/** What policies may ask of a request. Only what the command line says of itself is believed; it opens nothing else. */
function environmentOf(request: Request): Environment {
  const purpose = request.headers['cadastre-purpose'];
  return {
    // Of whoever a trusted proxy names, when it came from one.
    ip: plainAddress(request.ip ?? ''),
    purpose: typeof purpose === 'string' && purpose.trim() !== '' ? decoded(purpose.trim()) : null,
    channel: request.headers['cadastre-channel'] === 'cli' ? 'cli' : channelOf(request.path),
  };
}

/** Routes do not mind the case of a path, so neither may this. */
function channelOf(requested: string): 'graphql' | 'authzen' | 'rest' {
  const path = requested.toLowerCase();
  if (path.startsWith('/graphql')) return 'graphql';
  return path.startsWith('/access/') ? 'authzen' : 'rest';
}

/** Headers hold no letters beyond ASCII: purposes that have some come percent-encoded. */
function decoded(header: string): string {
  try {
    return decodeURIComponent(header);
  } catch {
    return header;
  }
}

function refuse(response: Response, message: string): void {
  response.set('WWW-Authenticate', 'Bearer');
  answer(response, 401, { code: 'UNAUTHENTICATED', message });
}

/** GraphQL clients look for `errors`, all others for `error`. */
function answer(response: Response, status: number, { code, message }: { code: string; message: string }): void {
  response.status(status).json({ error: { code, message }, errors: [{ message, extensions: { code } }] });
}
