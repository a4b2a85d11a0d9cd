import { createHash } from 'node:crypto';
import type { Database } from '../../platform/database/database.js';
import { leastBeginnings } from './postgres-search-beginnings.js';
import { classOf, type StoredClass } from './postgres-search-classes.js';
import { lexemesOf } from './search-stages.js';
import type { SearchDocument } from './search-document.js';
import { scoreOf } from './search-score.js';

/** A document as it is written. Lexemes hold no line break, so that many travel as one text. */
interface Row {
  readonly key: string;
  readonly group: string;
  readonly classHash: string;
  readonly contentHash: string;
  readonly place: number;
  readonly usage: number;
  readonly updatedAt: Date;
  readonly sortName: string;
  readonly lexemes: string;
  readonly assetId: string | null;
  readonly name: string;
  readonly columnPath: string;
  readonly score: SearchDocument['score'];
}

/** A misspelled word is compared with these; shorter ones are near to everything. */
const LEAST_WORD_LENGTH = 4;
const MOST_WORD_LENGTH = 40;

/**
 * Replaces the documents of groups in a transaction. What did not change is left as it is: the same document again costs
 * a look-up. Rows are written in key order, so that two writers wait for each other and never in a circle.
 */
export async function writeDocuments(
  database: Database,
  documents: readonly SearchDocument[],
  groups: readonly string[],
): Promise<void> {
  await database.transaction(async () => {
    const classes = documents.map(classOf);
    const rows = documents
      .map((document, at) => rowOf(document, classes[at]?.hash ?? ''))
      .toSorted((a, b) => (a.key < b.key ? -1 : 1));
    await writeClasses(database, classes);
    const json = JSON.stringify(rows);
    const removed = await database.query(DELETE_SQL, [groups, rows.map(({ key }) => key)]);
    const changed = await database.query(UPDATE_SQL, [json]);
    const added = await database.query(INSERT_SQL, [json]);
    await database.query(TOUCH_SQL, [groups]);
    await writeWords(database, documents);
    await writeNameWords(database, documents);
    if (removed.length + changed.length + added.length === 0) return;
    // A word of many documents is written once; a search that came later would read them one by one (migrations/0051).
    await database.query(`SELECT gin_clean_pending_list('search_document_words_idx')`);
    await database.query('UPDATE search_generation SET revision = revision + 1');
  });
}

async function writeClasses(database: Database, classes: readonly StoredClass[]): Promise<void> {
  const distinct = new Map(classes.map((one) => [one.hash, one]));
  const ordered = [...distinct.values()].toSorted((a, b) => (a.hash < b.hash ? -1 : 1));
  await database.query(
    `INSERT INTO search_class (hash, owners, body)
     SELECT decode(v.hash, 'hex'), ARRAY(SELECT jsonb_array_elements_text(v.owners)), v.body
     FROM jsonb_to_recordset($1::jsonb) AS v(hash text, owners jsonb, body jsonb)
     WHERE NOT EXISTS (SELECT FROM search_class c WHERE c.hash = decode(v.hash, 'hex'))
     ON CONFLICT ON CONSTRAINT search_class_hash_key DO NOTHING`,
    [JSON.stringify(ordered)],
  );
}

async function writeWords(database: Database, documents: readonly SearchDocument[]): Promise<void> {
  const words = new Set(documents.flatMap(({ textWords }) => textWords.filter(isCompared)));
  await database.query(
    `INSERT INTO search_word (word) SELECT v.word FROM unnest($1::text[]) AS v(word)
     WHERE NOT EXISTS (SELECT FROM search_word w WHERE w.word = v.word)
     ON CONFLICT ON CONSTRAINT search_word_pkey DO NOTHING`,
    [[...words].toSorted()],
  );
}

