import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { Page } from '../../core/page.js';
import { CurrentScope } from '../../platform/graphql/current-actor.js';
import { pageRequest } from '../../platform/graphql/page-arguments.js';
import type { RequestScope } from '../../platform/graphql/request-scope.js';
import type { SourceRunLogArgs, SourceRunsArgs } from '../../platform/graphql/schema.types.js';
import { RunReader } from './run-reader.js';
import type { LineRow, RunRow } from './run.repository.js';
import type { SourceView } from './source-view.js';

@Resolver('Source')
export class SourceFieldsResolver {
  constructor(private readonly reader: RunReader) {}

  @ResolveField()
  async lastRun(@CurrentScope() scope: RequestScope, @Parent() { key }: SourceView): Promise<RunRow | null> {
    const { nodes } = await runsOf(this.reader, scope, { key, first: 1, after: null });
    return nodes[0] ?? null;
  }

  @ResolveField()
  async runs(
    @CurrentScope() scope: RequestScope,
    @Parent() { key }: SourceView,
    @Args() { first, after }: SourceRunsArgs,
  ): Promise<object> {
    const { nodes, ...pageInfo } = await runsOf(this.reader, scope, { key, ...pageRequest(first, after) });
    return { nodes, pageInfo };
  }
}

@Resolver('SourceRun')
export class SourceRunResolver {
  constructor(private readonly reader: RunReader) {}

  @ResolveField()
  source(@Parent() run: RunRow): string {
    return run.sourceKey;
  }

  @ResolveField()
  counts(@Parent() run: RunRow): RunRow {
    return run;
  }

  @ResolveField()
  async log(
    @CurrentScope() scope: RequestScope,
    @Parent() { id }: RunRow,
    @Args() args: SourceRunLogArgs,
  ): Promise<object> {
    const page = pageRequest(args.first, args.after);
    const loader = scope.loader<string, Page<LineRow>>(`source run log ${JSON.stringify(page)}`, (ids) =>
      this.reader.listLines(ids, page),
    );
    const { nodes, ...pageInfo } = await loader.load(id);
    return { nodes, pageInfo };
  }
}

async function runsOf(
  reader: RunReader,
  scope: RequestScope,
  { key, ...page }: { readonly key: string; readonly first: number; readonly after: string | null },
): Promise<Page<RunRow>> {
  const loader = scope.loader<string, Page<RunRow>>(`source runs ${JSON.stringify(page)}`, (keys) =>
    reader.list(keys, page),
  );
  return loader.load(key);
}
