// What is compared: the service, and what one gets without a search of one's own. An engine is a function from a query to the
// rows of its first page, `{ asset, column }`; the baselines read the same texts as an administrator sees them.
import { bm25 } from './bm25.mjs';

const DEPTH = 10;

const SEARCH = `query($query: String!) { search(query: $query, first: ${DEPTH}) { nodes { asset { id } column { path } item { ... on Person { handle } } } } }`;

export function ours(service) {
  return async (query) => {
    const { search } = await service.graphql(SEARCH, { query });
    return search.nodes.map(({ asset, column, item }) => ({
      asset: asset?.id ?? `person:${item.handle}`,
      column: column?.path ?? null,
    }));
  };
}

/** Each baseline in each way to cut the catalog into documents; the best of them is what ours is compared with. */
export async function baselines(client, assets, columns) {
  const ways = {
    'a document a table': whole(assets, columns),
    'a document a column': each(assets, columns),
  };
  const made = [];
  for (const [index, [way, documents]] of Object.entries(ways).entries()) {
    const table = `baseline_${index}`;
    await load(client, table, documents);
    made.push(
      { name: `ts_rank_cd, all words, ${way}`, ask: tsRank(client, table, ALL_WORDS) },
      { name: `ts_rank_cd, any word, ${way}`, ask: tsRank(client, table, ANY_WORD) },
      { name: `BM25, ${way}`, ask: ofKeys(bm25(documents)) },
    );
  }
  return made;
}

/** An asset and all its columns in one text. */
function whole(assets, columns) {
  const texts = new Map(assets.map(({ id, text }) => [id, [text]]));
  for (const { asset, text } of columns) texts.get(asset).push(text);
  return assets.map(({ id }) => ({ key: keyOf(id, null), text: texts.get(id).join('\n') }));
}

/** Columns beside the assets, as ours has them. Without the names of their tables, which would find every column of one. */
function each(assets, columns) {
  return [
    ...assets.map(({ id, text }) => ({ key: keyOf(id, null), text })),
    ...columns.map(({ asset, path, text }) => ({ key: keyOf(asset, path), text })),
  ];
}

const keyOf = (asset, column) => JSON.stringify([asset, column]);

function ofKeys(search) {
  return async (query) =>
    search(query)
      .slice(0, DEPTH)
      .map(({ key }) => rowOf(key));
}

function rowOf(key) {
  const [asset, column] = JSON.parse(key);
  return { asset, column };
}

/** Postgres reads `shop.public.orders` as a host; a fair baseline is given the words. */
const WORDS = `regexp_replace($1, '[^[:alnum:]]+', ' ', 'g')`;
const ALL_WORDS = `websearch_to_tsquery('english', ${WORDS})`;
const ANY_WORD = `replace(plainto_tsquery('english', ${WORDS})::text, '&', '|')::tsquery`;

async function load(client, table, documents) {
  await client.query(`CREATE TEMPORARY TABLE ${table} (place int, key text, words tsvector)`);
  await client.query(
    `INSERT INTO ${table}
     SELECT place, key, to_tsvector('english', regexp_replace(text, '[^[:alnum:]]+', ' ', 'g'))
     FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS d(key, text, place)`,
    [documents.map(({ key }) => key), documents.map(({ text }) => text)],
  );
}

function tsRank(client, table, tsquery) {
  const sql = `SELECT key FROM ${table}, (SELECT ${tsquery} AS q) asked WHERE words @@ q ORDER BY ts_rank_cd(words, q) DESC, place LIMIT ${DEPTH}`;
  return async (query) => (await client.query(sql, [query])).rows.map(({ key }) => rowOf(key));
}
