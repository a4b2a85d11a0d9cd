import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.js';
import { assetsCsv, catalog, contract, day, DB, documented, event, MESSAGES, send } from '../support/file-messages.js';

const ref = (name: string, namespace = DB): string =>
  `dataset:${encodeURIComponent(namespace)}/${encodeURIComponent(name)}`;

interface Row {
  readonly line: number;
  readonly action: string;
  readonly asset: string | null;
  readonly column: string | null;
  readonly fields: readonly { attribute: string; before: unknown; after: unknown }[];
  readonly overruled: readonly { attribute: string; shown: unknown; source: string }[];
  readonly problems: readonly { column: string | null; value: string | null; reason: string; fix: string }[];
}
interface Report {
  readonly preview?: boolean;
  readonly accepted?: number;
  readonly table: string;
  readonly summary: Record<string, number>;
  readonly rows: readonly Row[];
}

const allow = (id: string, actions: string[], type: string, where?: object): object => ({
  id,
  title: id,
  why: 'For the test.',
  effect: 'allow',
  band: 'domain',
  actions,
  subjects: { attribute: 'roles', operator: 'hasAny', value: ['sender'] },
  resources: { types: [type], ...(where && { where }) },
});

describe('files', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp({
      accounts: [
        { handle: 'sender', roles: ['sender'] },
        { handle: 'nora' },
        { handle: 'tied', roles: ['sender'], ingestNamespaces: ['elsewhere'] },
      ],
    });
    const admin = test.as('admin');
    const { policySet } = await admin.graphql<{ policySet: { documents: object[] } }>('{ policySet { documents } }');
    const { policySetApply } = await admin.graphql<{ policySetApply: { userErrors: object[] } }>(
      'mutation($documents: JSON!) { policySetApply(documents: $documents) { userErrors { message } } }',
      {
        documents: [
          ...policySet.documents,
          allow('senders-ingest', ['ingest'], 'system'),
          allow('senders-see', ['discover'], 'asset', {
            not: { attribute: 'tags', operator: 'hasAny', value: ['hidden'] },
          }),
          allow('senders-read', ['read_column'], 'column', {
            not: { attribute: 'path', operator: 'eq', value: 'salary' },
          }),
        ],
      },
    );
    if (policySetApply.userErrors.length > 0) throw new Error(JSON.stringify(policySetApply.userErrors));
    await send(test, MESSAGES);
  });
  afterAll(() => test.close());

  const csv = async (body: object, query = '', handle = 'admin'): Promise<Report> => {
    const { body: answer } = await test.as(handle).post(`/api/v1/csv${query}`, body);
    if (answer.error) throw new Error(JSON.stringify(answer.error));
    return answer as Report;
  };
  const preview = (body: object, handle = 'admin'): Promise<Report> => csv(body, '?preview=true', handle);
  const asset = async (name: string, handle = 'admin'): Promise<Record<string, unknown>> =>
    (
      await test.as(handle).graphql<{ asset: Record<string, unknown> }>(
        `query($r: String!) { asset(ref: $r) { description tags owners domain presence isPlaceholder ... on Term { synonyms }
           ... on Dataset { columns { path dataType description tags sensitivity } facets { name } } } }`,
        { r: name.includes(':') ? name : ref(name) },
      )
    ).asset;

  it('assembles what every source says, by rank', async () => {
    expect(await asset('shop.public.orders')).toMatchObject({
      description: 'By contract.',
      tags: ['dbt', 'file'],
      owners: ['bo'],
      columns: [
        { path: 'id', dataType: 'uuid', description: 'Key by file.', tags: ['csv', 'key'], sensitivity: 'INTERNAL' },
        { path: 'salary', sensitivity: 'RESTRICTED' },
        { path: 'note' },
      ],
    });
    expect(await asset('term:glossary/Order')).toMatchObject({
      description: 'What a customer buys.',
      synonyms: ['purchase'],
    });
    expect(await asset(ref('https://open.example/trees', 'https://open.example/'))).toMatchObject({
      isPlaceholder: false,
    });
  });

  it('shows the contract only to those who see every column of the dataset', async () => {
    const names = async (handle: string): Promise<unknown> =>
      ((await asset('shop.public.orders', handle))['facets'] as { name: string }[]).map(({ name }) => name);
    expect(await names('admin')).toContain('contract');
    // Facets that can name no column are shown to everybody.
    expect(await names('sender')).not.toContain('contract');
  });

  it('previews row by row, and changes nothing', async () => {
    const before = await test.as('admin').dump();
    const body = {
      source: 'preview',
      namespace: DB,
      text: 'name,description,tags,sensitivity\nshop.public.orders,Mine.,gold,\nshop.public.new,New.,,\nshop.public.extra,,,\nshop.public.x,,,top secret\n',
    };
    const report = await preview(body);
    expect(report).toMatchObject({
      preview: true,
      table: 'assets',
      summary: { rows: 4, create: 1, change: 1, unchanged: 1, refused: 1, assetsCreated: 1, assetsChanged: 1 },
      rows: [
        {
          line: 2,
          action: 'CHANGE',
          asset: ref('shop.public.orders'),
          fields: [{ attribute: 'tags', before: ['dbt', 'file'], after: ['dbt', 'file', 'gold'] }],
          overruled: [{ attribute: 'description', shown: 'By contract.', source: 'contract:orders' }],
        },
        { line: 3, action: 'CREATE', asset: ref('shop.public.new') },
        { line: 4, action: 'UNCHANGED', asset: ref('shop.public.extra'), fields: [] },
        {
          line: 5,
          action: 'REFUSED',
          cells: ['shop.public.x', '', '', 'top secret'],
          problems: [
            {
              column: 'sensitivity',
              value: 'top secret',
              reason: 'is no sensitivity',
              fix: expect.stringContaining('PUBLIC, INTERNAL'),
            },
          ],
        },
      ],
    });
    await test.settle();
    expect(await test.as('admin').dump()).toBe(before);
  });

  it('answers an ingest with the refused rows and counts, and takes the others', async () => {
    const body = {
      source: 'report',
      namespace: DB,
      text: 'name,description,domain\nshop.public.r1,One.,\nshop.public.r2,Two.,No Domain\n,x,\n',
    };
    const { rows, ...rest } = await csv(body);
    expect(rest).toMatchObject({ accepted: 1, summary: { rows: 3, create: 1, refused: 2, assetsCreated: 1 } });
    expect(rows.map(({ line, problems }) => [line, problems.map(({ column, value }) => [column, value])])).toEqual([
      [3, [['domain', 'No Domain']]],
      [4, [['name', '']]],
    ]);
    await test.settle();
    expect(await asset('shop.public.r1')).toMatchObject({ description: 'One.' });
    expect((await asset('shop.public.r2'))?.['description'] ?? null).toBeNull();
    const none = await csv({ ...body, text: 'name,sensitivity\na,top' });
    expect(none).toMatchObject({ accepted: 0, summary: { refused: 1 } });
  });

  it('does what its preview said, asset by asset', async () => {
    const body = {
      source: 'foretold',
      namespace: DB,
      text: 'table,column,description\nshop.public.orders,note,Noted.\nshop.public.orders,later,More.\n',
    };
    const { rows } = await preview(body);
    expect(rows.map(({ action, column }) => [action, column])).toEqual([
      ['CHANGE', 'note'],
      ['CREATE', 'later'],
    ]);
    await csv(body);
    await test.settle();
    const { columns } = (await asset('shop.public.orders')) as {
      columns: { path: string; description: string | null }[];
    };
    expect(columns.find(({ path }) => path === 'note')?.description).toBe('Noted.');
    expect(columns.map(({ path }) => path)).toEqual(['id', 'salary', 'note', 'later']);
    expect((await preview(body)).summary).toMatchObject({ unchanged: 2, change: 0, create: 0 });
  });

  it('says that a person overrules a row', async () => {
    await csv({
      source: 'humble',
      namespace: DB,
      text: 'name,description,owners\nshop.public.human,By file.,file-team\n',
    });
    await test.settle();
    await test
      .as('admin')
      .graphql('mutation($r: String!) { assetDescribe(ref: $r, description: "By hand.") { userErrors { message } } }', {
        r: ref('shop.public.human'),
      });
    const body = {
      source: 'humble',
      namespace: DB,
      text: 'name,description,owners\nshop.public.human,Again.,file-team\n',
    };
    expect((await preview(body)).rows).toMatchObject([
      { action: 'UNCHANGED', overruled: [{ attribute: 'description', shown: 'By hand.', source: 'people' }] },
    ]);
    await csv(body);
    await test.settle();
    expect(await asset('shop.public.human')).toMatchObject({ description: 'By hand.', owners: ['file-team'] });
  });

  it('binds a name alone when one asset has it, and to none when several have', async () => {
    await csv({ source: 'twins', text: 'namespace,name,description\none,twin,A\ntwo,twin,B\none,only,C\n' });
    await test.settle();
    const { rows } = await preview({
      source: 'names',
      text: 'name,description\nonly,Mine.\ntwin,Mine.\nnobody,Mine.\n',
    });
    expect(
      rows.map(({ action, asset: bound, problems }) => [action, bound, problems.map(({ reason }) => reason)]),
    ).toEqual([
      ['CHANGE', ref('only', 'one'), []],
      ['REFUSED', null, ['may be any of 2 assets, so that the row is bound to none']],
      ['REFUSED', null, ['is the name of no asset you may see']],
    ]);
  });

  it('never binds a spelling that may be one of several assets, and binds it to the only one', async () => {
    const snow = 'snowflake://org-acc';
    await csv({
      source: 'case',
      text: `namespace,name,column\n${snow},A.B.Event,x\n${snow},A.B.EVENT,y\n${snow},A.B.Solo,x\n`,
      table: 'columns',
    });
    await test.settle();
    const { rows } = await preview({
      source: 'case2',
      text: `namespace,name,description\n${snow},a.b.event,Mine.\n${snow},a.b.solo,Mine.\n`,
    });
    expect(rows.map(({ action, asset: bound, problems }) => [action, bound, problems[0]?.fix])).toEqual([
      ['REFUSED', null, `Write one of them: ${ref('A.B.EVENT', snow)}, ${ref('A.B.Event', snow)}`],
      ['CHANGE', ref('A.B.Solo', snow), undefined],
    ]);
  });

  describe('to a sender who may not see everything', () => {
    beforeAll(async () => {
      await csv({
        source: 'secret',
        namespace: DB,
        text: 'name,description,tags,owners\nshop.public.secret,Mergers.,hidden,boss\n',
      });
      await test.settle();
    });

    it('looks as if a hidden asset were missing: the same answer but for the name', async () => {
      const rowsOf = async (name: string): Promise<string> => {
        const text = `name,namespace,description,owners\n${name},${DB},Mine.,me\n${name},,Mine.,\n`;
        const { rows, summary } = await preview({ source: 'probe', text }, 'sender');
        return JSON.stringify({ rows, summary }).replaceAll(name, 'NAME');
      };
      expect(await rowsOf('shop.public.secret')).toBe(await rowsOf('shop.public.nosuch'));
      expect(await rowsOf('shop.public.secret')).toContain('CREATE');
      expect(await rowsOf('shop.public.orders')).not.toBe(await rowsOf('shop.public.nosuch'));
    });

    it('looks as if a hidden column were missing', async () => {
      const rowsOf = async (column: string): Promise<string> => {
        const text = `name,column,description\nshop.public.orders,${column},Mine.\n`;
        const { rows, summary } = await preview({ source: 'probe', namespace: DB, text }, 'sender');
        return JSON.stringify({ rows, summary }).replaceAll(column, 'COLUMN');
      };
      expect(await rowsOf('salary')).toBe(await rowsOf('nosuch'));
      expect(await rowsOf('id')).not.toBe(await rowsOf('nosuch'));
    });

    it('reports an ingest alike', async () => {
      const report = await csv(
        { source: 'probe-2', namespace: DB, text: 'name,description\nshop.public.secret,Mine.\n' },
        '',
        'sender',
      );
      expect(report.summary).toMatchObject({ create: 1, assetsCreated: 1, change: 0 });
    });
  });

  it('lets only those in who may ingest, and only where their token may write', async () => {
    const body = { source: 'x', namespace: DB, text: 'name\nt\n' };
    for (const query of ['', '?preview=true', '?dryRun=true']) {
      await test.as('nora').post(`/api/v1/csv${query}`, body).expect(403);
      const { body: answer } = await test.as('tied').post(`/api/v1/csv${query}`, body);
      expect(JSON.stringify(answer)).toContain(`This token may not write into the namespace '${DB}'.`);
    }
    await test.as('nora').post('/api/v1/dcat', catalog).expect(403);
    await test.as('nora').post('/api/v1/odcs', contract).expect(403);
  });

  it('names field, value and fix of what it cannot read', async () => {
    const refused = async (path: string, body: object): Promise<{ message: string; field?: string[] }> =>
      (await test.as('admin').post(path, body).expect(400)).body.error;
    expect(await refused('/api/v1/csv', { source: 'x', text: 'a,b\n1,2' })).toMatchObject({
      field: ['table'],
      message: expect.stringContaining("'a, b' is of no table"),
    });
    expect(await refused('/api/v1/csv?preview=maybe', { source: 'x', text: 'name\nt' })).toMatchObject({
      field: ['preview'],
    });
    expect(await refused('/api/v1/odcs', { apiVersion: 'v2.2.2', kind: 'DataContract' })).toMatchObject({
      field: ['contract', 'apiVersion'],
    });
    expect(await refused('/api/v1/dcat', { '@context': 'https://x.example/c.jsonld' })).toMatchObject({
      field: ['document', '@context'],
    });
  });

  it('takes a contract and a catalog as they are, too', async () => {
    await test.as('admin').post('/api/v1/odcs?dryRun=true', contract.contract).expect(200);
    await test.as('admin').post('/api/v1/dcat?dryRun=true', catalog.document).expect(200);
    await test.as('admin').post('/api/v1/csv?dryRun=true', assetsCsv).expect(200);
  });

  it("takes back the words of a row that is gone, and nobody else's", async () => {
    const body = (at: string, text: string): object => ({
      source: 'shrinks',
      namespace: DB,
      at,
      removals: 'APPLY',
      text,
    });
    await send(test, [
      ['/api/v1/lineage', event('shop.public.kept', documented('By a run.'))],
      [
        '/api/v1/csv',
        body(day(1), 'name,description,tags\nshop.public.kept,By file.,csv\nshop.public.own,Only here.,\n'),
      ],
    ]);
    expect(await asset('shop.public.kept')).toMatchObject({
      description: 'By file.',
      tags: ['csv'],
      presence: 'PRESENT',
    });
    await send(test, [['/api/v1/csv', body(day(2), 'name\nshop.public.other\n')]]);
    expect(await asset('shop.public.kept')).toMatchObject({ description: 'By a run.', tags: [], presence: 'PRESENT' });
    expect(await asset('shop.public.own')).toMatchObject({ description: 'Only here.', presence: 'MISSING' });
    await send(test, [['/api/v1/csv', body(day(3), 'name,description,tags\nshop.public.kept,By file.,csv\n')]]);
    expect(await asset('shop.public.kept')).toMatchObject({
      description: 'By file.',
      tags: ['csv'],
      presence: 'PRESENT',
    });
  });

  it('exports what the caller sees, safe in a spreadsheet, and unchanged when it comes back', async () => {
    await csv({ source: 'formula', namespace: DB, text: "name,description\nshop.public.sum,'=SUM(A1)\n" });
    await test.settle();
    for (const table of ['assets', 'columns', 'terms']) {
      const { text } = await test.as('sender').get(`/api/v1/csv?table=${table}`).expect(200);
      expect(text).not.toMatch(/secret|salary|(^|[,"])[=@]/m);
      const report = await preview({ source: 'back', text }, 'sender');
      expect(report.table).toBe(table);
      expect(report.rows.filter(({ action }) => action !== 'UNCHANGED')).toEqual([]);
      expect(report.summary['unchanged']).toBeGreaterThan(0);
    }
    const { text } = await test.as('admin').get('/api/v1/csv').expect(200);
    expect(text).toContain("'=SUM(A1)");
    expect(text).toContain('shop.public.secret');
    await test.as('admin').get('/api/v1/csv?table=people').expect(400);
    expect((await test.as('nora').get('/api/v1/csv').expect(200)).text.trim().split('\n')).toHaveLength(1);
  });

  it('previews any number of rows in a fixed number of statements', async () => {
    const statements = async (rows: number): Promise<number> => {
      const text = `name,description\n${Array.from({ length: rows }, (_, at) => `shop.public.s${at},d\n`).join('')}`;
      const before = test.database.statementCount;
      await preview({ source: 'many', namespace: DB, text });
      return test.database.statementCount - before;
    };
    // Background work sends statements too, the more the longer a request takes: the least of several comes close.
    const least = async (rows: number): Promise<number> => {
      const counts: number[] = [];
      for (let turn = 0; turn < 5; turn += 1) counts.push(await statements(rows));
      return Math.min(...counts);
    };
    expect(await least(400)).toBeLessThan((await least(2)) + 20);
  });
});
