import express from 'express';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestServices } from '../../../test/support/services.js';
import { httpMetricsMiddleware, routeOf } from '../observability/http-metrics.middleware.js';
import { currentRequest } from '../observability/request-context.js';
import { requestIdMiddleware } from '../observability/request-id.middleware.js';
import { actorOf, authenticationMiddleware } from './authentication.middleware.js';

let services: TestServices;
let app: express.Express;
const parsed: string[] = [];
beforeAll(async () => {
  services = await TestServices.open();
  app = express();
  app.use(
    httpMetricsMiddleware(services.metrics),
    requestIdMiddleware,
    authenticationMiddleware(services.authenticator),
  );
  app.use((incoming, _response, next) => {
    parsed.push(incoming.path);
    next();
  });
  app.use((incoming, response) => {
    const isOpen = ['/', '/explorer', '/metrics'].includes(incoming.path) || incoming.path.startsWith('/health/');
    const actor = isOpen ? null : actorOf(incoming);
    response.json({
      actor: actor?.handle ?? null,
      channel: actor?.environment?.channel,
      requestId: currentRequest()?.id,
    });
  });
});
afterAll(() => services.close());

describe('authenticationMiddleware', () => {
  it.each(['/', '/explorer', '/metrics', '/health/live', '/health/ready'])('lets everybody read %s', async (path) => {
    expect((await request(app).get(path)).status).toBe(200);
  });

  it.each([
    ['post', '/'],
    ['post', '/graphql'],
    ['get', '/graphql'],
    ['post', '/api/v1/lineage'],
    ['get', '/api/v1/dump'],
    ['get', '/explorer/../graphql'],
    ['get', '/METRICS/'],
  ] as const)('answers %s %s without a token with 401 before anything else runs', async (method, path) => {
    parsed.length = 0;
    const { body, headers } = await request(app)[method](path).expect(401);
    expect(headers['www-authenticate']).toBe('Bearer');
    expect(body.error.code).toBe('UNAUTHENTICATED');
    expect(body.errors[0].extensions.code).toBe('UNAUTHENTICATED');
    expect(parsed).toEqual([]);
  });

  it.each(['Basic YTpi', 'Bearer', 'Bearer a b', 'cad_x', `Bearer ${'x'.repeat(201)}`, 'Bearer cad_unknown'])(
    'refuses %s',
    async (header) => {
      expect((await request(app).get('/graphql').set('Authorization', header)).status).toBe(401);
    },
  );

  it('writes nothing down about a request without a token', async () => {
    const before = (await services.auditOf('signInRefused')).length;
    await request(app).get('/graphql').expect(401);
    expect(await services.auditOf('signInRefused')).toHaveLength(before);
  });

  it('hands the actor to whatever comes after', async () => {
    const { secret } = await services.tokenOf('ann');
    const { body } = await request(app).get('/graphql').set('Authorization', `bearer ${secret}`).expect(200);
    expect(body.actor).toBe('ann');
  });

  it.each([
    ['/graphql', 'graphql'],
    ['/GraphQL/', 'graphql'],
    ['/Access/v1/evaluation', 'authzen'],
    ['/api/v1/search', 'rest'],
  ])('says by which channel %s is asked, as routes read it', async (path, channel) => {
    const { secret } = await services.tokenOf('ann');
    const { body } = await request(app).get(path).set('Authorization', `Bearer ${secret}`).expect(200);
    expect(body.channel).toBe(channel);
  });
});

describe('requestIdMiddleware', () => {
  it('keeps a plain id and puts it on audit entries', async () => {
    const { id, secret } = await services.tokenOf('ben');
    const answer = await request(app)
      .get('/graphql')
      .set('X-Request-Id', 'job-7.a_b')
      .set('Authorization', `Bearer ${secret}`);
    expect(answer.headers['x-request-id']).toBe('job-7.a_b');
    expect(answer.body.requestId).toBe('job-7.a_b');
    const signIn = (await services.auditOf('signIn')).find((line) => line.subject_id === id);
    expect(signIn?.request_id).toBe('job-7.a_b');
  });

  it.each(['', 'a b', 'a"b', 'x'.repeat(129)])('makes a new one in place of %j', async (given) => {
    const { headers } = await request(app).get('/health/live').set('X-Request-Id', given);
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('httpMetricsMiddleware', () => {
  it('counts refused requests too, by known route', async () => {
    await request(app).post('/graphql').expect(401);
    const text = await services.metrics.registry.getSingleMetricAsString('cadastre_http_request_duration_seconds');
    expect(text).toContain('method="POST",route="/graphql",status="401"');
  });

  it.each([
    ['/', '/'],
    ['/graphql', '/graphql'],
    ['/api/v1/lineage/batch', '/api/v1/lineage'],
    ['/graphqlx', 'other'],
    ['/wp-admin/1234', 'other'],
  ])('labels %s as %s', (path, route) => {
    expect(routeOf(path)).toBe(route);
  });
});
