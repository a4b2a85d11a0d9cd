import { report, timed } from './service.mjs';

const WORDS = [
  'customer orders',
  'invoice',
  'shipment event',
  'daily revenue',
  'payment_042',
  'stock level',
  'campaign clicks',
];

export async function run({ catalog }) {
  const { service, client } = await catalog();
  const queries = Array.from({ length: 210 }, (_, i) => WORDS[i % WORDS.length]);
  const ours = await timed(queries, (query) =>
    service.graphql(
      'query($q: String!) { search(query: $q, first: 20) { totalCount nodes { tier asset { id name } } } }',
      { q: query },
    ),
  );
  const baseline = await timed(queries, (query) => client.query(TS_RANK, [query]));
  report('search, over HTTP with policy, exact total', ours, 'plain ts_rank, 20 ids, no total', baseline);
}

const TS_RANK = `SELECT asset_id, column_path FROM search_document, plainto_tsquery('simple', $1) q
  WHERE words @@ q ORDER BY ts_rank(words, q) DESC LIMIT 20`;
