import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { AssetReader, FactRepository, refOf, type AssetRow } from '../assets/index.js';
import { csvReport, type KnownAsset } from './csv-report.js';
import { nameText, type SaidName } from './readers/csv/csv-rows.js';
import { csvReading, parseCsvFile, type BoundName, type CsvFile } from './readers/csv/read-csv.js';
import { stamped } from './readers/file-message.js';
import { isObject } from './readers/json.js';
import { refText, type AssetRef } from './readers/statement.js';
import type { IntakeAnswer } from './take-in.js';

/** Assets of a file that are looked at together: what is known of them is held in memory meanwhile. */
const BATCH = 500;

/** What a file has to be compared with. */
export interface CsvQuestions {
  /** What names turn out to be; those that stand for themselves are left out. */
  lookUp(said: readonly SaidName[]): Promise<readonly BoundName[]>;
  /** By `refText`; what is not known is left out. */
  known(refs: readonly AssetRef[]): Promise<readonly (readonly [string, KnownAsset])[]>;
}

interface CsvBody {
  readonly body: unknown;
  readonly now: Date;
  /** That the answer is about. */
  readonly rows: 'ALL' | 'REFUSED';
}

/**
 * Stamps the time, looks up names that stand without a namespace, and says row by row what the message would do. What names
 * turn out to be is kept in the message, so that reading it again, by a rebuild, says the same.
 * @throws Invalid when the body is no CSV message.
 */
export async function takeCsv(
  { body, now, rows }: CsvBody,
  questions: CsvQuestions,
): Promise<{ readonly message: object; readonly answer: IntakeAnswer }> {
  const given = stamped(isObject(body) ? { ...body, names: [] } : body, now);
  const said = new Map(parseCsvFile(given).rows.flatMap((row) => (row.said ? [[nameText(row.said), row.said]] : [])));
  const message = { ...(isObject(given) ? given : {}), names: await questions.lookUp([...said.values()]) };
  const file = parseCsvFile(message);
  const report = csvReport(file, csvReading(file), await knownIn(file, questions));
  const told = rows === 'ALL' ? report.rows : report.rows.filter(({ action }) => action === 'REFUSED');
  const { summary } = report;
  const isNothingTaken = summary.rows > 0 && summary.refused === summary.rows;
  return { message, answer: { text: JSON.stringify({ ...report, rows: told }), isNothingTaken } };
}

async function knownIn({ rows }: CsvFile, questions: CsvQuestions): Promise<Map<string, KnownAsset>> {
  const refs = new Map<string, AssetRef>();
  for (const { asset, problems } of rows) if (asset && problems.length === 0) refs.set(refText(asset), asset);
  const all = [...refs.values()];
  const known = new Map<string, KnownAsset>();
  for (let from = 0; from < all.length; from += BATCH)
    for (const [key, asset] of await questions.known(all.slice(from, from + BATCH))) known.set(key, asset);
  return known;
}

/** Answers from the catalog as who sent the file sees it: hidden equals missing. */
@Injectable()
export class CsvLookup {
  constructor(
    private readonly reader: AssetReader,
    private readonly facts: FactRepository,
  ) {}

  for(actor: Actor): CsvQuestions {
    return { lookUp: (said) => this.lookUp(actor, said), known: (refs) => this.knownOf(actor, refs) };
  }

  private async lookUp(actor: Actor, said: readonly SaidName[]): Promise<BoundName[]> {
    const bare = said.filter(({ namespace }) => namespace === null);
    const full = said.flatMap((one) => (one.namespace === null ? [] : [{ ...one, namespace: one.namespace }]));
    const byName = await this.reader.listByNames(
      actor,
      bare.map(({ name }) => name),
    );
    const spelled = await this.reader.listSpelled(actor, full);
    return [
      ...bare.map((one) => ({ ...one, refs: (byName.get(one.name) ?? []).filter(isKind(one)).map(keyOf) })),
      ...full.flatMap((one, place) => {
        const candidates = spelled[place] ?? [];
        return candidates.length > 1 ? [{ ...one, refs: candidates.map(keyOf) }] : [];
      }),
    ];
  }

  private async knownOf(actor: Actor, refs: readonly AssetRef[]): Promise<[string, KnownAsset][]> {
    const found = await this.reader.listSpelled(actor, refs);
    const ids = [...new Set(found.flatMap((rows) => rows.map(({ id }) => id)))];
    const columns = await this.reader.listColumns(actor, ids);
    const words = await this.facts.listWords(ids);
    return refs.flatMap((ref, place): [string, KnownAsset][] => {
      const [row] = found[place] ?? [];
      const said = row && words.get(row.id);
      if (!row || !said) return [];
      const visible = new Set((columns.get(row.id) ?? []).map(({ path }) => path));
      return [[refText(ref), { ref: refOf(row), words: said, visibleColumns: visible }]];
    });
  }
}

function isKind({ kind }: SaidName): (row: AssetRow) => boolean {
  return (row) => row.kind === kind;
}

function keyOf({ kind, namespace, name }: AssetRow): AssetRef {
  return { kind, namespace, name };
}
