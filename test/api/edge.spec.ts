import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.js';

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp();
});
afterAll(() => test.close());

const post = (body: string | object) =>
  request(test.url).post('/graphql').set('Authorization', test.as('admin').authorization).send(body);

describe('POST /graphql', () => {
  it('complaint 17: lets nobody in without a token', async () => {
    const { status } = await request(test.url).post('/graphql').send({ query: '{ me { handle } }' });
    expect(status).toBe(401);
  });

  it('answers who is asking', async () => {
    expect(await test.as('admin').graphql('{ me { handle } }')).toEqual({ me: { handle: 'admin' } });
  });

  it('shows the schema to those who are in', async () => {
    const data = await test.as('admin').graphql('{ __schema { queryType { name } } }');
    expect(data).toEqual({ __schema: { queryType: { name: 'Query' } } });
  });

  it.each([
    ['QUERY_TOO_MANY_ALIASES', `{ ${Array.from({ length: 31 }, (_, at) => `a${at}: me { handle }`).join(' ')} }`],
    [
      'QUERY_TOO_COSTLY',
      '{ assets(first: 100) { nodes { ... on Dataset { columns { provenance { by at source } } } } } }',
    ],
    ['GRAPHQL_VALIDATION_FAILED', '{ nobody }'],
    ['GRAPHQL_PARSE_FAILED', '{ me '],
    ['GRAPHQL_PARSE_FAILED', `{ me { ${'id '.repeat(20_001)} } }`],
  ])('refuses with %s and HTTP 400', async (code, query) => {
    const { body } = await post({ query }).expect(400);
    expect(body.errors).toHaveLength(1);
    expect(body.errors[0].extensions.code).toBe(code);
    expect(JSON.stringify(body)).not.toContain('stack');
  });

  it('refuses several operations in one request', async () => {
    const { body } = await post([{ query: '{ me { id } }' }, { query: '{ me { id } }' }]).expect(400);
    expect(body.errors[0].message).toBe('Operation batching disabled.');
  });

  it('refuses what a form on another site could send', async () => {
    const { body } = await request(test.url)
      .get('/graphql')
      .query({ query: '{ me { id } }' })
      .set('Authorization', test.as('admin').authorization)
      .expect(400);
    expect(body.errors[0].message).toContain('CSRF');
  });

  it('refuses a body that is too large, or no JSON', async () => {
    const { body: large } = await post({ query: `# ${'x'.repeat(300 * 1024)}` }).expect(413);
    expect(large.errors[0].extensions).toEqual({ code: 'BODY_TOO_LARGE', limit: 262_144 });
    const { body: broken } = await post('{').set('Content-Type', 'application/json').expect(400);
    expect(broken.errors[0].message).toBe('The request body cannot be read as JSON.');
  });

  it('refuses 10,000 aliases', async () => {
    const query = `{ ${Array.from({ length: 10_000 }, (_, at) => `a${at}: me { id }`).join(' ')} }`;
    const { body } = await post({ query }).expect(400);
    expect(body.errors[0].extensions.code).toMatch(/QUERY_TOO_MANY_ALIASES|GRAPHQL_PARSE_FAILED/);
  });

  it.each([
    ['a query', '{ asset(ref: "dataset:files/%00") { id } }'],
    ['a filter', '{ auditLog(filter: { actor: "a\\u0000" }) { nodes { actor } } }'],
    [
      'a name',
      'mutation { accountCreate(input: { kind: PERSON, handle: "nul", name: "a\\u0000" }) { userErrors { code } } }',
    ],
  ])('says that the character U+0000 cannot be kept, in %s', async (_, query) => {
    const { body } = await post({ query });
    expect(JSON.stringify(body)).toMatch(/"code":"INVALID"/);
  });

  it('answers a wrong variable with 400 and what is wrong', async () => {
    const { body } = await post({
      query: 'query ($n: Int) { assets(first: $n) { totalCount } }',
      variables: { n: 'x' },
    });
    expect(body.errors[0].extensions.code).toBe('BAD_USER_INPUT');
  });

  it('says what a person can mend, with its code and field', async () => {
    const { body } = await post({ query: '{ assets(first: 101) { nodes { id } } }' }).expect(200);
    expect(body.errors).toHaveLength(1);
    expect(body.errors[0]).toMatchObject({
      message: 'first is 1–100, not 101.',
      extensions: { code: 'INVALID', field: ['first'] },
    });
  });
});

describe('what goes wrong on our side', () => {
  let broken: TestApp;
  beforeAll(async () => {
    broken = await startTestApp();
  });
  afterAll(() => broken.close());

  const ask = (query: string) => broken.as('admin').graphqlRaw(query).set('X-Request-Id', 'r-42');

  it.each([
    ['a question', 'search_document', 200],
    ['signing in', 'access_token', 500],
  ])('in %s is masked, and logged under the request id that is told', async (_, table, status) => {
    await broken.database.query(`ALTER TABLE ${table} RENAME TO hidden_table`);
    const { body } = await ask('{ search(query: "x") { totalCount } }').expect(status);
    await broken.database.query(`ALTER TABLE hidden_table RENAME TO ${table}`);
    expect(body.errors).toHaveLength(1);
    expect(body.errors[0]).toMatchObject({
      message: 'Something went wrong on our side. Request id: r-42',
      extensions: { code: 'INTERNAL', requestId: 'r-42' },
    });
    expect(JSON.stringify(body)).not.toContain('relation');
    // What works in the background may miss the table too, and asks for nobody.
    const lines = broken.logLines.filter((each) => each.includes(`relation \\"${table}\\" does not exist`));
    expect(lines.map((line) => JSON.parse(line) as unknown)).toContainEqual(
      expect.objectContaining({ level: 'error', requestId: 'r-42' }),
    );
    expect(broken.logLines.join('')).not.toContain(broken.as('admin').authorization.slice(7));
  });
});

describe('an answer', () => {
  it('is not kept by anybody on its way', async () => {
    const headers = { Authorization: test.as('admin').authorization };
    const asked = [{ query: '{ changeLogPosition }' }, { query: '{ nothingOfThatName }' }];
    for (const body of asked) {
      const answer = await request(test.url).post('/graphql').set(headers).send(body);
      expect(answer.headers['cache-control']).toBe('no-store');
    }
  });
});

describe('the explorer', () => {
  it('is what the home page leads to, open to everybody', async () => {
    await request(test.url).get('/').expect(302).expect('Location', '/explorer');
    const page = await request(test.url).get('/explorer').expect(200);
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    expect(page.text).toContain('Cadastre explorer');
  });

  it('is not there when it is disabled', async () => {
    const other = await startTestApp({ env: { CADASTRE_EXPLORER: 'false' } });
    try {
      const { status } = await other.as('admin').get('/explorer');
      expect(status).toBe(404);
    } finally {
      await other.close();
    }
  });
});
