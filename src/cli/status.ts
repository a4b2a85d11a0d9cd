import { z } from 'zod';
import { EXIT, type ExitCode } from './cli-error.js';
import { table, type Terminal } from './terminal.js';

const ME = '{ me { handle name kind roles teams } assets(first: 1) { totalCount } }';

const meAnswer = z.object({
  me: z.object({
    handle: z.string(),
    name: z.string(),
    kind: z.string(),
    roles: z.array(z.string()),
    teams: z.array(z.string()),
  }),
  assets: z.object({ totalCount: z.number() }),
});
const ingestAnswer = z.object({ backlog: z.number(), failed: z.number(), lag: z.number() });

/** Whether the service is up, who the token belongs to, and how far ingestion is. */
export async function status(terminal: Terminal): Promise<ExitCode> {
  await terminal.client.json({ path: '/health/ready' });
  const { me, assets } = meAnswer.parse(await terminal.client.graphql(ME, {}));
  const ingest =
    ingestAnswer.safeParse(await terminal.client.jsonIfAllowed({ path: '/api/v1/ingest/status' })).data ?? null;
  if (terminal.isJson) {
    terminal.out(JSON.stringify({ me, visibleAssets: assets.totalCount, ingest }));
    return EXIT.OK;
  }
  const rows = [
    ['service', 'up'],
    ['you', `${me.name} (${me.handle})`],
    ['roles', me.roles.join(', ') || 'none'],
    ['assets you may see', String(assets.totalCount)],
    ...(ingest
      ? [
          ['waiting messages', String(ingest.backlog)],
          ['failed messages', String(ingest.failed)],
          ['changes to index', String(ingest.lag)],
        ]
      : []),
  ];
  terminal.out(table(rows));
  return EXIT.OK;
}

/** The catalog in canonical JSON: equal catalogs give equal bytes. */
export async function dump(terminal: Terminal): Promise<ExitCode> {
  const text = await terminal.client.text({ path: '/api/v1/dump' });
  terminal.out(text.replace(/\n$/, ''));
  return EXIT.OK;
}
