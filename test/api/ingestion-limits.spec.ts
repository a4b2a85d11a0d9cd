import { gzipSync } from 'node:zlib';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.js';

const MiB = 1024 * 1024;
const JOB = { namespace: 'flow', name: 'x' };

const event = (name: string, facets: object = {}): Record<string, unknown> => ({
  eventType: 'COMPLETE',
  eventTime: '2026-05-01T10:00:00Z',
  run: { runId: `run-${name}` },
  job: { namespace: 'flow', name },
  outputs: [{ namespace: 'files', name, facets }],
});

describe('what the ingestion endpoints are sent', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.close());

  const send = (body: string | Buffer, headers: Record<string, string> = {}): request.Test => {
    const sent = request(test.url)
      .post('/api/v1/lineage')
      .set('Authorization', test.as('admin').authorization)
      .set('Content-Type', 'application/json');
    for (const [name, value] of Object.entries(headers)) void sent.set(name, value);
    // supertest would write a Buffer as JSON.
    return sent.serialize((raw) => raw as unknown as string).send(body as string);
  };

  it.each([
    ['broken JSON', '{"eventTime":', 'not valid JSON'],
    ['no JSON at all', 'hello', 'not valid JSON'],
    ['nothing', '', 'not valid JSON'],
    ['deep nesting', `${'['.repeat(10_000)}${']'.repeat(10_000)}`, 'nests deeper'],
    ['half a gzip', gzipSync('{}').subarray(0, 12), 'cannot be inflated'],
    ['a number', '7', 'object'],
    ['a wrong type', JSON.stringify({ ...event('x'), eventTime: 7 }), 'eventTime'],
    ['an impossible time', JSON.stringify({ ...event('x'), eventTime: 'yesterday' }), 'eventTime'],
    ['inputs that are no list', JSON.stringify({ ...event('x'), inputs: { namespace: 'a', name: 'b' } }), "'inputs'"],
    ['a dataset that is no object', JSON.stringify({ ...event('x'), outputs: ['files'] }), "'outputs.0.namespace'"],
    ['facets that are no object', JSON.stringify({ ...event('x'), job: { ...JOB, facets: 'none' } }), "'job.facets'"],
    [
      'dataset facets that are no object',
      JSON.stringify({ ...event('x'), outputs: [{ ...JOB, facets: [1] }] }),
      "'outputs.0.facets'",
    ],
    ['a run that is no object', JSON.stringify({ ...event('x'), run: 'run-1' }), "'run'"],
    ['a type that is no text', JSON.stringify({ ...event('x'), eventType: 7 }), "'eventType'"],
    ['a job without a name', JSON.stringify({ ...event('x'), job: { namespace: 'flow' } }), 'name'],
  ])('is refused with 400 and a reason: %s', async (_, body, reason) => {
    const response = await send(body).expect(400);
    expect(response.body.error.code).toBe('INVALID');
    expect(response.body.error.message).toContain(reason);
  });

  it('may leave out, or set to null, what it does not know', async () => {
    const unknown = { inputs: null, outputs: undefined, eventType: null, job: { ...JOB, facets: null } };
    await send(JSON.stringify({ ...event('sparse'), ...unknown })).expect(201);
  });

  it('is refused with 413 above 16 MiB', async () => {
    const large = JSON.stringify(event('large', { note: { text: 'x'.repeat(20 * MiB) } }));
    const response = await send(large).expect(413);
    expect(response.body.error).toMatchObject({ code: 'TOO_LARGE' });
    expect(response.body.error.message).toContain(`${16 * MiB} bytes`);
  });

  it('is refused with 413 when it inflates above 64 MiB', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * MiB, 0x20));
    expect(bomb.length).toBeLessThan(MiB);
    const response = await send(bomb, { 'Content-Encoding': 'gzip' }).expect(413);
    expect(response.body.error.message).toContain('inflated');
  });

  it('is taken up to the limit, gzipped with or without the header', async () => {
    const body = gzipSync(JSON.stringify(event('fifteen', { note: { text: 'x'.repeat(15 * MiB) } })));
    await send(body, { 'Content-Encoding': 'gzip' }).expect(201).expect({});
    await send(gzipSync(JSON.stringify(event('unsaid')))).expect(201);
  });

  it('is kept with facets that nobody knows', async () => {
    await send(JSON.stringify(event('odd', { acme_lunar: { phase: [1, { of: '8' }] } }))).expect(201);
    await test.settle();
    const { asset } = await test
      .as('admin')
      .graphql<{ asset: { facets: unknown[] } }>(
        '{ asset(ref: "dataset:files/odd") { ... on Dataset { facets { name value } } } }',
      );
    expect(asset.facets).toContainEqual({ name: 'acme_lunar', value: { phase: [1, { of: '8' }] } });
  });

  it('leaves the service up, and calls nobody out of bed for what a sender did wrong', async () => {
    await request(test.url).get('/health/ready').expect(200);
    expect(test.logLines.filter((line) => /"level":"(warn|error)"/.test(line))).toEqual([]);
  });
});
