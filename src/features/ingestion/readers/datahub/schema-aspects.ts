import type { ColumnWords, SchemaField } from '../statement.js';
import type { AspectBody } from './aspect-body.js';
import type { Handler, Subject } from './subject.js';
import { plainPath } from './urn.js';
import { documentationIn, tagNames, termNames } from './word-aspects.js';

const schemaMetadata: Handler = (subject, body) => {
  const fields = new Map<string, SchemaField>();
  const words: Record<string, ColumnWords[string]> = {};
  const facet = new SchemaFacet();
  for (const field of body.items('fields')) {
    const path = plainPath(field.text('fieldPath') ?? '');
    if (path === '' || fields.has(path)) continue; // the variants of a union share their paths
    const description = field.text('description');
    fields.set(path, { path, type: typeIn(field), description, ordinal: fields.size + 1 });
    words[path] = { ...wordsIn(subject, field), sensitivity: null };
    facet.add(path, field);
  }
  for (const key of ['schemaName', 'platform', 'version', 'hash', 'cluster', 'dataset']) body.take(key);
  body.author();
  const keys = body.pick('primaryKeys', 'foreignKeys', 'foreignKeysSpecs');
  subject.say('schema', fields.size > 0 ? [...fields.values()] : null);
  subject.say('columnWords', words);
  subject.say('facet:schemaDetail', facet.with(keys));
  subject.say('facet:platformSchema', body.whole('platformSchema'));
};

/** What people wrote about columns in DataHub. */
const editableSchemaMetadata: Handler = (subject, body) => {
  const words: Record<string, ColumnWords[string]> = {};
  for (const field of body.items('editableSchemaFieldInfo')) {
    const path = plainPath(field.text('fieldPath') ?? '');
    if (path === '') continue;
    const description = field.text('description');
    words[path] = { ...wordsIn(subject, field), sensitivity: null, ...(description === null ? {} : { description }) };
  }
  subject.say('columnWords#edited', words, { by: body.author() });
};

export const SCHEMA_ASPECTS: ReadonlyMap<string, Handler> = new Map([
  ['schemaMetadata', schemaMetadata],
  ['editableSchemaMetadata', editableSchemaMetadata],
]);

type ColumnHandler = (subject: Subject, path: string, body: AspectBody) => void;

/** Columns are entities of their own in DataHub; here they belong to their table, whose schema names them. */
export const COLUMN_ASPECTS: ReadonlyMap<string, ColumnHandler> = new Map([
  ['schemaFieldKey', (_, __, body) => void body.everything()],
  ['status', (_, __, body) => void body.take('removed')],
  [
    'documentation',
    (subject, path, body) => {
      const { text, by } = documentationIn(body);
      subject.sayOf(path, 'description#documentation', text, { by });
    },
  ],
  ['globalTags', (subject, path, body) => subject.sayOf(path, 'tags#column', tagNames(subject, body))],
  [
    'glossaryTerms',
    (subject, path, body) => {
      subject.sayOf(path, 'terms#column', termNames(subject, body), { by: body.author() });
    },
  ],
]);

/** What a schema says beyond names, types and texts. */
class SchemaFacet {
  private readonly lists: Record<string, string[]> = {};
  private readonly labels: Record<string, string> = {};

  add(path: string, field: AspectBody): void {
    field.take('recursive');
    if (field.take('nullable') === false) this.put('notNull', path);
    if (field.take('isPartOfKey') === true) this.put('partOfKey', path);
    if (field.take('isPartitioningKey') === true) this.put('partitioningKey', path);
    const label = field.text('label');
    if (label !== null) this.labels[path] = label;
  }

  with(keys: object | null): object | null {
    const labels = Object.keys(this.labels).length > 0 ? { labels: this.labels } : {};
    const all = { ...this.lists, ...labels, ...keys };
    return Object.keys(all).length > 0 ? all : null;
  }

  private put(list: string, path: string): void {
    this.lists[list] = [...(this.lists[list] ?? []), path];
  }
}

function wordsIn(subject: Subject, field: AspectBody): { readonly tags: string[]; readonly terms: string[] } {
  const terms = field.object('glossaryTerms');
  terms.author();
  return { tags: tagNames(subject, field.object('globalTags')), terms: termNames(subject, terms) };
}

/** As the store spells it; else DataHub's own: `com.linkedin.schema.StringType` is STRING. */
function typeIn(field: AspectBody): string | null {
  const native = field.text('nativeDataType');
  const type = field.take('type');
  if (native !== null) return native;
  const inner: unknown = typeof type === 'object' && type !== null && 'type' in type ? type.type : null;
  const [name] = typeof inner === 'object' && inner !== null ? Object.keys(inner) : [];
  return name === undefined ? null : name.replace(/^.*\./, '').replace(/Type$/, '').toUpperCase();
}
