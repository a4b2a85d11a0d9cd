import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { Invalid } from '../../core/errors.js';
import type { Page, PageRequest } from '../../core/page.js';
import { Access } from '../../platform/access/access.js';
import { decodeCursor, encodeCursor } from '../../platform/graphql/page-arguments.js';
import { RequestScope } from '../../platform/graphql/request-scope.js';
import {
  AssetReader,
  FacetReader,
  isRunFacetVisible,
  refOf,
  visibleDatasetFacet,
  type AssetKey,
  type AssetRow,
  type RunRow,
} from '../assets/index.js';
import { jobsIn, type NamedRun } from './run-facets.js';
import { RunRepository, type DatasetRunPage, type RunDatasetRow, type RunKey } from './run.repository.js';

export interface NamedFacet {
  readonly name: string;
  readonly value: unknown;
  readonly at: Date;
}

/** A run with those of its facets that the caller may see. */
export interface ShownRun extends Omit<RunRow, 'body'> {
  readonly facets: readonly NamedFacet[];
}

/** A run that another one names. `run`: as far as it has been heard of. */
export interface RunReference {
  readonly job: AssetRow;
  readonly externalId: string | null;
  readonly run: RunRow | null;
}

/** What a run did with a dataset, as the caller may see it. */
export interface RunDataset extends Omit<RunDatasetRow, 'facets'> {
  readonly facets: readonly NamedFacet[];
}

/** Runs as the caller may see them, batched over the request. Hidden equals missing. */
@Injectable()
export class RunReader {
  constructor(
    private readonly runs: RunRepository,
    private readonly assets: AssetReader,
    private readonly facetReader: FacetReader,
    private readonly access: Access,
  ) {}

  async asset(scope: RequestScope, id: string): Promise<AssetRow | null> {
    const loader = scope.loader<string, AssetRow | null>('assets', async (ids) => {
      const rows = await this.assets.listByIds(scope.actor, ids);
      const byId = new Map(rows.map((row) => [row.id, row]));
      return ids.map((one) => byId.get(one) ?? null);
    });
    return loader.load(id);
  }

