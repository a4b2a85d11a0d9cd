import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { Invalid, NotFound } from '../../core/errors.js';
import type { Page, PageRequest } from '../../core/page.js';
import { ACTION_TYPES, type Action, type Resource } from '../../platform/access/attributes.js';
import { compilePolicies } from '../../platform/access/compile.js';
import { explain, type Explanation } from '../../platform/access/explain.js';
import { PastAccess } from '../../platform/access/past-access.js';
import { decideForMany } from '../../platform/access/resource-decision.js';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import { decodeCursor } from '../../platform/graphql/page-arguments.js';
import { AssetReader, AssetStates } from '../assets/index.js';
import { asPage } from './found.js';
import { pastBasis, type PastBasis } from './past-basis.js';
import { permittedAmong, STEP, type Permitted, type Step } from './search.service.js';
import { Subjects } from './subjects.js';

export interface PastQuestion {
  readonly at: Date;
  readonly action: Action;
  readonly ref: string;
  readonly column: string | null;
}

export interface PastAnswer extends Explanation {
  readonly asOf: PastBasis;
}

/** Who might what at a time that is over. Takes `explain`, also about oneself: what was hidden may be hidden still. */
@Injectable()
export class PastQuestions {
  constructor(
    private readonly subjects: Subjects,
    private readonly reader: AssetReader,
    private readonly states: AssetStates,
    private readonly past: PastAccess,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Forbidden, NotFound, Invalid for what is not over. */
  async whoCan(
    asker: Actor,
    question: PastQuestion,
    page: PageRequest,
  ): Promise<Page<Permitted> & { asOf: PastBasis }> {
    const { at, action } = question;
    const { resource } = await this.resourceThen(asker, question);
    const { version, set } = await this.past.setAt(at);
    const ruleFor = decideForMany(set, action, resource, at);
    const step = async (after: string | null): Promise<Step> => {
      const { actors, last } = await this.subjects.step(asker, after, STEP);
      return { actors: await this.past.actorsAt(actors, at), last };
    };
    const after = page.after === null ? null : decodeCursor(page.after, 1);
    const found = await permittedAmong(step, ruleFor, { after, count: page.first });
    return { ...asPage(found), asOf: pastBasis(at, version) };
  }

  /** @throws as `whoCan` */
  async explain(asker: Actor, account: string, question: PastQuestion): Promise<PastAnswer> {
    const { at, action } = question;
    const { resource, assetId } = await this.resourceThen(asker, question);
    const [subject = null] = await this.subjects.findAll(asker, [{ type: 'account', id: account, properties: null }]);
    if (!subject) throw new NotFound(`There is no account '${account.slice(0, 100)}' that works.`, ['account']);
    const { version, set } = await this.past.setAt(at);
    const [actor = subject] = await this.past.actorsAt([subject], at);
    const explanation = explain(compilePolicies(set, { ...actor, policyVersion: version }, at), action, resource);
    await this.audit.write({
      actor: asker,
      action: 'explain',
      subject: { kind: 'asset', id: assetId },
      decision: explanation.decision,
      policyId: explanation.decidedBy?.policyId ?? null,
      detail: { about: subject.handle, action, column: question.column, at: at.toISOString() },
    });
    return { ...explanation, asOf: pastBasis(at, version) };
  }

  private async resourceThen(
    asker: Actor,
    { at, action, ref, column }: PastQuestion,
  ): Promise<{ resource: Resource; assetId: string }> {
    await this.subjects.requireMayAsk(asker, [null]);
    const type = ACTION_TYPES[action];
    if (type === 'system') throw new Invalid(`'${action}' is not about an asset.`, ['action']);
    if (at.getTime() > Date.now()) throw new Invalid('Give a time that is over.', ['at']);
    const asset = await this.reader.getUnchecked(ref);
    const then = await this.states.resourceAtUnchecked(asset, at);
    if (!then) throw new NotFound(`Nothing was known of '${ref.slice(0, 500)}' at ${at.toISOString()}.`, ['at']);
    if (type === 'asset') return { resource: then.asset, assetId: asset.id };
    const resource = then.columns.find(({ path }) => path === column);
    if (!resource) throw new NotFound(`There was no column '${column ?? ''}' at ${at.toISOString()}.`, ['column']);
    return { resource, assetId: asset.id };
  }
}
