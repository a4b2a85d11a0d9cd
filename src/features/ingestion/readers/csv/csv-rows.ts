import { refOf } from '../../../assets/index.js';
import { storableText } from '../json.js';
import type { AssetKind, AssetRef } from '../statement.js';
import {
  domainCell,
  kindCell,
  labelsCell,
  lifecycleCell,
  namesCell,
  ownersCell,
  refCell,
  sensitivityCell,
  termKindCell,
  type CellProblem,
  type CellValue,
} from './csv-cells.js';
import type { CsvHeader } from './csv-tables.js';
import type { CsvRecord } from './csv-text.js';
import type { CsvMessage } from './read-csv.js';

/** What a row says; an attribute that its table does not have is left out. */
export interface RowWords {
  readonly displayName?: string | null;
  readonly description?: string | null;
  readonly platform?: string | null;
  readonly subtype?: string | null;
  readonly domain?: string | null;
  readonly sensitivity?: number | null;
  readonly lifecycle?: string | null;
  readonly tags?: readonly string[];
  readonly terms?: readonly string[];
  readonly owners?: readonly string[];
  readonly synonyms?: readonly string[];
  readonly dataProducts?: readonly string[];
  /** Of a column. */
  readonly type?: string | null;
  readonly broader?: string | null;
  readonly status?: string | null;
  readonly ownerType?: string | null;
  /** Columns of the file that no field is read from, by their header. */
  readonly others?: Readonly<Record<string, string>>;
}

export interface CsvRow {
  /** Where it begins in the file. */
  readonly line: number;
  readonly cells: readonly string[];
  /** Null when the row does not say which, or cannot be bound. */
  readonly asset: AssetRef | null;
  /** As the row calls it, before anything is bound. */
  readonly said: SaidName | null;
  /** Path of the column that it is about; '' is the asset itself. */
  readonly columnPath: string;
  /** What of the asset: two rows of one asset and part say the same thing twice. */
  readonly part: string;
  readonly words: RowWords;
  /** Not empty: the row is refused. */
  readonly problems: readonly CellProblem[];
}

/** Namespace null: by its name alone. */
export interface SaidName {
  readonly kind: AssetKind;
  readonly namespace: string | null;
  readonly name: string;
}

/** What a row asks its cells for: text of a field, and where to put what is wrong with it. */
interface Cells {
  has(field: string): boolean;
  text(field: string): string;
  read<Value>(field: string, read: (text: string) => CellValue<Value>, otherwise: Value): Value;
  refuse(field: string | null, reason: string, fix: string): void;
}

export function rowReader(
  header: CsvHeader,
  names: readonly string[],
  message: CsvMessage,
): (record: CsvRecord) => CsvRow {
  const bound = new Map(message.names.map((one) => [nameText(one), one]));
  return (record) => {
    const problems: CellProblem[] = [];
    const cells = cellsOf(header, names, record, problems);
    if (record.isTooLong)
      cells.refuse(null, 'has more cells than the header', 'Put cells that hold the delimiter in quotes.');
    const said = header.table === 'terms' ? termOf(cells, message) : assetOf(cells, message);
    const asset = said && boundAsset(cells, said, bound.get(nameText(said))?.refs ?? null);
    const { line } = record;
    const columnPath = header.table === 'columns' ? storableText(cells.text('path')) : '';
    if (header.table === 'columns' && columnPath === '') cells.refuse('path', 'is empty', 'Name the column.');
    const words = WORDS[header.table](cells, record, header);
    const part = header.table === 'owners' ? JSON.stringify([words.owners, words.ownerType]) : columnPath;
    return { line, cells: record.cells, said, asset, columnPath, part, words, problems };
  };
}

function cellsOf({ places }: CsvHeader, names: readonly string[], record: CsvRecord, problems: CellProblem[]): Cells {
  const text = (field: string): string => record.cells[places.get(field) ?? -1] ?? '';
  const refuse = (field: string | null, reason: string, fix: string): void => {
    const place = field === null ? undefined : places.get(field);
    problems.push({
      column: place === undefined ? field : (names[place] ?? field),
      value: field === null ? null : text(field).slice(0, 200),
      reason,
      fix,
    });
  };
  return {
    has: (field) => places.has(field),
    text,
    refuse,
    read(field, read, otherwise) {
      const outcome = read(text(field));
      if ('value' in outcome) return outcome.value;
      refuse(field, outcome.reason, outcome.fix);
      return otherwise;
    },
  };
}

/** Where terms are that name no glossary; the same for those that people make. */
const DEFAULT_GLOSSARY = 'glossary';

