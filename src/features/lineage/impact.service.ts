import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { Invalid } from '../../core/errors.js';
import { Access } from '../../platform/access/access.js';
import { AssetPage } from '../assets/index.js';
import { ColumnLineageRepository, requireColumn, type ColumnNode } from './column-lineage.repository.js';
import type { ImpactGroup } from './graph/questions.js';
import { LineageWalker } from './lineage-walker.js';
import type { LineageDirection } from './walk.js';

export interface ImpactRequest {
  readonly refs: readonly string[];
  readonly columns: readonly { readonly ref: string; readonly column: string }[];
  readonly direction: LineageDirection;
}

interface ImpactCount {
  /** Null: without one. */
  readonly name: string | null;
  readonly count: number;
}

export interface Impact {
  readonly count: number;
  readonly byKind: readonly ImpactCount[];
  readonly byDomain: readonly ImpactCount[];
  readonly byOwner: readonly ImpactCount[];
  readonly sequence: string;
}

const MOST_ROOTS = 100;

/** What depends on assets or columns, over the whole graph that the actor may see. */
@Injectable()
export class ImpactService {
  constructor(
    private readonly page: AssetPage,
    private readonly access: Access,
    private readonly walker: LineageWalker,
    private readonly columns: ColumnLineageRepository,
  ) {}

  /** @throws {NotFound} for what is hidden or missing. @throws {Invalid} for nothing, for assets and columns at once, or for too many. */
  async impact(actor: Actor, request: ImpactRequest): Promise<Impact> {
    const { refs, columns, direction } = request;
    if (refs.length > 0 === columns.length > 0) throw new Invalid('Give refs or columns, one of them.', ['refs']);
    if (refs.length + columns.length > MOST_ROOTS) throw new Invalid(`At most ${MOST_ROOTS} at a time.`, ['refs']);
    if (columns.length > 0) return this.ofColumns(actor, request);
    const rootIds: string[] = [];
    for (const ref of refs) rootIds.push((await this.page.get(actor, ref)).id);
    const access = await this.access.forActor(actor);
    const { groups, sequence } = await this.walker.impact({ rootIds, direction, access });
    return summed(groups, sequence);
  }

  private async ofColumns(actor: Actor, { columns, direction }: ImpactRequest): Promise<Impact> {
    const access = await this.access.forActor(actor);
    const roots: ColumnNode[] = [];
    for (const { ref, column } of columns) {
      const root = { assetId: (await this.page.get(actor, ref)).id, path: column };
      await requireColumn(this.columns, access, root);
      roots.push(root);
    }
    const { answer, sequence } = await this.walker.ofOneMoment(access, () =>
      this.columns.sweep({ direction, access }, roots),
    );
    return summed(answer, sequence);
  }
}

function summed(groups: readonly ImpactGroup[], sequence: string): Impact {
  return {
    count: groups.reduce((sum, { count }) => sum + count, 0),
    byKind: counted(groups, ({ kind }) => [kind]),
    byDomain: counted(groups, ({ domain }) => [domain]),
    byOwner: counted(groups, ({ owners }) => (owners.length > 0 ? owners : [null])),
    sequence,
  };
}

/** Largest first; an asset counts under each of its names. */
function counted(
  groups: readonly ImpactGroup[],
  namesOf: (group: ImpactGroup) => readonly (string | null)[],
): ImpactCount[] {
  const counts = new Map<string | null, number>();
  for (const group of groups) {
    for (const name of new Set(namesOf(group))) counts.set(name, (counts.get(name) ?? 0) + group.count);
  }
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .toSorted((a, b) => b.count - a.count || ((a.name ?? '') < (b.name ?? '') ? -1 : 1));
}
