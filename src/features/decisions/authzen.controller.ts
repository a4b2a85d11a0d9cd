import { Body, Controller, Get, HttpCode, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import type { Actor } from '../../core/actor.js';
import { actorOf } from '../../platform/auth/authentication.middleware.js';
import { AllowedResources } from './allowed-resources.js';
import { underContext, type Context } from './circumstances.js';
import { Resources, isOwnType } from './resources.js';
import { EvaluationsService, type Evaluation } from './evaluations.service.js';
import { pageToken, placeOf } from './page-token.js';
import {
  batchOf,
  parsed,
  questionOf,
  searchedAction,
  searchedResource,
  searchedSubject,
  type Entity,
} from './question.js';
import { DecisionSearch } from './search.service.js';
import { Subjects } from './subjects.js';

const MOST_RESULTS = 100;

interface Results {
  readonly results: readonly object[];
  readonly page: { readonly next_token: string; readonly count: number };
}

/** AuthZEN Authorization API 1.0, for enforcement points outside. */
@Controller()
export class AuthzenController {
  constructor(
    private readonly evaluations: EvaluationsService,
    private readonly search: DecisionSearch,
    private readonly allowed: AllowedResources,
    private readonly subjects: Subjects,
    private readonly resources: Resources,
  ) {}

  /** Section 9. The only path here that needs no token. */
  @Get('.well-known/authzen-configuration')
  metadata(@Req() request: Request): object {
    const base = `${request.protocol}://${request.headers.host ?? 'localhost'}`;
    return {
      policy_decision_point: base,
      access_evaluation_endpoint: `${base}/access/v1/evaluation`,
      access_evaluations_endpoint: `${base}/access/v1/evaluations`,
      search_subject_endpoint: `${base}/access/v1/search/subject`,
      search_resource_endpoint: `${base}/access/v1/search/resource`,
      search_action_endpoint: `${base}/access/v1/search/action`,
    };
  }

  @Post('access/v1/evaluation')
  @HttpCode(200)
  async evaluation(@Req() request: Request, @Body() body: unknown): Promise<Evaluation> {
    return this.evaluations.evaluate(actorOf(request), questionOf(body));
  }

  @Post('access/v1/evaluations')
  @HttpCode(200)
  async evaluationBatch(@Req() request: Request, @Body() body: unknown): Promise<object> {
    const batch = batchOf(body);
    if (!batch) return this.evaluation(request, body);
    return { evaluations: await this.evaluations.evaluateAll(actorOf(request), batch) };
  }

  @Post('access/v1/search/subject')
  @HttpCode(200)
  async searchSubject(@Req() request: Request, @Body() body: unknown): Promise<Results> {
    const asker = actorOf(request);
    const { page, ...search } = parsed(searchedSubject, body);
    const { type } = search.subject;
    await this.subjects.requireMayAsk(asker, [null]);
    const range = { after: placeOf(search, page?.token, 1), count: page?.limit ?? MOST_RESULTS };
    if (!this.subjects.isKnownType(type)) return resultsOf([], '');
    const [target = null] = await this.resources.findAll(asker, [search.resource]);
    const question = { action: search.action, target, context: search.context };
    const found = await this.search.subjectsFor(asker, question, range);
    const results = found.results.map(({ actor }) => ({ type, id: actor.handle }));
    return resultsOf(results, pageToken(search, found.next));
  }

  @Post('access/v1/search/resource')
  @HttpCode(200)
  async searchResource(@Req() request: Request, @Body() body: unknown): Promise<Results> {
    const asker = actorOf(request);
    const { page, ...search } = parsed(searchedResource, body);
    const { type } = search.resource;
    const after = placeOf(search, page?.token, isOwnType(type) ? 2 : 1);
    const subject = await this.subjectOf(asker, search.subject, search.context);
    if (!subject) return resultsOf([], '');
    const range = { after, count: page?.limit ?? MOST_RESULTS };
    const found = await this.allowed.list(subject, search.action, type, range);
    return resultsOf(found.results, pageToken(search, found.next));
  }

  /** All on one page: a type has a hundred actions at most. */
  @Post('access/v1/search/action')
  @HttpCode(200)
  async searchAction(@Req() request: Request, @Body() body: unknown): Promise<Results> {
    const asker = actorOf(request);
    const { page, ...search } = parsed(searchedAction, body);
    placeOf(search, page?.token, 0);
    const subject = await this.subjectOf(asker, search.subject, search.context);
    const [target = null] = await this.resources.findAll(asker, [search.resource]);
    const names = subject ? await this.search.actionsFor(subject, target) : [];
    return resultsOf(
      names.map((name) => ({ name })),
      '',
    );
  }

  private async subjectOf(asker: Actor, entity: Entity, context: Context): Promise<Actor | null> {
    const [subject = null] = await this.subjects.findAll(asker, [entity]);
    await this.subjects.requireMayAsk(asker, [subject]);
    return subject && underContext({ asker, mayAskAll: await this.subjects.mayAskAll(asker) }, subject, context);
  }
}

function resultsOf(results: readonly object[], nextToken: string): Results {
  return { results, page: { next_token: nextToken, count: results.length } };
}