  /** In name order. */
  async facets(scope: RequestScope, run: RunRow): Promise<NamedFacet[]> {
    const seesData = await this.facetReader.seesDataOf(scope, run.jobId);
    const shown = await Promise.all(
      Object.entries(run.body.facets ?? {}).map(async ([name, { value, at }]) => {
        const jobs = await Promise.all(jobsIn(name, value).map((job) => this.job(scope, job)));
        const isShown = isRunFacetVisible(name, { seesData, seesJobs: jobs.every((job) => job !== null) });
        return isShown ? [{ name, value, at: new Date(at) }] : [];
      }),
    );
    return shown.flat().toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** For readers without a request of GraphQL: of each job its newest runs, in the order of the jobs. */
  async newestOfJobs(actor: Actor, jobIds: readonly string[], first: number): Promise<ShownRun[][]> {
    const scope = new RequestScope(actor);
    const pages = await this.assets.listRuns(jobIds, { first, after: null });
    const shown = async (run: RunRow): Promise<ShownRun> => ({ ...run, facets: await this.facets(scope, run) });
    return Promise.all(pages.map(({ nodes }) => Promise.all(nodes.map(shown))));
  }

  async facet(scope: RequestScope, run: RunRow, name: string): Promise<unknown> {
    return (await this.facets(scope, run)).find((facet) => facet.name === name)?.value ?? null;
  }

  /** Null when the job is hidden, or nobody has ever heard of it. */
  async named(scope: RequestScope, { job: key, externalId }: NamedRun): Promise<RunReference | null> {
    const job = await this.job(scope, key);
    if (!job) return null;
    const loader = scope.loader<string, RunRow | null>('runs by key', async (texts) => {
      const rows = await this.runs.listByKeys(texts.map((text) => JSON.parse(text) as RunKey));
      const byKey = new Map(rows.map((row) => [runKeyText(row), row]));
      return texts.map((text) => byKey.get(text) ?? null);
    });
    const run = externalId === null ? null : await loader.load(runKeyText({ jobId: job.id, externalId }));
    return { job, externalId, run };
  }

  /** The visible datasets that a run read and wrote. */
  async datasets(scope: RequestScope, runId: string): Promise<RunDataset[]> {
    const loader = scope.loader<string, RunDatasetRow[]>('datasets of runs', async (ids) => {
      const rows = await this.runs.listDatasets(await this.access.forActor(scope.actor), ids);
      return ids.map((id) => rows.filter((row) => row.runId === id));
    });
    return Promise.all((await loader.load(runId)).map((row) => this.shown(scope, row)));
  }

  /** Null when its job is hidden. */
  async run(scope: RequestScope, id: string): Promise<RunRow | null> {
    const loader = scope.loader<string, RunRow | null>('runs', async (ids) => {
      const byId = new Map((await this.runs.listByIds(ids)).map((row) => [row.id, row]));
      return ids.map((one) => byId.get(one) ?? null);
    });
    const run = await loader.load(id);
    return run && (await this.asset(scope, run.jobId)) ? run : null;
  }

  /** The visible runs of a dataset, newest first. */
  async ofDataset(scope: RequestScope, datasetId: string, page: DatasetRunPage): Promise<Page<RunDataset>> {
    const after = page.after === null ? null : cursorOf(page.after);
    const loader = scope.loader<string, RunDatasetRow[]>(`runs of datasets ${JSON.stringify(page)}`, async (ids) => {
      const access = await this.access.forActor(scope.actor);
      const rows = await this.runs.listRunsOfDatasets(access, ids, { ...page, after });
      return ids.map((id) => rows.filter((row) => row.datasetId === id));
    });
    const rows = await loader.load(datasetId);
    const nodes = await Promise.all(rows.slice(0, page.first).map((row) => this.shown(scope, row)));
    const last = nodes.at(-1);
    const endCursor = last ? encodeCursor([last.lastAt, last.runId, last.direction]) : null;
    return { nodes, hasNextPage: rows.length > page.first, endCursor };
  }

  /** Visible runs that are part of a run, newest first. A page is shorter where the word of a run about its parent is hidden. */
  async children(scope: RequestScope, runId: string, page: PageRequest): Promise<Page<RunRow>> {
    const after = page.after === null ? null : childCursor(page.after);
    const loader = scope.loader<string, RunRow[]>(`child runs ${JSON.stringify(page)}`, async (ids) => {
      const access = await this.access.forActor(scope.actor);
      const rows = await this.runs.listChildren(access, ids, { first: page.first, after });
      return ids.map((id) => rows.filter(({ parentId }) => parentId === id));
    });
    const rows = await loader.load(runId);
    const listed = rows.slice(0, page.first);
    const last = listed.at(-1);
    const parents = await Promise.all(listed.map((run) => this.facet(scope, run, 'parent')));
    return {
      nodes: listed.filter((_, place) => parents[place] !== null),
      hasNextPage: rows.length > page.first,
      endCursor: last ? encodeCursor([last.orderedAt, last.id]) : null,
    };
  }

  /** Of a job its newest run, of anything else the newest visible run that wrote it; only runs that had begun by then. */
  async lastOf(scope: RequestScope, assetId: string, by: Date | null): Promise<RunRow | null> {
    const loader = scope.loader<string, RunRow | null>(`last runs ${by?.toISOString() ?? ''}`, async (ids) => {
      const rows = await this.runs.listLast(await this.access.forActor(scope.actor), ids, by);
      const byAsset = new Map(rows.map(({ assetId: id, ...run }) => [id, run]));
      return ids.map((id) => byAsset.get(id) ?? null);
    });
    return loader.load(assetId);
  }

  /** The newest word of each job about the quality of a dataset. */
  async checked(scope: RequestScope, datasetId: string): Promise<RunDataset[]> {
    const loader = scope.loader<string, RunDatasetRow[]>('checked', async (ids) => {
      const rows = await this.runs.listChecked(ids);
      return ids.map((id) => rows.filter((row) => row.datasetId === id));
    });
    return Promise.all((await loader.load(datasetId)).map((row) => this.shown(scope, row)));
  }

  async newestWithDependencies(scope: RequestScope, jobId: string): Promise<RunRow | null> {
    const loader = scope.loader<string, RunRow | null>('runs with dependencies', async (ids) => {
      const byJob = new Map((await this.runs.listNewestWithDependencies(ids)).map((row) => [row.jobId, row]));
      return ids.map((id) => byJob.get(id) ?? null);
    });
    return loader.load(jobId);
  }

  private async job(scope: RequestScope, key: AssetKey): Promise<AssetRow | null> {
    const loader = scope.loader<string, AssetRow | null>('jobs by reference', (refs) =>
      this.assets.findAll(scope.actor, refs),
    );
    return loader.load(refOf(key));
  }

  private async shown(scope: RequestScope, row: RunDatasetRow): Promise<RunDataset> {
    const view = await this.facetReader.columnView(scope, row.datasetId);
    const facets = Object.entries(row.facets).flatMap(([name, { value, at }]) => {
      const visible = visibleDatasetFacet(name, value, view);
      return visible === undefined ? [] : [{ name, value: visible, at: new Date(at) }];
    });
    return { ...row, facets };
  }
}

function runKeyText({ jobId, externalId }: RunKey): string {
  return JSON.stringify({ jobId, externalId });
}

/** @throws Invalid */
function cursorOf(cursor: string): string[] {
  const [lastAt = '', runId = '', direction = ''] = decodeCursor(cursor, 3);
  if (Number.isNaN(Date.parse(lastAt)) || !/^[0-9a-f-]{36}$/.test(runId)) {
    throw new Invalid('after is not the endCursor of a page of this list.', ['after']);
  }
  return [lastAt, runId, direction];
}

/** @throws Invalid */
function childCursor(after: string): readonly string[] {
  const [time = '', id = ''] = decodeCursor(after, 2);
  if (Number.isNaN(Date.parse(time)) || !/^[0-9a-f-]{36}$/i.test(id))
    throw new Invalid('after is not the endCursor of a page of this list.', ['after']);
  return [time, id];
}
