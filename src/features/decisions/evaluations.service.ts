import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import type { Explanation } from '../../platform/access/explain.js';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import type { AuditEntry } from '../../platform/audit/audit-entry.js';
import { underContext } from './circumstances.js';
import { Columns, type ColumnsOf } from './columns.js';
import { Decider } from './decider.js';
import type { Batch, Malformed, Question, Semantic } from './question.js';
import { Resources, type Target } from './resources.js';
import { Subjects } from './subjects.js';

/** AuthZEN 1.0 section 6.2. */
export interface Evaluation {
  readonly decision: boolean;
  readonly context?: Readonly<Record<string, unknown>>;
}

/** From CONFIDENTIAL on, what is allowed is written down too. */
const AUDITED_FROM = 2;

/** Answers enforcement points. Every denial, and what is allowed of sensitive assets, is on record. */
@Injectable()
export class EvaluationsService {
  constructor(
    private readonly subjects: Subjects,
    private readonly resources: Resources,
    private readonly decider: Decider,
    private readonly columns: Columns,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Forbidden for whoever may not ask about the subject. */
  async evaluate(asker: Actor, question: Question): Promise<Evaluation> {
    const [evaluation] = await this.evaluateAll(asker, { questions: [question], semantic: 'execute_all' });
    return evaluation ?? { decision: false };
  }

  /** In the order of the questions, up to the one that ends it. @throws as `evaluate` */
  async evaluateAll(asker: Actor, { questions, semantic }: Batch): Promise<Evaluation[]> {
    const whole = questions.flatMap((question) => ('problem' in question ? [] : [question]));
    const subjects = await this.subjects.findAll(
      asker,
      whole.map(({ subject }) => subject),
    );
    await this.subjects.requireMayAsk(asker, subjects);
    const targets = await this.resources.findAll(
      asker,
      whole.map(({ resource }) => resource),
    );
    const mayKnowAll = await this.subjects.mayAskAll(asker);
    const columns = await this.columns.of(targets);
    const judged = (subject: Actor | null, { context }: Question): Actor | null =>
      subject && underContext({ asker, mayAskAll: mayKnowAll }, subject, context);
    const record: AuditEntry[] = [];
    const evaluations: Evaluation[] = [];
    let at = 0;
    for (const question of questions) {
      const evaluation =
        'problem' in question
          ? unanswered(question)
          : await this.answer({
              asker,
              question,
              subject: judged(subjects[at] ?? null, question),
              target: targets[at] ?? null,
              mayKnowAll,
              columns,
              record,
            });
      if (!('problem' in question)) at += 1;
      evaluations.push(evaluation);
      if (isEnd(semantic, evaluation)) break;
    }
    await this.audit.write(...record);
    return evaluations;
  }

  private async answer({ asker, question, subject, target, mayKnowAll, columns, record }: Asked): Promise<Evaluation> {
    const explanation = subject && (await this.decider.decide(subject, question.action, target));
    const decision = explanation?.decision === 'ALLOW';
    if (!decision || sensitivityOf(target) >= AUDITED_FROM) record.push(entryOf(asker, question, target, explanation));
    const { name } = question.action;
    const masked = decision && subject && target ? await this.columns.adviceFor(subject, name, target, columns) : [];
    const context = contextOf(explanation, { decision, mayKnowAll, columns: masked });
    return Object.keys(context).length > 0 ? { decision, context } : { decision };
  }
}

interface Asked {
  readonly asker: Actor;
  readonly question: Question;
  readonly subject: Actor | null;
  readonly target: Target | null;
  readonly mayKnowAll: boolean;
  readonly columns: ColumnsOf;
  readonly record: AuditEntry[];
}

function unanswered({ problem }: Malformed): Evaluation {
  return { decision: false, context: { error: { status: 400, message: problem } } };
}

function isEnd(semantic: Semantic, { decision }: Evaluation): boolean {
  return semantic === 'deny_on_first_deny' ? !decision : semantic === 'permit_on_first_permit' && decision;
}

function sensitivityOf(target: Target | null): number {
  if (target?.kind !== 'own' || target.resource.type === 'system') return 0;
  return target.resource.sensitivity ?? 0;
}

function entryOf(asker: Actor, question: Question, target: Target | null, explanation: Explanation | null): AuditEntry {
  const { subject, action, resource } = question;
  const assetId = target?.kind === 'own' ? target.assetId : null;
  return {
    actor: asker,
    action: 'evaluate',
    subject: { kind: resource.type, id: assetId ?? resource.id },
    decision: explanation?.decision ?? 'DENY',
    policyId: explanation?.decidedBy?.policyId ?? null,
    detail: { subject: subject.id, action: action.name, resource: resource.id },
  };
}

/**
 * The rule, what to do with what is let through, and what is missing. Who may not ask about everybody is not told why he
 * may not: a hidden thing would differ from one that is not there.
 */
function contextOf(
  explanation: Explanation | null,
  { decision, mayKnowAll, columns }: { decision: boolean; mayKnowAll: boolean; columns: readonly object[] },
): Record<string, unknown> {
  if (!explanation || (!decision && !mayKnowAll)) return {};
  const { decidedBy, advice, missingAttributes, policyVersion } = explanation;
  return {
    policyVersion,
    ...(decidedBy && { decidedBy: { id: decidedBy.policyId, title: decidedBy.title } }),
    ...(!decision && missingAttributes.length > 0 && { missingAttributes }),
    ...(advice.mask && { mask: advice.mask }),
    ...(advice.rowFilters.length > 0 && { rowFilters: advice.rowFilters }),
    ...(columns.length > 0 && { columns }),
  };
}
