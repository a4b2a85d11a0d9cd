import { Invalid } from '../../../../core/errors.js';

export const CSV_TABLES = ['assets', 'columns', 'terms', 'owners'] as const;
export type CsvTable = (typeof CSV_TABLES)[number];

/** How the columns that say which asset a row is about may be called. */
const IDENTITY = {
  ref: ['ref', 'asset', 'assetref', 'assetid', 'reference', 'urn'],
  kind: ['kind', 'assetkind', 'assettype', 'entitytype'],
  namespace: ['namespace', 'system', 'datasource', 'assetnamespace'],
  name: ['name', 'assetname', 'dataset', 'datasetname', 'table', 'tablename', 'fullname', 'fqn', 'fullyqualifiedname'],
};

const WORDS = {
  description: ['description', 'desc', 'comment', 'documentation', 'notes'],
  sensitivity: ['sensitivity', 'classification', 'confidentiality', 'securityclassification'],
  tags: ['tags', 'tag', 'labels', 'keywords'],
  terms: ['terms', 'term', 'glossaryterms', 'glossaryterm', 'businessterms'],
};

const OWNERS = ['owners', 'owner', 'dataowner', 'owningteam', 'responsible'];

/** What each table reads: its fields, and how their columns may be called once case, spaces and signs are taken out. */
const FIELDS: Readonly<Record<CsvTable, Readonly<Record<string, readonly string[]>>>> = {
  assets: {
    ...IDENTITY,
    ...WORDS,
    displayName: ['displayname', 'title', 'label', 'businessname'],
    domain: ['domain', 'businessdomain', 'subjectarea'],
    owners: OWNERS,
    lifecycle: ['lifecycle', 'status', 'state'],
    dataProducts: ['dataproducts', 'dataproduct', 'products', 'product'],
    platform: ['platform', 'technology'],
    subtype: ['subtype', 'objecttype'],
  },
  columns: {
    ...IDENTITY,
    ...WORDS,
    path: ['path', 'column', 'columnname', 'columnpath', 'field', 'fieldname', 'fieldpath'],
    type: ['type', 'datatype', 'columntype', 'fieldtype'],
  },
  terms: {
    name: ['name', 'term', 'termname', 'businessterm'],
    kind: ['kind', 'termkind', 'type'],
    glossary: ['glossary', 'vocabulary', 'namespace'],
    definition: ['definition', 'description', 'meaning'],
    displayName: ['displayname', 'title', 'label'],
    synonyms: ['synonyms', 'synonym', 'aliases', 'alsoknownas', 'abbreviation', 'abbreviations'],
    owners: [...OWNERS, 'steward', 'stewards'],
    broader: ['broader', 'parent', 'parentterm', 'broaderterm'],
    status: ['status', 'lifecycle', 'state'],
    domain: ['domain', 'businessdomain', 'subjectarea'],
    tags: WORDS.tags,
  },
  owners: {
    ...IDENTITY,
    owner: ['owner', 'handle', 'email', 'owneremail', 'ownerhandle', 'team', 'user', 'person', 'member'],
    type: ['type', 'ownertype', 'ownershiptype', 'role'],
  },
};

export interface CsvHeader {
  readonly table: CsvTable;
  /** Field → place of its column. */
  readonly places: ReadonlyMap<string, number>;
  /** Columns that no field is read from. */
  readonly others: readonly { readonly name: string; readonly place: number }[];
}

/** @throws Invalid when no table is given and the header is none's, or when the given table cannot be read from it. */
export function readHeader(header: readonly string[], given: CsvTable | null): CsvHeader {
  const table = given ?? tableOf(header);
  const fields = header.map((name) => fieldOf(table, name));
  const places = new Map<string, number>();
  fields.forEach((field, place) => {
    if (field !== null && !places.has(field)) places.set(field, place);
  });
  const others = header.flatMap((name, place) => {
    const field = fields[place];
    const isRead = field !== null && field !== undefined && places.get(field) === place;
    return isRead || name === '' ? [] : [{ name, place }];
  });
  refuseUnusable(table, places);
  return { table, places, others };
}

function tableOf(header: readonly string[]): CsvTable {
  const has = (table: CsvTable, field: string): boolean => header.some((name) => fieldOf(table, name) === field);
  const isOnly = (table: CsvTable): boolean => header.every((name) => name === '' || fieldOf(table, name) !== null);
  if (has('columns', 'path')) return 'columns';
  if (header.some((name) => ['definition', 'synonyms', 'termname', 'glossary', 'broader'].includes(plain(name))))
    return 'terms';
  if (has('owners', 'owner') && isOnly('owners')) return 'owners';
  if (has('assets', 'ref') || has('assets', 'name')) return 'assets';
  throw new Invalid(
    `The header '${header.join(', ').slice(0, 200)}' is of no table that is read. Name a column 'ref' or 'name', or give the table: ${CSV_TABLES.join(', ')}.`,
    ['table'],
  );
}

function refuseUnusable(table: CsvTable, places: ReadonlyMap<string, number>): void {
  const needed = { assets: [], columns: ['path'], terms: ['name'], owners: ['owner'] }[table];
  const missing = needed.find((field) => !places.has(field));
  if (missing !== undefined)
    throw new Invalid(`A table of ${table} needs a column '${missing}'. Add it to the header.`, ['text']);
  if (table !== 'terms' && !places.has('ref') && !places.has('name'))
    throw new Invalid(`A table of ${table} needs a column 'ref' or 'name'. Add it to the header.`, ['text']);
}

function fieldOf(table: CsvTable, name: string): string | null {
  const wanted = plain(name);
  return Object.entries(FIELDS[table]).find(([, names]) => names.includes(wanted))?.[0] ?? null;
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}