export function nameText({ kind, namespace, name }: SaidName): string {
  return JSON.stringify([kind, namespace, name]);
}

/** A reference, a namespace and name, or a name alone that who sent the file knows one asset by. */
function assetOf(cells: Cells, message: CsvMessage): SaidName | null {
  const said = cells.text('ref');
  const ref = said === '' ? null : refCell(said);
  if (ref) return ref;
  const name = cells.text('name') || said;
  if (name === '') {
    const fix = 'Say which asset the row is about: its reference, or its namespace and name.';
    cells.refuse(cells.has('name') ? 'name' : 'ref', 'is empty', fix);
    return null;
  }
  const kind = cells.text('kind') === '' ? 'DATASET' : cells.read<AssetKind | null>('kind', kindCell, null);
  return kind && { kind, namespace: cells.text('namespace') || message.namespace || null, name };
}

function termOf(cells: Cells, message: CsvMessage): SaidName | null {
  const name = cells.text('name');
  if (name === '') cells.refuse('name', 'is empty', 'Name the term.');
  const namespace = cells.text('glossary') || message.namespace || DEFAULT_GLOSSARY;
  return name === '' ? null : { kind: 'TERM', namespace, name };
}

/** @param candidates what the name turned out to be when the file came; null when it was not looked up. */
function boundAsset(cells: Cells, said: SaidName, candidates: readonly AssetRef[] | null): AssetRef | null {
  const { kind, namespace, name } = said;
  const [only, ...others] = candidates ?? [];
  if (others.length === 0 && namespace !== null) return { kind, namespace, name };
  if (others.length === 0 && only) return only;
  const field = cells.text('name') === '' ? 'ref' : 'name';
  if (!only) cells.refuse(field, 'is the name of no asset you may see', 'Give its namespace, or its reference.');
  else
    cells.refuse(
      field,
      `may be any of ${others.length + 1} assets, so that the row is bound to none`,
      `Write one of them: ${[only, ...others].slice(0, 5).map(refOf).join(', ')}`,
    );
  return null;
}

type ReadWords = (cells: Cells, record: CsvRecord, header: CsvHeader) => RowWords;

const orNull = (text: string): string | null => (text === '' ? null : text);

function ownWords(cells: Cells): RowWords {
  return {
    description: orNull(cells.text('description')),
    sensitivity: cells.read('sensitivity', sensitivityCell, null),
    tags: labelsCell(cells.text('tags')),
    terms: namesCell(cells.text('terms')),
  };
}

function others(record: CsvRecord, header: CsvHeader): Readonly<Record<string, string>> {
  return Object.fromEntries(
    header.others.map(({ name, place }) => [name, record.cells[place] ?? '']).filter(([, text]) => text !== ''),
  );
}

const WORDS: Readonly<Record<CsvHeader['table'], ReadWords>> = {
  assets: (cells, record, header) => ({
    ...ownWords(cells),
    displayName: orNull(cells.text('displayName')),
    domain: cells.read('domain', domainCell, null),
    lifecycle: cells.read('lifecycle', lifecycleCell, null),
    owners: ownersCell(cells.text('owners')),
    dataProducts: namesCell(cells.text('dataProducts')),
    platform: orNull(cells.text('platform').toLowerCase()),
    subtype: orNull(cells.text('subtype').toUpperCase()),
    others: others(record, header),
  }),
  columns: (cells) => ({ ...ownWords(cells), type: orNull(cells.text('type')) }),
  terms: (cells, record, header) => ({
    displayName: orNull(cells.text('displayName')),
    description: orNull(cells.text('definition')),
    domain: cells.read('domain', domainCell, null),
    lifecycle: statusOf(cells.text('status')),
    status: orNull(cells.text('status')),
    subtype: cells.read('kind', termKindCell, null),
    tags: labelsCell(cells.text('tags')),
    owners: ownersCell(cells.text('owners')),
    synonyms: namesCell(cells.text('synonyms')),
    broader: orNull(cells.text('broader')),
    others: others(record, header),
  }),
  owners: (cells) => {
    const owners = ownersCell(cells.text('owner'));
    if (owners.length === 0) cells.refuse('owner', 'names nobody', 'Give a handle, an e-mail address or a team.');
    return { owners, ownerType: orNull(cells.text('type')) };
  },
};

/** Glossaries have states of their own ('draft', 'in review'): those are kept, and say nothing of the lifecycle. */
function statusOf(text: string): string | null {
  const outcome = lifecycleCell(text);
  return 'value' in outcome ? outcome.value : null;
}
