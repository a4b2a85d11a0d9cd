import { z } from 'zod';
import { EXIT, type ExitCode } from './cli-error.js';
import { table, type Terminal } from './terminal.js';

const SEARCH = `query Search($query: String!, $first: Int) {
  search(query: $query, first: $first) {
    totalCount
    didYouMean
    notices { text message }
    nodes { tier item { ... on Person { handle name } } asset { id ref kind name displayName description } column { path description } }
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
  item: z.object({ handle: z.string().optional(), name: z.string().optional() }),
  asset: asset.nullable(),
  column: z.object({ path: z.string(), description: z.string().nullable() }).nullable(),
});
const answerSchema = z.object({
  search: z.object({
    totalCount: z.number(),
    didYouMean: z.string().nullable(),
    notices: z.array(z.object({ text: z.string(), message: z.string() })),
    nodes: z.array(hit),
  }),
});

export type Hit = z.infer<typeof hit>;

export async function findHits(
  terminal: Terminal,
  query: string,
  first: number,
): Promise<{ total: number; hits: Hit[]; notes: string[] }> {
  const data = await terminal.client.graphql(SEARCH, { query, first });
  if (data === null) return { total: 0, hits: [], notes: [] };
  const { totalCount, nodes, didYouMean, notices } = answerSchema.parse(data).search;
  const instead = didYouMean === null ? [] : [`Nothing has these words; shown is: ${didYouMean}`];
  return {
    total: totalCount,
    hits: nodes,
    notes: [...notices.map(({ text, message }) => `${text}: ${message}`), ...instead],
  };
}

export async function search(terminal: Terminal, words: readonly string[], first: number): Promise<ExitCode> {
  const { total, hits, notes } = await findHits(terminal, words.join(' '), first);
  for (const note of notes) terminal.note(note);
  if (terminal.isJson) terminal.out(JSON.stringify({ totalCount: total, nodes: hits }));
  else if (hits.length > 0) terminal.out(table(hits.map(rowOf)));
  if (total === 0) terminal.note('Nothing found.');
  else if (total > hits.length) terminal.note(`${hits.length} of ${total}; --first shows more.`);
  return total === 0 ? EXIT.NOTHING_FOUND : EXIT.OK;
}

function rowOf({ asset: found, column, tier, item }: Hit): string[] {
  if (!found) return [`person:${item.handle ?? ''}`, wordsOf(tier), item.name ?? ''];
  const name = column ? `${found.ref} column ${column.path}` : found.ref;
  const description = (column ? column.description : found.description) ?? '';
  const [firstLine = ''] = description.split('\n');
  return [name, wordsOf(tier), firstLine.slice(0, 80)];
}

function wordsOf(tier: string): string {
  return tier.toLowerCase().replaceAll('_', ' ');
}
