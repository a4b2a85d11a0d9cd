import { z } from 'zod';
import { EXIT, type ExitCode } from './cli-error.js';
import { table, type Terminal } from './terminal.js';

const SEARCH = `query Search($query: String!, $first: Int) {
  search(query: $query, first: $first) {
    totalCount
    nodes { tier asset { id ref kind name displayName description } column { path description } }
  }
}`;

const asset = z.object({
  id: z.string(),
  ref: z.string(),
  kind: z.string(),
  name: z.string(),
  displayName: z.string(),
  description: z.string().nullable(),
});
const hit = z.object({
  tier: z.string(),
  asset,
  column: z.object({ path: z.string(), description: z.string().nullable() }).nullable(),
});
const answerSchema = z.object({ search: z.object({ totalCount: z.number(), nodes: z.array(hit) }) });

export type Hit = z.infer<typeof hit>;

export async function findHits(
  terminal: Terminal,
  query: string,
  first: number,
): Promise<{ total: number; hits: Hit[] }> {
  const data = await terminal.client.graphql(SEARCH, { query, first });
  if (data === null) return { total: 0, hits: [] };
  const { totalCount, nodes } = answerSchema.parse(data).search;
  return { total: totalCount, hits: nodes };
}

export async function search(terminal: Terminal, words: readonly string[], first: number): Promise<ExitCode> {
  const { total, hits } = await findHits(terminal, words.join(' '), first);
  if (terminal.isJson) terminal.out(JSON.stringify({ totalCount: total, nodes: hits }));
  else if (hits.length > 0) terminal.out(table(hits.map(rowOf)));
  if (total === 0) terminal.note('Nothing found.');
  else if (total > hits.length) terminal.note(`${hits.length} of ${total}; --first shows more.`);
  return total === 0 ? EXIT.NOTHING_FOUND : EXIT.OK;
}

function rowOf({ asset: found, column, tier }: Hit): string[] {
  const name = column ? `${found.ref} column ${column.path}` : found.ref;
  const description = (column ? column.description : found.description) ?? '';
  const [firstLine = ''] = description.split('\n');
  return [name, tier.toLowerCase().replaceAll('_', ' '), firstLine.slice(0, 80)];
}
