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
  readonly asOf?: string;
  readonly format?: string;
}

/** As `LineageFormat` of the API, in small letters. */
export const LINEAGE_FORMATS = ['mermaid', 'dot', 'csv', 'openlineage'];

type Direction = 'UPSTREAM' | 'DOWNSTREAM';

const ASSET = 'query Asset($ref: String!) { asset(ref: $ref) { id ref } }';
const LINEAGE = `query Lineage($ref: String!, $direction: LineageDirection!, $hops: Int, $asOf: DateTime) {
  lineage(ref: $ref, direction: $direction, maxHops: $hops, asOf: $asOf) {
    truncated truncatedBy
    nodes { distance asset { id ref } }
    edges { from to job { name } origins }
  }
}`;
const EXPORT = `query Export($ref: String!, $direction: LineageDirection!, $hops: Int, $asOf: DateTime, $format: LineageFormat!) {
  lineage(ref: $ref, direction: $direction, maxHops: $hops, asOf: $asOf) { truncatedBy export(format: $format) }
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
  requireTogether(options);
  const asOf = momentOf(options);
  const ref = await resolveAsset(terminal, name);
  if (options.format !== undefined) {
    // One direction, so that it is one document.
    const direction = directionsOf(options).length === 1 && options.downstream ? 'DOWNSTREAM' : 'UPSTREAM';
    return exportLineage(terminal, { ref, asOf, direction, hops: options.hops, format: options.format.toUpperCase() });
  }
  const graphs: Partial<Record<Direction, Found['graph']>> = {};
  for (const direction of directionsOf(options)) {
    const found = await walkFrom(terminal, { ref, asOf, direction, hops: options.hops, column: options.column });
    graphs[direction] = found.graph;
    if (terminal.isJson) continue;
    terminal.out([`${direction.toLowerCase()}:`, ...treeLines(found.walk)].join('\n'));
    noteMore(terminal, direction, found.graph.truncatedBy);
  }
  if (terminal.isJson) terminal.out(JSON.stringify({ ref, ...graphs }));
  return EXIT.OK;
}

/** @throws CliError for options that do not go together. */
function requireTogether({ column, asOf, format }: LineageOptions): void {
  if (column !== undefined && asOf !== undefined)
    throw new CliError(EXIT.USAGE, '--as-of is of assets: leave out --column.');
  if (column !== undefined && format !== undefined)
    throw new CliError(EXIT.USAGE, '--format is of assets: leave out --column.');
}

/** @throws CliError for a text that is no time. */
function momentOf({ asOf }: LineageOptions): string | null {
  if (asOf === undefined) return null;
  const time = new Date(asOf);
  if (Number.isNaN(time.getTime()))
    throw new CliError(
      EXIT.USAGE,
      `--as-of is a day or a time, such as 2026-03-01 or 2026-03-01T08:00:00Z, not ${asOf}.`,
    );
  return time.toISOString();
}

interface Export {
  readonly ref: string;
  readonly direction: Direction;
  readonly hops: number;
  readonly asOf: string | null;
  /** As the API calls it. */
  readonly format: string;
}

async function exportLineage(terminal: Terminal, question: Export): Promise<ExitCode> {
  const shape = z.object({ lineage: z.object({ truncatedBy: z.string().nullable(), export: z.string() }) }).nullable();
  const found = shape.parse(await terminal.client.graphql(EXPORT, question))?.lineage;
  if (!found) throw new CliError(EXIT.NOTHING_FOUND, `${question.ref} has no lineage that you may see.`);
  terminal.out(found.export.trimEnd());
  noteMore(terminal, question.direction, found.truncatedBy);
  return EXIT.OK;
}

function noteMore(terminal: Terminal, direction: Direction, bound: string | null): void {
  if (bound === null) return;
  const how = bound === 'HOPS' ? '--hops shows more.' : 'ask nearer to it.';
  terminal.note(`There is more ${direction.toLowerCase()}; ${how}`);
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
  /** Null: now. */
  readonly asOf: string | null;
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
