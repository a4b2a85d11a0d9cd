import { stringify } from 'csv-stringify/sync';
import { refOf, type AssetRow } from '../assets/index.js';
import { openLineageEvents } from './openlineage-export.js';
import type { LineageEdge, LineageGraph } from './lineage.service.js';

export type LineageFormat = 'MERMAID' | 'DOT' | 'CSV' | 'OPENLINEAGE';

/** What is exported is what the graph holds: nothing hidden, and as much as its bounds let in. */
export function exported(graph: LineageGraph, format: LineageFormat, at: Date): string {
  switch (format) {
    case 'MERMAID':
      return mermaid(graph);
    case 'DOT':
      return dot(graph);
    case 'CSV':
      return csv(graph);
    case 'OPENLINEAGE':
      return JSON.stringify(openLineageEvents(graph, at), null, 2);
  }
}

/** Flowchart of Mermaid; quotes are written as entities, since it knows no escapes. */
function mermaid({ nodes, edges }: LineageGraph): string {
  const text = (value: string): string =>
    `"${value
      .replaceAll('&', '&amp;')
      .replaceAll('"', '#quot;')
      .replaceAll(/[\r\n]+/g, ' ')}"`;
  const places = placesOf(nodes.map(({ asset }) => asset));
  const place = (id: string): string => `n${places.get(id)}`;
  const shown = nodes.map(({ asset }) => `  ${place(asset.id)}[${text(labelOf(asset))}]`);
  const flows = edges.map(({ from, to, job }) => {
    const label = job ? `|${text(labelOf(job))}|` : '';
    return `  ${place(from)} -->${label} ${place(to)}`;
  });
  return ['flowchart LR', ...shown, ...flows, ''].join('\n');
}

/** The DOT language of Graphviz. */
function dot({ nodes, edges }: LineageGraph): string {
  const text = (value: string): string =>
    `"${value
      .replaceAll('\\', '\\\\')
      .replaceAll('"', '\\"')
      .replaceAll(/[\r\n]+/g, ' ')}"`;
  const shown = nodes.map(({ asset }) => `  ${text(asset.id)} [label=${text(labelOf(asset))}];`);
  const flows = edges.map(({ from, to, job }) => {
    const label = job ? ` [label=${text(labelOf(job))}]` : '';
    return `  ${text(from)} -> ${text(to)}${label};`;
  });
  return ['digraph lineage {', '  rankdir=LR;', '  node [shape=box];', ...shown, ...flows, '}', ''].join('\n');
}

/** One row a flow, by references; RFC 4180, and no cell is a formula to a spreadsheet. */
function csv({ nodes, edges }: LineageGraph): string {
  const refs = new Map(nodes.map(({ asset }) => [asset.id, refOf(asset)]));
  const row = ({ from, to, job, origins, firstSeenAt, lastSeenAt }: LineageEdge): string[] => [
    refs.get(from) ?? '',
    refs.get(to) ?? '',
    job ? refOf(job) : '',
    origins.join(' '),
    new Date(firstSeenAt).toISOString(),
    new Date(lastSeenAt).toISOString(),
  ];
  const header = ['from', 'to', 'job', 'origins', 'first_seen', 'last_seen'];
  return stringify([header, ...edges.map(row)], { record_delimiter: 'windows', escape_formulas: true });
}

function labelOf(asset: AssetRow): string {
  return asset.displayName ?? asset.name;
}

function placesOf(assets: readonly AssetRow[]): Map<string, number> {
  return new Map(assets.map(({ id }, place) => [id, place]));
}
