import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { Invalid } from '../../core/errors.js';
import { Access } from '../../platform/access/access.js';
import { ACTION_TYPES, ACTIONS } from '../../platform/access/attributes.js';
import { attributesAsked, classesOf, impactOf, type Impact } from '../../platform/access/impact.js';
import { lintPolicies, type LintFinding } from '../../platform/access/lint.js';
import { mutationScore, type MutationScore } from '../../platform/access/mutation-score.js';
import { parsePolicySet, type PolicySet } from '../../platform/access/policy-document.js';
import { PolicyStore } from '../../platform/access/policy-store.js';
import { runPolicyTests, type TestFailure } from '../../platform/access/policy-tests.js';
import { canonicalHash } from '../../platform/canonical-json.js';
import { actorOfAccount, IdentityService } from '../identity/index.js';
import { ShapesRepository } from './shapes.repository.js';

const ABOUT_ASSETS = ACTIONS.filter((action) => ACTION_TYPES[action] !== 'system');

export interface PolicyReport {
  /** Hex SHA-256 of the canonical JSON. */
  readonly contentHash: string;
  /** With their paths; what has any is no policy set, and then nothing else is known. */
  readonly problems: readonly string[];
  readonly findings: readonly LintFinding[];
  readonly tests: number;
  readonly failures: readonly string[];
  /** Whether it could come into force. */
  readonly isSound: boolean;
}

/** What somebody wants to know of a policy set before it is in force. Changes nothing. */
@Injectable()
export class PolicyCheck {
  constructor(
    private readonly access: Access,
    private readonly store: PolicyStore,
    private readonly identity: IdentityService,
    private readonly shapes: ShapesRepository,
  ) {}

  /** @throws Forbidden */
  async report(actor: Actor, documents: unknown): Promise<PolicyReport> {
    await this.requireManager(actor);
    return reportOn(documents, new Date());
  }

  /** @throws Forbidden, Invalid for what is no policy set. */
  async mutationScore(actor: Actor, documents: unknown): Promise<MutationScore> {
    await this.requireManager(actor);
    return mutationScore(parsePolicySet(documents), new Date());
  }

  /** What would change for whom against the set in force: exact, over all accounts and everything in the catalog. @throws as above */
  async impact(actor: Actor, documents: unknown): Promise<Impact[]> {
    await this.requireManager(actor);
    const sets = { before: await this.store.load(actor.policyVersion), after: parsePolicySet(documents) };
    const classes = classesOf(sets, ABOUT_ASSETS, await this.actors(actor), new Date());
    const impacts: Impact[] = [];
    for (const [action, ofAction] of classes) {
      const asked = attributesAsked(ofAction);
      const shapes =
        ACTION_TYPES[action] === 'column' ? await this.shapes.ofColumns(asked) : await this.shapes.ofAssets(asked);
      impacts.push(impactOf(action, ofAction, shapes));
    }
    return impacts;
  }

  private async actors(asker: Actor): Promise<Actor[]> {
    const actors: Actor[] = [];
    for (let after: string | null = null, isMore = true; isMore;) {
      const accounts = await this.identity.listAll(1000, after);
      const working = accounts.filter(({ disabledAt }) => disabledAt === null);
      actors.push(...working.map((account) => actorOfAccount(account, asker.policyVersion)));
      after = accounts.at(-1)?.handle ?? null;
      isMore = accounts.length === 1000;
    }
    return actors;
  }

  private async requireManager(actor: Actor): Promise<void> {
    (await this.access.forActor(actor)).require('manage_policies', { type: 'system' });
  }
}

/** Everything that can be said of documents by themselves. */
export function reportOn(documents: unknown, now: Date): PolicyReport {
  const contentHash = canonicalHash(documents).toString('hex');
  const parsed = parsedOr(documents);
  if ('problems' in parsed)
    return { contentHash, problems: parsed.problems, findings: [], tests: 0, failures: [], isSound: false };
  const findings = lintPolicies(parsed.set, now);
  const failures = runPolicyTests(parsed.set, now).map(failureText);
  const isSound = failures.length === 0 && findings.every(({ severity }) => severity !== 'ERROR');
  return { contentHash, problems: [], findings, tests: testsIn(parsed.set), failures, isSound };
}

function parsedOr(documents: unknown): { readonly set: PolicySet } | { readonly problems: readonly string[] } {
  try {
    return { set: parsePolicySet(documents) };
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return { problems: error.message.split('\n').slice(1) };
  }
}

function testsIn({ policies, resourceTypes = [] }: PolicySet): number {
  const rules = [...policies, ...resourceTypes.flatMap((type) => type.policies)];
  return rules.reduce((count, { tests = [] }) => count + tests.length, 0);
}

function failureText({ policyId, index, expected, actual }: TestFailure): string {
  const text = ({ decision, decidedBy }: TestFailure['actual']): string =>
    decidedBy === null ? decision : `${decision} by ${decidedBy}`;
  return `${policyId}.tests[${index}]: expected ${text(expected)}, got ${text(actual)}`;
}
