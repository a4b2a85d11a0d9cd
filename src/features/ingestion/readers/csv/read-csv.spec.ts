import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Invalid } from '../../../../core/errors.js';
import { parseCsvFile, readCsv } from './read-csv.js';
import { parseCsv } from './csv-text.js';
import { readHeader } from './csv-tables.js';

const AT = '2026-03-01T10:00:00Z';
const message = (text: string, more: object = {}): object => ({ source: 'inventory', at: AT, text, ...more });
const facts = (text: string, more: object = {}): Record<string, unknown> =>
  Object.fromEntries(
    readCsv(message(text, more))
      .facts.filter(({ value }) => value !== null)
      .map(({ asset, attribute, value }) => [`${asset.name} ${attribute}`, value]),
  );
const problems = (text: string, more: object = {}): string[] =>
  parseCsvFile(message(text, more)).rows.flatMap(({ line, problems: all }) =>
    all.map(({ column, value, reason, fix }) => `${line} ${column} '${value}' ${reason}. ${fix}`),
  );

describe('parseCsv', () => {
  it('reads what spreadsheets write', () => {
    const text =
      '\uFEFFsep=;\r\nname;note\r\norders;"first\r\nsecond ""quoted"""\r\n;;\r\n="007";\'=SUM(A1)\r\nlast;5" disk\r\n';
    expect(parseCsv(text, null)).toEqual({
      delimiter: ';',
      header: ['name', 'note'],
      records: [
        { line: 3, cells: ['orders', 'first\nsecond "quoted"'], isTooLong: false },
        { line: 6, cells: ['007', '=SUM(A1)'], isTooLong: false },
        { line: 7, cells: ['last', '5" disk'], isTooLong: false },
      ],
    });
  });

  it.each([
    ['a,"b;c;d;e"\n1,2', ','],
    ['a\tb\n1\t2', '\t'],
    ['a|b\n1|2', '|'],
    ['a\n1', ','],
  ])('finds the delimiter of %j', (text, delimiter) => {
    expect(parseCsv(text, null).delimiter).toBe(delimiter);
  });

  it('fills rows that are short, and says which are too long', () => {
    expect(
      parseCsv('a,b,,\n1\n1,2,,,\n1,2,3\n', null).records.map(({ cells, isTooLong }) => [cells, isTooLong]),
    ).toEqual([
      [['1', ''], false],
      [['1', '2'], false],
      [['1', '2'], true],
    ]);
  });

  it('refuses quotes that never close, and a file without a header', () => {
    expect(() => parseCsv('a,b\n1,"2\n3,4', null)).toThrow(/no CSV: Quote Not Closed.*line 3.*Check the quotes/);
    expect(() => parseCsv(' \n', null)).toThrow('Name the columns in its first line');
  });

  it('gives back every text that a writer of RFC 4180 puts in quotes', () => {
    // Cells are trimmed, and some are what spreadsheets write for something else.
    const cell = fc
      .string({ unit: 'grapheme' })
      .filter((text) => !/^['=\uFEFF]|\r|\0|[\uD800-\uDFFF]/.test(text))
      .map((text) => text.trim());
    const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, cell), { minLength: 1 }),
        fc.constantFrom(',', ';', '\t'),
        (rows, delimiter) => {
          const lines = [['x', 'y'], ...rows].map((row) => row.map(quoted).join(delimiter));
          const expected = rows.filter((row) => row.some((text) => text !== ''));
          expect(parseCsv(lines.join('\r\n'), null).records.map(({ cells }) => cells)).toEqual(expected);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('readHeader', () => {
  it.each([
    ['assets', 'Name;Description;Owner;Business Domain'],
    ['assets', 'ref;owners'],
    ['columns', 'Table;Column Name;Data Type;Comment'],
    ['terms', 'Term;Definition;Also known as'],
    ['owners', 'asset;e-mail;role'],
  ])('recognises a table of %s', (table, header) => {
    expect(readHeader(header.split(';'), null).table).toBe(table);
  });

  it('asks for the table when it cannot be told', () => {
    expect(() => readHeader(['x', 'y'], null)).toThrow("'x, y' is of no table");
    expect(() => readHeader(['name'], 'columns')).toThrow("needs a column 'path'");
  });

  it('reads the first of two columns of one meaning and lists the other', () => {
    const header = readHeader(['name', 'desc', 'Comment', 'cost centre'], null);
    expect(header.places.get('description')).toBe(1);
    expect(header.others).toEqual([
      { name: 'Comment', place: 2 },
      { name: 'cost centre', place: 3 },
    ]);
  });
});

describe('readCsv', () => {
  it('says everything of an asset, and takes back what is empty', () => {
    const text =
      'ref,title,domain,sensitivity,tags,terms,owners,status,products,Cost centre\n' +
      'dataset:postgres%3A%2F%2Fdb%3A5432/shop.orders,Orders,sales/orders,Confidential,"gold, daily","Revenue, net;Order",@ann;mailto:bo@example.org,deprecated,Sales 360,4711';
    expect(facts(text)).toEqual({
      'shop.orders displayName': 'Orders',
      'shop.orders platform': 'postgres',
      'shop.orders domain': 'sales/orders',
      'shop.orders sensitivity': 2,
      'shop.orders lifecycle': 'DEPRECATED',
      'shop.orders tags': ['daily', 'gold'],
      'shop.orders terms': ['Order', 'Revenue, net'],
      'shop.orders owners': ['ann', 'bo@example.org'],
      'shop.orders synonyms': undefined,
      'shop.orders dataProducts': ['Sales 360'],
      'shop.orders facet:csv': { 'Cost centre': '4711' },
    });
    const empty = readCsv(message('namespace,name\ndb,t')).facts;
    expect(empty.map(({ attribute, value }) => [attribute, value])).toContainEqual(['description', null]);
    expect(new Set(empty.map(({ attribute }) => attribute)).size).toBe(17);
  });

  it('gathers columns and owners of one asset', () => {
    expect(
      facts('table,column,type,description,tags,sensitivity\nt,id,int,Key,,\nt,mail,text,,pii,restricted', {
        namespace: 'db://x',
      }),
    ).toEqual({
      't platform': 'db',
      't schema': [
        { path: 'id', type: 'int', description: 'Key', ordinal: 1 },
        { path: 'mail', type: 'text', description: null, ordinal: 2 },
      ],
      't columnWords': {
        id: { tags: [], terms: [], sensitivity: null },
        mail: { tags: ['pii'], terms: [], sensitivity: 3 },
      },
    });
    expect(facts('name,namespace,owner,type\nt,db,bo,steward\nt,db,ann,')).toEqual({
      't owners': ['ann', 'bo'],
      't facet:ownership': {
        owners: [
          { name: 'bo', type: 'steward' },
          { name: 'ann', type: null },
        ],
      },
    });
  });

  it('makes terms of a glossary', () => {
    const reading = readCsv(
      message('term,definition,synonyms,parent,status,owner\nRevenue,Money in,"turnover;sales, gross",Money,draft,fin'),
    );
    expect(reading.assets).toEqual([{ kind: 'TERM', namespace: 'glossary', name: 'Revenue' }]);
    expect(Object.fromEntries(reading.facts.map(({ attribute, value }) => [attribute, value]))).toMatchObject({
      description: 'Money in',
      synonyms: ['sales, gross', 'turnover'],
      owners: ['fin'],
      lifecycle: null,
      'facet:term': { broader: 'Money', status: 'draft' },
    });
  });

  it('refuses single rows, naming column, value and fix, and takes the others', () => {
    const text =
      'namespace,name,sensitivity,domain,status\ndb,a,secret,Sales & Orders,old\ndb,b,internal,,\ndb,b,public,,\ndb,,,,\ndb,c,,,,too,long';
    expect(problems(text)).toEqual([
      "2 sensitivity 'secret' is no sensitivity. Give PUBLIC, INTERNAL, CONFIDENTIAL, RESTRICTED or leave it empty.",
      "2 domain 'Sales & Orders' is no domain path. Use lower case words and slashes: 'sales-orders'.",
      "2 status 'old' is no lifecycle. Give ACTIVE, DEPRECATED, RETIRED or leave it empty.",
      "4 null 'null' says again what line 3 is about. Keep one of the two.",
      "5 name '' is empty. Say which asset the row is about: its reference, or its namespace and name.",
      "6 null 'null' has more cells than the header. Put cells that hold the delimiter in quotes.",
    ]);
    const reading = readCsv(message(text));
    expect(new Set(reading.facts.map(({ asset }) => asset.name))).toEqual(new Set(['b']));
  });

  it('counts a refused row as seen, and lets nothing go when a row can be of any asset', () => {
    const refused = readCsv(message('namespace,name,sensitivity\ndb,a,secret')).sync;
    expect(refused).toMatchObject({ isComplete: true, seen: [{ name: 'a' }] });
    expect(readCsv(message('namespace,name\ndb,a\ndb,"",\n,x')).sync).toMatchObject({ isComplete: false });
  });

  it('binds a name alone only to the one asset that it was looked up to be', () => {
    const refs = [
      { kind: 'DATASET', namespace: 'one', name: 't' },
      { kind: 'DATASET', namespace: 'two', name: 't' },
    ];
    const names = (count: number): object => ({
      names: [{ kind: 'DATASET', namespace: null, name: 't', refs: refs.slice(0, count) }],
    });
    expect(readCsv(message('name\nt', names(1))).assets).toEqual([refs[0]]);
    expect(problems('name\nt', names(0))).toEqual([
      "2 name 't' is the name of no asset you may see. Give its namespace, or its reference.",
    ]);
    expect(problems('name\nt', names(2))).toEqual([
      "2 name 't' may be any of 2 assets, so that the row is bound to none. Write one of them: dataset:one/t, dataset:two/t",
    ]);
  });

  it.each([
    [{ source: ' ', at: AT, text: 'name' }, '\'source\' " " is empty'],
    [{ at: AT, text: 'name' }, "'source' is missing"],
    [{ source: 's', at: 'today', text: 'name' }, '\'at\' "today" is no RFC 3339 time'],
    [
      { source: 's', at: AT, text: 'name', table: 'things' },
      '\'table\' "things" is none of assets, columns, terms, owners',
    ],
  ])('refuses %j', (payload, said) => {
    expect(() => readCsv(payload)).toThrow(Invalid);
    expect(() => readCsv(payload)).toThrow(said);
  });
});
