import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '../../core/actor.js';
import { Invalid } from '../../core/errors.js';
import type { ExplainedRule, FailedAtom } from '../../platform/access/explain.js';
import { CurrentActor } from '../../platform/graphql/current-actor.js';
import { pageRequest } from '../../platform/graphql/page-arguments.js';
import type {
  MutationPolicySetActivateArgs,
  MutationPolicySetApplyArgs,
  MutationPolicySetProposeArgs,
  QueryPolicyMutationScoreArgs,
  QueryPolicyReportArgs,
  QueryPolicySetArgs,
  QueryPolicySetsArgs,
  QueryPolicySimulationArgs,
  QueryExplainArgs,
} from '../../platform/graphql/schema.types.js';
import { asPayload } from '../../platform/graphql/user-errors.js';
import { ACTION_TYPES, ACTIONS, type Action } from '../../platform/access/attributes.js';
import { checkedEnvironment } from '../../platform/access/environment.js';
import { Explainer, type AssetAction } from './explainer.js';
import { PolicyCheck } from './policy-check.js';
import { PoliciesService } from './policies.service.js';
import type { PolicySetRow } from './policies.repository.js';

@Resolver()
export class PoliciesResolver {
  constructor(
    private readonly policies: PoliciesService,
    private readonly explainer: Explainer,
    private readonly check: PolicyCheck,
  ) {}

  @Query()
  async policySet(@CurrentActor() actor: Actor, @Args() { version }: QueryPolicySetArgs): Promise<PolicySetRow> {
    return typeof version === 'number' ? this.policies.get(actor, version) : this.policies.active(actor);
  }

  @Query()
  async policySets(@CurrentActor() actor: Actor, @Args() { first, after }: QueryPolicySetsArgs): Promise<object> {
    const { nodes, ...pageInfo } = await this.policies.list(actor, pageRequest(first, after));
    return { nodes, pageInfo };
  }

  @Query()
  async policyReport(@CurrentActor() actor: Actor, @Args() { documents }: QueryPolicyReportArgs): Promise<object> {
    return this.check.report(actor, documents);
  }

  @Query()
  async policyMutationScore(
    @CurrentActor() actor: Actor,
    @Args() { documents }: QueryPolicyMutationScoreArgs,
  ): Promise<object> {
    return this.check.mutationScore(actor, documents);
  }

  @Query()
  async policySimulation(
    @CurrentActor() actor: Actor,
    @Args() { documents }: QueryPolicySimulationArgs,
  ): Promise<readonly object[]> {
    return this.check.impact(actor, documents);
  }

  @Query()
  async explain(@CurrentActor() actor: Actor, @Args() args: QueryExplainArgs): Promise<object> {
    const explanation = await this.explainer.explain(actor, {
      action: assetAction(args.action),
      ref: args.ref,
      column: args.column ?? null,
      account: args.account ?? null,
      environment: checkedEnvironment(args.environment),
    });
    const { mask, rowFilters } = explanation.advice;
    return {
      ...explanation,
      mask,
      rowFilters,
      decidedBy: explanation.decidedBy && ruleView(explanation.decidedBy),
      matched: explanation.matched.map(ruleView),
      nearestMisses: explanation.nearestMisses.map((miss) => ({ ...miss, failed: miss.failed.map(failedText) })),
    };
  }

  @Mutation()
  async policySetApply(@CurrentActor() actor: Actor, @Args() args: MutationPolicySetApplyArgs): Promise<object> {
    return asPayload(async () => ({ policySet: await this.policies.apply(actor, args.documents, args.note ?? null) }));
  }

  @Mutation()
  async policySetPropose(
    @CurrentActor() actor: Actor,
    @Args() { documents, note }: MutationPolicySetProposeArgs,
  ): Promise<object> {
    return asPayload(async () => ({ policySet: await this.policies.propose(actor, documents, note ?? null) }));
  }

  @Mutation()
  async policySetActivate(@CurrentActor() actor: Actor, @Args() args: MutationPolicySetActivateArgs): Promise<object> {
    return asPayload(async () => ({ policySet: await this.policies.activate(actor, args.version) }));
  }
}

function ruleView({ policyId, ...rule }: ExplainedRule): object {
  return { id: policyId, ...rule };
}

function failedText({ attribute, operator, expected, actual }: FailedAtom): string {
  return `${attribute} ${operator} ${JSON.stringify(expected)}, but it is ${JSON.stringify(actual)}`;
}

function assetAction(action: Action): AssetAction {
  if (isAboutAssets(action)) return action;
  throw new Invalid(
    `'${action}' is not about an asset or a column: that are ${ACTIONS.filter(isAboutAssets).join(', ')}.`,
    ['action'],
  );
}

function isAboutAssets(action: Action): action is AssetAction {
  return ACTION_TYPES[action] !== 'system';
}
