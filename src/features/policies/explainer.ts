import { Injectable } from '@nestjs/common';
import type { Actor, Environment } from '../../core/actor.js';
import { Forbidden, NotFound } from '../../core/errors.js';
import { Access, type ActorAccess } from '../../platform/access/access.js';
import { ACTION_TYPES, type Action, type Resource } from '../../platform/access/attributes.js';
import { under } from '../../platform/access/environment.js';
import type { Explanation } from '../../platform/access/explain.js';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import { approversOf } from '../access-requests/index.js';
import { AssetReader, toAssetResource, toColumnResource, type AssetRow } from '../assets/index.js';
import { actorOfAccount, IdentityService } from '../identity/index.js';

/** What is about an asset or a column. */
export type AssetAction = {
  [A in Action]: (typeof ACTION_TYPES)[A] extends 'system' ? never : A;
}[Action];

/** What somebody can do who may not. */
export interface HowToGet {
  /** A grant fills what nobody decided; against a deny it does nothing. */
  readonly isRequestable: boolean;
  /** Handles; empty: whoever may change policies. */
  readonly approvers: readonly string[];
}

export interface Answer extends Explanation {
  /** Null for what is allowed. */
  readonly howToGet: HowToGet | null;
}

export interface Question {
  readonly action: AssetAction;
  readonly ref: string;
  readonly column: string | null;
  /** Handle; the caller when null. */
  readonly account: string | null;
  /** Null: those of the question itself; of others nothing is known. */
  readonly environment?: Environment | null;
}

/** Answers who may what by which rule, from the same compiled policy that decides. */
@Injectable()
export class Explainer {
  constructor(
    private readonly assets: AssetReader,
    private readonly identity: IdentityService,
    private readonly access: Access,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * With `explain` about anybody and anything. Without it only about oneself and what one can see, and then only the
   * deciding rule: a list of near misses would tell what else exists.
   */
  async explain(actor: Actor, question: Question): Promise<Answer> {
    const mayAskAll = (await this.access.forActor(actor)).can('explain', { type: 'system' });
    if (question.account !== null && question.account !== actor.handle && !mayAskAll) {
      throw new Forbidden("You may ask about yourself only. Asking about others takes 'explain'.", ['account']);
    }
    if (question.environment && !mayAskAll) {
      throw new Forbidden("Asking under other circumstances takes 'explain'.", ['environment']);
    }
    const asset = mayAskAll ? await this.assets.getUnchecked(question.ref) : await this.assets.get(actor, question.ref);
    const subject = await this.subjectOf(actor, question);
    const access = await this.access.forActor(subject);
    const resource = await this.resourceOf(actor, mayAskAll, asset, question);
    const explanation = access.explain(question.action, resource);
    await this.write(actor, subject, asset.id, question, explanation);
    const howToGet = explanation.decision === 'ALLOW' ? null : howToGetOf(explanation, question.action, asset);
    return { ...(mayAskAll ? explanation : shortened(explanation)), howToGet };
  }

  private async resourceOf(
    actor: Actor,
    mayAskAll: boolean,
    asset: Awaited<ReturnType<AssetReader['get']>>,
    question: Question,
  ): Promise<Resource> {
    if (ACTION_TYPES[question.action] === 'asset') return toAssetResource(asset);
    const column = question.column === null ? null : await this.assets.getColumnUnchecked(asset.id, question.column);
    const resource = column && toColumnResource(asset, column);
    const mayKnow = resource && (mayAskAll || isVisible(await this.access.forActor(actor), resource));
    if (!mayKnow) throw new NotFound(`No column '${question.column ?? ''}' was found.`, ['column']);
    return resource;
  }

  private async subjectOf(actor: Actor, { account, environment }: Question): Promise<Actor> {
    const isOwn = account === null || account === actor.handle;
    const subject = isOwn ? actor : actorOfAccount(await this.identity.get(account), actor.policyVersion);
    return environment ? under(subject, environment) : subject;
  }

  private async write(
    actor: Actor,
    subject: Actor,
    assetId: string,
    question: Question,
    explanation: Explanation,
  ): Promise<void> {
    await this.audit.write({
      actor,
      action: 'explain',
      subject: { kind: 'asset', id: assetId },
      decision: explanation.decision,
      policyId: explanation.decidedBy?.policyId ?? null,
      detail: { about: subject.handle, action: question.action, column: question.column },
    });
  }
}

function isVisible(access: ActorAccess, resource: Resource): boolean {
  return access.can('read_column', resource);
}

function howToGetOf({ decidedBy }: Explanation, action: AssetAction, asset: AssetRow): HowToGet {
  const isRequestable = decidedBy === null && action !== 'edit';
  return { isRequestable, approvers: isRequestable ? approversOf(asset.owners, asset.sensitivity) : [] };
}

function shortened(explanation: Explanation): Explanation {
  const { decidedBy } = explanation;
  return { ...explanation, matched: decidedBy ? [decidedBy] : [], nearestMisses: [], missingAttributes: [] };
}
