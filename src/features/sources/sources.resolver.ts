import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '../../core/actor.js';
import { CurrentActor } from '../../platform/graphql/current-actor.js';
import { pageRequest } from '../../platform/graphql/page-arguments.js';
import type {
  MutationSourceCancelArgs,
  MutationSourceCreateArgs,
  MutationSourceDeleteArgs,
  MutationSourceRunArgs,
  MutationSourceTestArgs,
  MutationSourceUpdateArgs,
  QuerySourceArgs,
  QuerySourceRunArgs,
  QuerySourcesArgs,
  SourceInput,
} from '../../platform/graphql/schema.types.js';
import { asPayload } from '../../platform/graphql/user-errors.js';
import type { DryRunReport } from '../ingestion/index.js';
import { CrawlDryRun } from './crawl-dry-run.js';
import { RunReader } from './run-reader.js';
import { viewOf } from './source-view.js';
import { SourceTest } from './source-test.js';
import { SourcesService } from './sources.service.js';

@Resolver()
export class SourcesResolver {
  constructor(
    private readonly service: SourcesService,
    private readonly runs: RunReader,
    private readonly tests: SourceTest,
    private readonly dryRun: CrawlDryRun,
  ) {}

  @Query()
  async sources(@CurrentActor() actor: Actor, @Args() { first, after }: QuerySourcesArgs): Promise<object> {
    const { nodes, ...pageInfo } = await this.service.list(actor, pageRequest(first, after));
    return { nodes: nodes.map(viewOf), pageInfo };
  }

  @Query()
  async source(@CurrentActor() actor: Actor, @Args() { key }: QuerySourceArgs): Promise<object | null> {
    const source = await this.service.find(actor, key);
    return source ? viewOf(source) : null;
  }

  @Query('sourceRun')
  async findRun(@CurrentActor() actor: Actor, @Args() { id }: QuerySourceRunArgs): Promise<object | null> {
    return this.runs.find(actor, id);
  }

  @Mutation()
  async sourceCreate(@CurrentActor() actor: Actor, @Args() { input }: MutationSourceCreateArgs): Promise<object> {
    return asPayload(async () => ({ source: viewOf(await this.service.create(actor, asWritten(input))) }));
  }

  @Mutation()
  async sourceUpdate(@CurrentActor() actor: Actor, @Args() { input }: MutationSourceUpdateArgs): Promise<object> {
    return asPayload(async () => ({ source: viewOf(await this.service.update(actor, asWritten(input))) }));
  }

  @Mutation()
  async sourceDelete(
    @CurrentActor() actor: Actor,
    @Args() { key, withdraw }: MutationSourceDeleteArgs,
  ): Promise<object> {
    return asPayload(() => this.service.delete(actor, key, withdraw ? 'WITHDRAW' : 'KEEP'));
  }

  @Mutation()
  async sourceTest(@CurrentActor() actor: Actor, @Args() { key }: MutationSourceTestArgs): Promise<object> {
    return asPayload(async () => ({ result: await this.tests.run(actor, key) }));
  }

  @Mutation()
  async sourceRun(
    @CurrentActor() actor: Actor,
    @Args() { key, removals, dryRun }: MutationSourceRunArgs,
  ): Promise<object> {
    const applied = removals ?? 'GUARD';
    return asPayload(async () =>
      dryRun
        ? { foreseen: await this.foreseen(actor, key, applied) }
        : { run: await this.service.run(actor, key, applied) },
    );
  }

  @Mutation()
  async sourceCancel(@CurrentActor() actor: Actor, @Args() { key }: MutationSourceCancelArgs): Promise<object> {
    return asPayload(async () => ({ run: await this.service.cancel(actor, key) }));
  }

  private async foreseen(actor: Actor, key: string, removals: 'GUARD' | 'APPLY'): Promise<DryRunReport> {
    await this.service.requireOperator(actor);
    return this.dryRun.run(actor, await this.service.get(key), removals);
  }
}

/** As the configuration file would write it: one shape is checked in one place. */
function asWritten({ type, ssl, isEnabled, password, ...input }: SourceInput): object {
  const given = Object.entries(password ?? {}).filter(([, place]) => place !== null && place !== undefined);
  return {
    ...input,
    include: input.include ?? [],
    exclude: input.exclude ?? [],
    type: type.toLowerCase(),
    ssl: ssl?.toLowerCase().replace('_', '-'),
    enabled: isEnabled ?? true,
    password: password ? Object.fromEntries(given) : null,
  };
}
