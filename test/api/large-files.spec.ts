import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.js';

const NAMESPACE = 'postgres://db:5432';
const ROWS = 100;

/** Above the size from which a file has a process of its own. */
function largeCsv(words: string): object {
  const filling = 'What a person wrote about this table, at some length. '.repeat(60);
  const rows = Array.from({ length: ROWS }, (_, at) => `shop.public.t${at},"${at === 7 ? words : filling}",team-a`);
  const text = ['name,description,owners', ...rows, 'shop.public.t7,again,', 'unknown_without_a_namespace'].join('\n');
  return { source: 'tables', namespace: NAMESPACE, text, at: '2026-05-01T00:00:00Z' };
}

function largeCatalog(at: string): object {
  const dataset = Array.from({ length: 20 }, (_, n) => ({
    '@id': `https://example.com/dataset/${n}`,
    '@type': 'dcat:Dataset',
    'dct:title': { '@value': `Dataset ${n}`, '@language': 'en' },
    'dct:description': { '@value': 'Words about it. '.repeat(360), '@language': 'en' },
    'dcat:keyword': [{ '@value': 'open', '@language': 'en' }],
  }));
  const document = {
    '@context': { dcat: 'http://www.w3.org/ns/dcat#', dct: 'http://purl.org/dc/terms/' },
    '@id': 'https://example.com/catalog',
    '@type': 'dcat:Catalog',
    'dcat:dataset': dataset,
  };
  return { document, at };
}

describe('a large file', () => {
  let test: TestApp;
  beforeAll(async () => {
    const accounts = [{ handle: 'robot', roles: ['admin'], ingestNamespaces: ['elsewhere'] }, { handle: 'guest' }];
    test = await startTestApp({ accounts });
  });
  afterAll(() => test.close());

  const description = async (ref: string): Promise<string | undefined> => {
    const answer = await test
      .as('admin')
      .graphql<{ asset: { description: string } | null }>('query($ref: String!) { asset(ref: $ref) { description } }', {
        ref,
      });
    return answer.asset?.description;
  };

  it('of CSV is reported row by row, taken in, and shown', async () => {
    const message = largeCsv('The first words.');
    expect(JSON.stringify(message).length).toBeGreaterThan(300_000);
    const { body } = await test.as('admin').post('/api/v1/csv', message).expect(201);
    expect(body).toMatchObject({
      accepted: 1,
      duplicates: 0,
      source: 'csv:tables',
      summary: { rows: ROWS + 2, create: ROWS + 1, refused: 1, assetsCreated: ROWS + 1 },
      rows: [{ line: ROWS + 2, action: 'REFUSED' }],
    });
    await test.settle();
    expect(await description(`dataset:${encodeURIComponent(NAMESPACE)}/shop.public.t7`)).toBe('The first words.');
    expect((await test.as('admin').post('/api/v1/csv', message).expect(201)).body).toMatchObject({ duplicates: 1 });
  });

  it('of CSV is compared with the catalog as its sender sees it, and a preview changes nothing', async () => {
    const before = await test.as('admin').dump();
    const message = { ...largeCsv('The second words.'), at: '2026-05-02T00:00:00Z' };
    const { body } = await test.as('admin').post('/api/v1/csv?preview=true', message).expect(200);
    expect(body).toMatchObject({ preview: true, summary: { change: 1, unchanged: ROWS, refused: 1 } });
    expect(body.rows.find(({ action }: { action: string }) => action === 'CHANGE')).toMatchObject({
      line: 9,
      fields: [{ attribute: 'description', before: 'The first words.', after: 'The second words.' }],
    });
    const dryRun = await test.as('admin').post('/api/v1/csv?dryRun=true', message).expect(200);
    expect(dryRun.body).toMatchObject({ dryRun: true, summary: { created: 0, changed: 1, unchanged: ROWS } });
    expect((await test.as('admin').dump()) === before).toBe(true);
  });

  it('of CSV is refused with its field, where its sender may not write, and to whoever may not send', async () => {
    const broken = { ...largeCsv('x'), text: `name\n"${'x'.repeat(300_000)}` };
    const { body } = await test.as('admin').post('/api/v1/csv', broken).expect(400);
    expect(body.error).toMatchObject({ field: ['text'] });
    await test.as('robot').post('/api/v1/csv', largeCsv('x')).expect(403);
    await test.as('guest').post('/api/v1/csv', largeCsv('x')).expect(403);
  });

  it('of DCAT is flattened, kept and shown', async () => {
    const catalog = largeCatalog('2026-05-01T00:00:00Z');
    expect(JSON.stringify(catalog).length).toBeGreaterThan(100_000);
    const dryRun = await test.as('admin').post('/api/v1/dcat?dryRun=true', catalog).expect(200);
    expect(dryRun.body).toMatchObject({ summary: { created: 20 } });
    const { body } = await test.as('admin').post('/api/v1/dcat', catalog).expect(201);
    expect(body).toMatchObject({ accepted: 1, duplicates: 0 });
    await test.settle();
    const [kept] = await test.database.query<{ nodes: number }>(
      `SELECT json_array_length(payload -> 'graph') AS nodes FROM raw_event WHERE kind = 'DCAT'`,
    );
    expect(kept).toEqual({ nodes: 21 });
  });
});
