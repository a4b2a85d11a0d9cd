import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { Invalid, NotFound } from '../../core/errors.js';
import { AssetReader, type AssetRow } from '../assets/index.js';
import { LineageRepository, type ColumnKey, type ColumnStep, type Direction, type FlowStep } from './lineage.repository.js';
import { walk, type Bounds } from './walk.js';

export interface LineageQuestion {
  readonly ref: string;
  readonly direction: Direction;
  readonly maxHops: number;
  readonly maxNodes: number;
}

export interface LineageAnswer {
  readonly root: AssetRow;
  readonly nodes: readonly { readonly asset: AssetRow; readonly distance: number }[];
  readonly edges: readonly (FlowStep & { readonly job: AssetRow | null })[];
  readonly truncated: boolean;
  readonly truncatedBy: 'HOPS' | 'NODES' | null;
}

export interface ColumnLineageAnswer {
  readonly nodes: readonly { readonly asset: AssetRow; readonly column: string; readonly distance: number }[];
  readonly edges: readonly ColumnStep[];
  readonly truncated: boolean;
  readonly truncatedBy: 'HOPS' | 'NODES' | null;
}

@Injectable()
export class LineageService {
  constructor(
    private readonly lineage: LineageRepository,
    private readonly assets: AssetReader,
  ) {}

  /** @throws NotFound for a hidden or missing root, Invalid for bounds out of range. */
  async walk(actor: Actor, question: LineageQuestion): Promise<LineageAnswer> {
    const bounds = checkedBounds(question);
    const root = await this.assets.get(actor, question.ref);
    const isDown = question.direction === 'DOWNSTREAM';
    const found = await walk<FlowStep>(
      root.id,
      {
        from: (ids) => this.stepsFrom(actor, root, ids, question.direction),
        near: (step) => (isDown ? step.from : step.to),
        far: (step) => (isDown ? step.to : step.from),
      },
      bounds,
    );
    const ids = [...found.distances.keys()];
    const jobIds = found.steps.flatMap((step) => step.jobId ?? []);
    const rows = await this.assets.listByIds(actor, [...new Set([...ids, ...jobIds])]);
    const byId = new Map(rows.map((row) => [row.id, row]));
    return {
      root,
      nodes: ids.flatMap((id) => nodeOf(byId.get(id), found.distances.get(id))),
      edges: found.steps.map((step) => ({ ...step, job: step.jobId === null ? null : (byId.get(step.jobId) ?? null) })),
      truncated: found.truncatedBy !== null,
      truncatedBy: found.truncatedBy,
    };
  }

  async walkColumns(actor: Actor, question: LineageQuestion & { column: string }): Promise<ColumnLineageAnswer> {
    const bounds = checkedBounds(question);
    const root = await this.assets.get(actor, question.ref);
    await this.requireColumn(actor, root, question.column);
    const isDown = question.direction === 'DOWNSTREAM';
    const found = await walk<ColumnStep>(
      keyOf({ assetId: root.id, path: question.column }),
      {
        from: (keys) => this.lineage.listColumnSteps(actor, keys.map(fromKey), question.direction),
        near: (step) => (isDown ? keyOf({ assetId: step.from, path: step.fromPath }) : keyOf({ assetId: step.to, path: step.toPath })),
        far: (step) => (isDown ? keyOf({ assetId: step.to, path: step.toPath }) : keyOf({ assetId: step.from, path: step.fromPath })),
        isEnd: (key) => fromKey(key).path === '',
      },
      bounds,
    );
    const keys = [...found.distances.keys()].map((key) => ({ key, ...fromKey(key) }));
    const rows = await this.assets.listByIds(actor, [...new Set(keys.map(({ assetId }) => assetId))]);
    const byId = new Map(rows.map((row) => [row.id, row]));
    return {
      nodes: keys.flatMap(({ key, assetId, path }) =>
        nodeOf(byId.get(assetId), found.distances.get(key)).map((node) => ({ ...node, column: path })),
      ),
      edges: found.steps,
      truncated: found.truncatedBy !== null,
      truncatedBy: found.truncatedBy,
    };
  }

  private async stepsFrom(actor: Actor, root: AssetRow, ids: readonly string[], direction: Direction): Promise<FlowStep[]> {
    if (root.kind === 'JOB' && ids.includes(root.id)) return this.lineage.listStepsOfJob(actor, root.id, direction);
    return this.lineage.listSteps(actor, ids, direction);
  }

  private async requireColumn(actor: Actor, root: AssetRow, path: string): Promise<void> {
    const columns = (await this.assets.listColumns(actor, [root.id])).get(root.id) ?? [];
    if (!columns.some((column) => column.path === path)) throw new NotFound(`No column '${path}' was found.`, ['column']);
  }
}

function nodeOf(asset: AssetRow | undefined, distance: number | undefined): { asset: AssetRow; distance: number }[] {
  return asset && distance !== undefined ? [{ asset, distance }] : [];
}

function keyOf({ assetId, path }: ColumnKey): string {
  return `${assetId} ${path}`;
}

function fromKey(key: string): ColumnKey {
  return { assetId: key.slice(0, 36), path: key.slice(37) };
}

function checkedBounds({ maxHops, maxNodes }: LineageQuestion): Bounds {
  if (maxHops < 1 || maxHops > 20) throw new Invalid(`maxHops is 1–20, not ${maxHops}.`, ['maxHops']);
  if (maxNodes < 1 || maxNodes > 5000) throw new Invalid(`maxNodes is 1–5000, not ${maxNodes}.`, ['maxNodes']);
  return { maxHops, maxNodes };
}
