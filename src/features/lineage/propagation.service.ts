import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { Access } from '../../platform/access/access.js';
import { AssetPage, AssetReader, sensitivityOf, type AssetRow } from '../assets/index.js';
import { ColumnLineageRepository, type ColumnNode, type ValueFlow } from './column-lineage.repository.js';
import { propagated, type Propagated, type Traced } from './propagation.js';

export interface PropagatedWord extends Pick<Propagated, 'column' | 'kind' | 'value'> {
  readonly via: readonly { readonly asset: AssetRow; readonly column: string }[];
}

export interface PropagatedWords {
  readonly words: readonly PropagatedWord[];
  /** There was more to look at than is looked at. */
  readonly truncated: boolean;
}

const MAX_HOPS = 20;
const MAX_COLUMNS = 5000;

/**
 * Tags, terms and sensitivities that come to a dataset's columns with the values they are made of. Nothing is stored: what
 * has no cause any more is not there, and a masked flow lets nothing through.
 */
@Injectable()
export class PropagationService {
  constructor(
    private readonly page: AssetPage,
    private readonly reader: AssetReader,
    private readonly access: Access,
    private readonly columns: ColumnLineageRepository,
  ) {}

  /** As far as the actor may see columns and jobs on the way. @throws {NotFound} */
  async ofAsset(actor: Actor, ref: string): Promise<PropagatedWords> {
    const asset = await this.page.get(actor, ref);
    const own = (await this.reader.listColumns(actor, [asset.id])).get(asset.id) ?? [];
    const roots = own.map(({ path }): Traced => ({ column: path, node: { assetId: asset.id, path }, next: null }));
    const { traces, truncated } = await this.trace(actor, roots);
    const words = propagated(traces, await this.columns.listWords(distinct(traces)));
    const ids = [...new Set(words.flatMap(({ via }) => via.map(({ assetId }) => assetId)))];
    const byId = new Map((await this.reader.listByIds(actor, ids)).map((row) => [row.id, row]));
    return { words: words.flatMap((word) => shown(word, byId)), truncated };
  }

  /** Nearest first, one statement a hop. */
  private async trace(actor: Actor, roots: readonly Traced[]): Promise<{ traces: Traced[]; truncated: boolean }> {
    const access = await this.access.forActor(actor);
    const traces = [...roots];
    const seen = new Set(roots.map(traceKey));
    let frontier = roots;
    for (let hop = 1; hop <= MAX_HOPS && frontier.length > 0; hop += 1) {
      const flows = await this.columns.listUnmaskedSources(access, distinct(frontier));
      const sources = byTarget(flows);
      frontier = frontier.flatMap((next) =>
        (sources.get(`${next.node.assetId} ${next.node.path}`) ?? [])
          .map(({ fromAsset, fromColumn }) => ({ ...next, node: { assetId: fromAsset, path: fromColumn }, next }))
          .filter((trace) => seen.size < seen.add(traceKey(trace)).size),
      );
      traces.push(...frontier.slice(0, MAX_COLUMNS - traces.length));
      if (traces.length >= MAX_COLUMNS) return { traces, truncated: true };
    }
    return { traces, truncated: frontier.length > 0 };
  }
}

/** What was hidden since is left out with what came over it. */
function shown({ column, kind, value, via }: Propagated, byId: ReadonlyMap<string, AssetRow>): PropagatedWord[] {
  const way = via.flatMap(({ assetId, path }) => {
    const asset = byId.get(assetId);
    return asset ? [{ asset, column: path }] : [];
  });
  if (way.length < via.length) return [];
  return [{ column, kind, value: kind === 'SENSITIVITY' ? (sensitivityOf(Number(value)) ?? value) : value, via: way }];
}

function byTarget(flows: readonly ValueFlow[]): Map<string, ValueFlow[]> {
  const groups = new Map<string, ValueFlow[]>();
  for (const flow of flows) {
    const key = `${flow.toAsset} ${flow.toColumn}`;
    groups.set(key, [...(groups.get(key) ?? []), flow]);
  }
  return groups;
}

function traceKey({ column, node }: Traced): string {
  return JSON.stringify([column, node.assetId, node.path]);
}

function distinct(traces: readonly Traced[]): ColumnNode[] {
  return [...new Map(traces.map(({ node }) => [`${node.assetId} ${node.path}`, node])).values()];
}
