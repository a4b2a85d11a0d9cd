import { z } from 'zod';
import { CliError, EXIT, type ExitCode } from './cli-error.js';
import { findHits } from './search.js';
import type { Terminal } from './terminal.js';
import { treeLines, type Walk } from './tree.js';

export interface LineageOptions {
  readonly upstream?: boolean;
  readonly downstream?: boolean;
  readonly hops: number;
  readonly column?: string;
}

type Direction = 'UPSTREAM' | 'DOWNSTREAM';

const ASSET = 'query Asset($ref: String!) { asset(ref: $ref) { id ref } }';
const LINEAGE = `query Lineage($ref: String!, $direction: LineageDirection!, $hops: Int) {
  lineage(ref: $ref, direction: $direction, maxHops: $hops) {
    truncated truncatedBy
    nodes { distance asset { id ref } }
    edges { from to job { name } origins }
  }
}`;
const COLUMN_LINEAGE = `query ColumnLineage($ref: String!, $column: String!, $direction: LineageDirection!, $hops: Int) {
  columnLineage(ref: $ref, column: $column, direction: $direction, maxHops: $hops) {
    truncated truncatedBy
    nodes { distance column asset { id ref } }
    edges { fromAsset fromColumn toAsset toColumn transformations isMasked }
  }
}`;

const assetRef = z.object({ id: z.string(), ref: z.string() });
const bounds = { truncated: z.boolean(), truncatedBy: z.string().nullable() };
const assetGraph = z.object({
  ...bounds,
  nodes: z.array(z.object({ distance: z.number(), asset: assetRef })),
  edges: z.array(
    z.object({
      from: z.string(),
      to: z.string(),
      job: z.object({ name: z.string() }).nullable(),
      origins: z.array(z.string()),
    }),
  ),
});
const columnGraph = z.object({
  ...bounds,
  nodes: z.array(z.object({ distance: z.number(), column: z.string(), asset: assetRef })),
  edges: z.array(
    z.object({
      fromAsset: z.string(),
      fromColumn: z.string(),
      toAsset: z.string(),
      toColumn: z.string(),
      transformations: z.array(z.string()),
      isMasked: z.boolean(),
    }),
  ),
});

interface Found {
  readonly walk: Walk;
  readonly graph: z.infer<typeof assetGraph> | z.infer<typeof columnGraph>;
}

/** `name` is an id, a reference, or the exact name of one asset. */
export async function lineage(terminal: Terminal, name: string, options: LineageOptions): Promise<ExitCode> {
  const ref = await resolveAsset(terminal, name);
  const graphs: Partial<Record<Direction, Found['graph']>> = {};
  for (const direction of directionsOf(options)) {
    const found = await walkFrom(terminal, { ref, direction, hops: options.hops, column: options.column });
    graphs[direction] = found.graph;
    if (terminal.isJson) continue;
    terminal.out([`${direction.toLowerCase()}:`, ...treeLines(found.walk)].join('\n'));
    if (found.graph.truncated)
      terminal.note(`There is more ${direction.toLowerCase()}; ${moreBy(found.graph.truncatedBy)}`);
  }
  if (terminal.isJson) terminal.out(JSON.stringify({ ref, ...graphs }));
  return EXIT.OK;
}

function moreBy(bound: string | null): string {
  return bound === 'HOPS' ? '--hops shows more.' : 'ask nearer to it.';
}

function directionsOf({ upstream, downstream }: LineageOptions): Direction[] {
  const isBoth = upstream === downstream;
  return [
    ...(isBoth || upstream ? ['UPSTREAM' as const] : []),
    ...(isBoth || downstream ? ['DOWNSTREAM' as const] : []),
  ];
}

async function resolveAsset(terminal: Terminal, name: string): Promise<string> {
  const direct = z.object({ asset: assetRef.nullable() }).nullable();
  const found = direct.parse(await terminal.client.graphql(ASSET, { ref: name }))?.asset;
  if (found) return found.ref;
  const { hits } = await findHits(terminal, name, 20);
  const exact = hits.flatMap(({ tier, column, asset }) =>
    asset && column === null && (tier === 'EXACT_NAME' || tier === 'QUALIFIED_NAME') ? [{ tier, ref: asset.ref }] : [],
  );
  const best = exact.filter(({ tier }) => tier === exact[0]?.tier);
  const [only] = best;
  if (only && best.length === 1) return only.ref;
  if (best.length > 1) {
    const list = best.map(({ ref }) => `  ${ref}`).join('\n');
    throw new CliError(EXIT.USAGE, `Several assets are called ${name}. Give one of these:\n${list}`);
  }
  throw new CliError(EXIT.NOTHING_FOUND, `No asset is called ${name}. Try: cadastre search ${name}`);
}

interface Question {
  readonly ref: string;
  readonly direction: Direction;
  readonly hops: number;
  readonly column: string | undefined;
}

async function walkFrom(terminal: Terminal, question: Question): Promise<Found> {
  const { direction, column } = question;
  const data = await terminal.client.graphql(column === undefined ? LINEAGE : COLUMN_LINEAGE, question);
  if (data === null)
    throw new CliError(EXIT.NOTHING_FOUND, `${question.ref} has no ${column ?? 'lineage'} that you may see.`);
  if (column === undefined) {
    const graph = z.object({ lineage: assetGraph }).parse(data).lineage;
    return { graph, walk: assetWalk(graph, direction) };
  }
  const graph = z.object({ columnLineage: columnGraph }).parse(data).columnLineage;
  return { graph, walk: columnWalk(graph, direction) };
}

function assetWalk({ nodes, edges }: z.infer<typeof assetGraph>, direction: Direction): Walk {
  return {
    direction,
    root: nodes[0]?.asset.id ?? '',
    labels: new Map(nodes.map(({ asset }) => [asset.id, asset.ref])),
    steps: edges.map(({ from, to, job, origins }) => ({ from, to, via: job?.name ?? origins.join('+').toLowerCase() })),
  };
}

function columnWalk({ nodes, edges }: z.infer<typeof columnGraph>, direction: Direction): Walk {
  const keyOf = (asset: string, column: string) => `${asset} ${column}`;
  // What influences every column of an asset influences those that are shown.
  const targetsOf = (asset: string, column: string): string[] => {
    const shown = nodes.filter((node) => node.asset.id === asset && (column === '' || node.column === column));
    return shown.map((node) => keyOf(asset, node.column));
  };
  const columnOf = (column: string) => (column === '' ? '(every column)' : column);
  return {
    direction,
    root: nodes[0] ? keyOf(nodes[0].asset.id, nodes[0].column) : '',
    labels: new Map(nodes.map(({ asset, column }) => [keyOf(asset.id, column), `${asset.ref} ${columnOf(column)}`])),
    steps: edges.flatMap((edge) =>
      targetsOf(edge.toAsset, edge.toColumn).map((to) => ({
        from: keyOf(edge.fromAsset, edge.fromColumn),
        to,
        via: [...edge.transformations, ...(edge.isMasked ? ['masked'] : [])].join('+'),
      })),
    ),
  };
}
