import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '../../core/actor.js';
import { checkedEnvironment } from '../../platform/access/environment.js';
import type { ExplainedRule } from '../../platform/access/explain.js';
import { CurrentActor } from '../../platform/graphql/current-actor.js';
import { pageRequest } from '../../platform/graphql/page-arguments.js';
import type {
  MutationOutsideResourcesPutArgs,
  MutationOutsideResourcesRemoveArgs,
  QueryExplainAsOfArgs,
  QueryWhatCanArgs,
  QueryWhoCanArgs,
  QueryWhoCanAsOfArgs,
} from '../../platform/graphql/schema.types.js';
import { asPayload } from '../../platform/graphql/user-errors.js';
import { OutsideResourcesService } from './outside-resources.service.js';
import { PastQuestions } from './past-questions.js';
import { QuestionsService } from './questions.service.js';
import type { Permitted } from './search.service.js';

@Resolver()
export class DecisionsResolver {
  constructor(
    private readonly outside: OutsideResourcesService,
    private readonly questions: QuestionsService,
    private readonly past: PastQuestions,
  ) {}

  @Query()
  async whoCan(@CurrentActor() actor: Actor, @Args() args: QueryWhoCanArgs): Promise<object> {
    const { action, ref, column = null } = args;
    const environment = checkedEnvironment(args.environment);
    const page = pageRequest(args.first, args.after);
    const { nodes, ...pageInfo } = await this.questions.whoCan(actor, { action, ref, column, environment }, page);
    return { nodes: nodes.map(whoCanView), pageInfo };
  }

  @Query()
  async whoCanAsOf(@CurrentActor() actor: Actor, @Args() args: QueryWhoCanAsOfArgs): Promise<object> {
    const { at, action, ref, column = null } = args;
    const page = pageRequest(args.first, args.after);
    const { nodes, asOf, ...pageInfo } = await this.past.whoCan(actor, { at, action, ref, column }, page);
    return { nodes: nodes.map(whoCanView), pageInfo, asOf };
  }

  @Query()
  async explainAsOf(@CurrentActor() actor: Actor, @Args() args: QueryExplainAsOfArgs): Promise<object> {
    const { at, action, ref, column = null } = args;
    const answer = await this.past.explain(actor, args.account, { at, action, ref, column });
    const { decidedBy, matched, missingAttributes, decision, asOf } = answer;
    return {
      decision,
      decidedBy: decidedBy && ruleView(decidedBy),
      matched: matched.map(ruleView),
      missingAttributes,
      asOf,
    };
  }

  @Query()
  async whatCan(@CurrentActor() actor: Actor, @Args() args: QueryWhatCanArgs): Promise<object> {
    const page = pageRequest(args.first, args.after);
    const { account, action = null } = args;
    const environment = checkedEnvironment(args.environment);
    const question = { account: account ?? actor.handle, action, environment };
    const { nodes, ...pageInfo } = await this.questions.whatCan(actor, question, page);
    return { nodes, pageInfo };
  }

  @Mutation()
  async outsideResourcesPut(
    @CurrentActor() actor: Actor,
    @Args() { type, resources }: MutationOutsideResourcesPutArgs,
  ): Promise<object> {
    return asPayload(async () => ({ count: await this.outside.put(actor, type, resources) }));
  }

  @Mutation()
  async outsideResourcesRemove(
    @CurrentActor() actor: Actor,
    @Args() { type, ids }: MutationOutsideResourcesRemoveArgs,
  ): Promise<object> {
    return asPayload(async () => ({ count: await this.outside.remove(actor, type, ids) }));
  }
}

function ruleView({ policyId, ...rule }: ExplainedRule): object {
  return { id: policyId, ...rule };
}

function whoCanView({ actor, rule }: Permitted): object {
  const { handle, name, kind } = actor;
  const { id, title, band } = rule;
  return { handle, name, kind, rule: { id, title, band, effect: 'ALLOW' } };
}
