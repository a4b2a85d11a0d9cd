import type { Database } from '../../platform/database/database.js';
import { matchesSql, Parameters, shownSql, type Part, type Shown } from './postgres-search-page.js';
import type { AnyOf } from './search-stages.js';
import type { SearchClass, SearchClasses } from './postgres-search-classes.js';
import { fieldValues, type FieldName } from './search-fields.js';
import { MOST_FACET_VALUES, type Facet, type SearchRequest } from './search-index.js';

/** How many documents of a class match and are shown. */
interface ClassCount {
  readonly id: number;
  readonly count: number;
}

/** Counts of classes that are kept; about 60 bytes each. */
const MOST_REMEMBERED = 300_000;

export interface Matches {
  readonly total: number;
  readonly shown: Shown;
  readonly counts: readonly ClassCount[];
}

type Asked = Pick<SearchRequest, 'access' | 'handle' | 'conditions' | 'now'>;

/**
 * Counts what matches by class, and then decides class by class: one statement whatever the policy and the conditions,
 * one more for documents that a policy names one by one, and for people two.
 */
export class MatchCounter {
  /** Of the newest revision of the index, which is all that is asked for. */
  private readonly counted = new Map<string, readonly ClassCount[]>();
  private revision = '';
  private remembered = 0;

  constructor(
    private readonly database: Database,
    private readonly classes: SearchClasses,
  ) {}

  /** Null: every document. */
  async count(anyOf: AnyOf | null, asked: Asked): Promise<Matches> {
    const matched = await this.countByClass(anyOf);
    await this.classes.load(matched.map(({ id }) => id));
    const fitting = matched.filter(({ id }) => this.classes.fits(id, asked.conditions, asked.now));
    const whole: ClassCount[] = [];
    const parts = new Map<string, { classIds: number[]; rest: Part['rest'] }>();
    for (const one of fitting) {
      const decision = this.classes.decide(asked.access, one.id);
      if (decision === true) whole.push(one);
      if (typeof decision === 'boolean') continue;
      const rest = decision === 'OWNERS' ? { handles: [] } : decision;
      const key = JSON.stringify(rest);
      const part = parts.get(key) ?? { classIds: [], rest };
      part.classIds.push(one.id);
      parts.set(key, part);
    }
    const partly = await this.withPeople([...parts.values()], anyOf, asked);
    const counts = [...whole, ...(await this.countPartly(anyOf, partly))];
    const total = counts.reduce((sum, { count }) => sum + count, 0);
    const isWhole = whole.length === matched.length;
    return { total, counts, shown: { whole: isWhole ? null : whole.map(({ id }) => id), partly } };
  }

  /** Counts by value over what matches. */
  facets(names: readonly FieldName[], { counts, total }: Matches, now: Date): Facet[] {
    return names.map((field) => {
      const byValue = new Map<string, number>();
      let without = total;
      for (const { id, count } of counts) {
        const values = this.valuesOf(id, field, now);
        if (values.length > 0) without -= count;
        for (const value of values) byValue.set(value, (byValue.get(value) ?? 0) + count);
      }
      const values = [...byValue].map(([value, count]) => ({ value, count }));
      values.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
      return { field, values: values.slice(0, MOST_FACET_VALUES), without };
    });
  }

  classOf(id: number): SearchClass | undefined {
    return this.classes.known(id);
  }

  private valuesOf(id: number, field: FieldName, now: Date): readonly string[] {
    const known = this.classes.known(id);
    return known ? [...new Set(fieldValues(known.fields, field, now))] : [];
  }

  /** Counted once for as long as no document changes, whoever asks. */
  private async countByClass(anyOf: AnyOf | null): Promise<readonly ClassCount[]> {
    const key = JSON.stringify(anyOf);
    const state = await this.database.queryOne<{ revision: string }>('SELECT revision FROM search_generation');
    const revision = state?.revision ?? '';
    if (revision !== this.revision) this.forget(revision);
    const known = this.counted.get(key);
    if (known) return known;
    const counts = await this.countNow(anyOf);
    if (this.remembered + counts.length > MOST_REMEMBERED) this.forget(revision);
    // What was counted while the index changed may be of either revision.
    if (revision !== this.revision) return counts;
    this.remembered += counts.length + 1;
    this.counted.set(key, counts);
    return counts;
  }

  private forget(revision: string): void {
    this.counted.clear();
    this.remembered = 0;
    this.revision = revision;
  }

  /** As two arrays: thousands of classes are read as two texts. */
  private async countNow(anyOf: AnyOf | null): Promise<ClassCount[]> {
    const where = anyOf === null ? '' : 'WHERE words @@ ANY($1::tsquery[])';
    const row = await this.database.queryOne<{ ids: number[] | null; counts: number[] | null }>(
      `SELECT array_agg(class_id) AS ids, array_agg(count) AS counts FROM (
         SELECT class_id, count(*)::int AS count FROM search_document ${where} GROUP BY class_id) counted`,
      anyOf === null ? [] : [anyOf],
    );
    return (row?.ids ?? []).map((id, index) => ({ id, count: row?.counts?.[index] ?? 0 }));
  }

  private async countPartly(anyOf: AnyOf | null, partly: readonly Part[]): Promise<ClassCount[]> {
    if (partly.length === 0) return [];
    const parameters = new Parameters();
    const shown = shownSql({ whole: [], partly }, parameters);
    const matches = anyOf === null ? 'TRUE' : matchesSql(anyOf, parameters);
    return this.database.query<ClassCount>(
      `SELECT d.class_id AS id, count(*)::int AS count FROM search_document d
       WHERE ${matches} AND ${shown} GROUP BY d.class_id`,
      parameters.values,
    );
  }

  /** A person is shown to himself, and to whoever may discover something that the person owns. */
  private async withPeople(partly: readonly Part[], anyOf: AnyOf | null, asked: Asked): Promise<Part[]> {
    const people = partly.find(({ rest }) => 'handles' in rest);
    if (!people) return [...partly];
    const parameters = new Parameters();
    const among = `d.class_id = ANY(${parameters.place(people.classIds, 'int[]')})`;
    const matches = anyOf === null ? 'TRUE' : matchesSql(anyOf, parameters);
    const rows = await this.database.query<{ name: string }>(
      `SELECT o.name FROM search_document d JOIN search_origin o ON o.id = d.id WHERE ${matches} AND ${among}`,
      parameters.values,
    );
    const handles = await this.knownOwners(
      rows.map(({ name }) => name),
      asked,
    );
    return partly.map((part) => (part === people ? { ...part, rest: { handles } } : part));
  }

  private async knownOwners(handles: readonly string[], asked: Asked): Promise<string[]> {
    const owned = await this.database.query<{ id: number; owners: string[] }>(
      `SELECT id, owners FROM search_class c WHERE owners && $1::text[]
         AND EXISTS (SELECT FROM search_document d WHERE d.class_id = c.id)`,
      [handles],
    );
    await this.classes.load(owned.map(({ id }) => id));
    const decided = owned.map((one) => ({ ...one, decision: this.classes.decide(asked.access, one.id) }));
    const open = decided.flatMap(({ id, decision }) =>
      typeof decision === 'object' ? [{ classIds: [id], rest: decision }] : [],
    );
    const granted = new Set((await this.countPartly(null, open)).map(({ id }) => id));
    const known = new Set(
      decided.filter(({ id, decision }) => decision === true || granted.has(id)).flatMap(({ owners }) => owners),
    );
    return handles.filter((handle) => handle === asked.handle || known.has(handle));
  }
}
