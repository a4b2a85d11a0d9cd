import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { Access } from '../../platform/access/access.js';
import { AssetReader, FactRepository, refOf, type AssetRow } from '../assets/index.js';
import { csvReport, type CsvReport, type KnownAsset } from './csv-report.js';
import { nameText, type SaidName } from './readers/csv/csv-rows.js';
import { parseCsvFile, readCsv, type BoundName, type CsvFile } from './readers/csv/read-csv.js';
import { stamped } from './readers/file-message.js';
import { isObject } from './readers/json.js';
import { refText, type AssetRef } from './readers/statement.js';

/** Assets of a file that are looked at together: what is known of them is held in memory meanwhile. */
const BATCH = 500;

/** Makes a message of a CSV file, and says row by row what it would do. Reads as who sent it: hidden equals missing. */
@Injectable()
export class CsvIntake {
  constructor(
    private readonly access: Access,
    private readonly reader: AssetReader,
    private readonly facts: FactRepository,
  ) {}

  /**
   * Stamps the time and looks up names that stand without a namespace. What they turn out to be is kept in the message, so
   * that reading it again, by a rebuild, says the same.
   * @throws Forbidden without the right to ingest, Invalid when the body is no CSV message.
   */
  async prepare(actor: Actor, body: unknown, now: Date): Promise<object> {
    (await this.access.forActor(actor)).require('ingest', { type: 'system' });
    const message = stamped(isObject(body) ? { ...body, names: [] } : body, now);
    const { rows } = parseCsvFile(message);
    const said = new Map(rows.flatMap((row) => (row.said ? [[nameText(row.said), row.said]] : [])));
    const names = await this.lookUp(actor, [...said.values()]);
    return { ...(isObject(message) ? message : {}), names };
  }

  /** What the message would do, or has been taken to do, from the catalog as it is now. */
  async report(actor: Actor, message: unknown): Promise<CsvReport> {
    const file = parseCsvFile(message);
    const reading = readCsv(message);
    const known = await this.known(actor, file);
    return csvReport(file, reading, known);
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

  private async known(actor: Actor, file: CsvFile): Promise<Map<string, KnownAsset>> {
    const refs = new Map<string, AssetRef>();
    for (const { asset, problems } of file.rows) if (asset && problems.length === 0) refs.set(refText(asset), asset);
    const all = [...refs.values()];
    const known = new Map<string, KnownAsset>();
    for (let from = 0; from < all.length; from += BATCH) {
      for (const one of await this.knownOf(actor, all.slice(from, from + BATCH))) known.set(...one);
    }
    return known;
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