async function writeNameWords(database: Database, documents: readonly SearchDocument[]): Promise<void> {
  const words = [...leastBeginnings(documents)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  await database.query(
    `INSERT INTO search_name_word AS known (word, least)
     SELECT v.word, v.least FROM unnest($1::text[], $2::int[]) AS v(word, least)
     WHERE NOT EXISTS (SELECT FROM search_name_word w WHERE w.word = v.word AND w.least <= v.least)
     ON CONFLICT ON CONSTRAINT search_name_word_pkey DO UPDATE SET least = least(known.least, excluded.least)`,
    [words.map(([word]) => word), words.map(([, least]) => least)],
  );
}

function isCompared(word: string): boolean {
  return word.length >= LEAST_WORD_LENGTH && word.length <= MOST_WORD_LENGTH && /^\p{L}+$/u.test(word);
}

function rowOf(document: SearchDocument, classHash: string): Row {
  const { key, group, usage, updatedAt, sortName, assetId, columnPath, score } = document;
  const row = {
    key,
    group,
    classHash,
    // Never -0, which JSON and Postgres tell apart differently.
    place: 0 - scoreOf(score),
    usage,
    updatedAt,
    sortName,
    lexemes: lexemesOf(document).join('\n'),
    assetId,
    name: nameOf(document),
    columnPath,
    score,
  };
  return { ...row, contentHash: createHash('sha256').update(JSON.stringify(row), 'utf8').digest('hex') };
}

function nameOf({ resource, handle }: SearchDocument): string {
  if (resource === null) return handle ?? '';
  return resource.type === 'column' ? resource.asset.name : resource.name;
}

const VALUES_SQL = `jsonb_to_recordset($1::jsonb) AS v(key text, "group" text, "classHash" text, "contentHash" text,
  place int, usage int, "updatedAt" timestamptz, "sortName" text, lexemes text, "assetId" uuid, name text,
  "columnPath" text, score jsonb)
  JOIN search_class c ON c.hash = decode(v."classHash", 'hex')`;

const DELETE_SQL = `
  DELETE FROM search_document WHERE id IN (
    SELECT id FROM search_origin WHERE group_key = ANY($1::text[]) AND key <> ALL($2::text[])) RETURNING id`;

const UPDATE_SQL = `
  WITH changed AS (
    UPDATE search_origin o
    SET group_key = v."group", asset_id = v."assetId", name = v.name, column_path = v."columnPath", score = v.score,
        content_hash = decode(v."contentHash", 'hex')
    FROM ${VALUES_SQL}
    WHERE o.key = v.key AND o.content_hash <> decode(v."contentHash", 'hex')
    RETURNING o.id, c.id AS class_id, v.place, v.usage, v."updatedAt", v."sortName", v.lexemes
  )
  UPDATE search_document d
  SET class_id = changed.class_id, place = changed.place, usage = changed.usage, updated_at = changed."updatedAt",
      sort_name = changed."sortName", words = array_to_tsvector(string_to_array(changed.lexemes, E'\\n'))
  FROM changed WHERE d.id = changed.id RETURNING d.id`;

const INSERT_SQL = `
  WITH added AS MATERIALIZED (
    SELECT nextval(pg_get_serial_sequence('search_document', 'id'))::int AS id, c.id AS class_id, v.*
    FROM ${VALUES_SQL}
    WHERE NOT EXISTS (SELECT FROM search_origin o WHERE o.key = v.key)
  ), documents AS (
    INSERT INTO search_document (id, class_id, place, usage, updated_at, sort_name, words) OVERRIDING SYSTEM VALUE
    SELECT id, class_id, place, usage, "updatedAt", "sortName", array_to_tsvector(string_to_array(lexemes, E'\\n'))
    FROM added
  )
  INSERT INTO search_origin (id, key, group_key, asset_id, name, column_path, score, content_hash, generation)
  SELECT id, key, "group", "assetId", name, "columnPath", score, decode("contentHash", 'hex'),
         (SELECT writing FROM search_generation)
  FROM added RETURNING id`;

/** Only while the index is built anew. */
const TOUCH_SQL = `
  UPDATE search_origin o SET generation = g.writing FROM search_generation g
  WHERE o.group_key = ANY($1::text[]) AND o.generation <> g.writing`;
