import { z } from 'zod';
import { EXIT, type ExitCode } from './cli-error.js';
import { table, type Terminal } from './terminal.js';
import { refuse, userErrors } from './user-errors.js';

const SYNCS = `query($source: String) { sourceSyncs(source: $source, first: 50) {
  nodes { source id at state knownCount goneCount decidedBy reason } pageInfo { hasNextPage } } }`;
const RELEASE = `mutation($source: String!, $sync: ID!, $reason: String!) {
  sourceSyncRelease(source: $source, sync: $sync, reason: $reason) { sync { goneCount } userErrors { message code } } }`;

const syncsAnswer = z.object({
  sourceSyncs: z.object({
    nodes: z.array(
      z.object({
        source: z.string(),
        id: z.string(),
        at: z.string(),
        state: z.string(),
        knownCount: z.number(),
        goneCount: z.number(),
        decidedBy: z.string().nullable(),
        reason: z.string().nullable(),
      }),
    ),
    pageInfo: z.object({ hasNextPage: z.boolean() }),
  }),
});
const releaseAnswer = z.object({
  sourceSyncRelease: z.object({
    sync: z.object({ goneCount: z.number() }).nullable(),
    userErrors,
  }),
});

const WITHDRAW = `mutation($source: String!, $reason: String!) {
  sourceWithdraw(source: $source, reason: $reason) { source assets userErrors { message code } } }`;
const withdrawAnswer = z.object({ sourceWithdraw: z.object({ assets: z.number().nullable(), userErrors }) });

export interface ReleaseOptions {
  readonly reason: string;
}

/** Syncs of one source or of all, newest first. */
export async function syncs(terminal: Terminal, source: string | undefined): Promise<ExitCode> {
  const answer = syncsAnswer.parse(await terminal.client.graphql(SYNCS, { source: source ?? null })).sourceSyncs;
  const rows = answer.nodes.map((sync) => [
    sync.source,
    sync.id,
    sync.at,
    sync.state,
    `${sync.goneCount} of ${sync.knownCount} not seen`,
  ]);
  if (terminal.isJson) terminal.out(JSON.stringify(answer.nodes));
  else if (rows.length > 0) terminal.out(table(rows));
  else terminal.note('No source has listed what it has.');
  if (answer.pageInfo.hasNextPage) terminal.note('There are more than 50.');
  return answer.nodes.length > 0 ? EXIT.OK : EXIT.NOTHING_FOUND;
}

/** Lets a held sync take away what it did not see. */
export async function releaseSync(
  terminal: Terminal,
  source: string,
  sync: string,
  { reason }: ReleaseOptions,
): Promise<ExitCode> {
  const answer = releaseAnswer.parse(
    await terminal.client.graphql(RELEASE, { source, sync, reason }),
  ).sourceSyncRelease;
  refuse(answer.userErrors);
  const gone = answer.sync?.goneCount ?? 0;
  terminal.out(terminal.isJson ? JSON.stringify({ goneCount: gone }) : `Released: ${gone} assets are missing now.`);
  return EXIT.OK;
}

/** Ends what a source says. */
export async function withdrawSource(
  terminal: Terminal,
  source: string,
  { reason }: ReleaseOptions,
): Promise<ExitCode> {
  const answer = withdrawAnswer.parse(await terminal.client.graphql(WITHDRAW, { source, reason })).sourceWithdraw;
  refuse(answer.userErrors);
  const assets = answer.assets ?? 0;
  const text = `Withdrawn: of ${assets} assets, those that no other source has are removed.`;
  terminal.out(terminal.isJson ? JSON.stringify({ assets }) : text);
  return EXIT.OK;
}
