import { Invalid } from '../../core/errors.js';

/** What narrows the audit log; all of it must hold. */
export interface AuditQuestion {
  /** Handle. */
  readonly actor?: string | null | undefined;
  readonly action?: string | null | undefined;
  readonly subject?: string | null | undefined;
  /** Reference of an asset. */
  readonly asset?: string | null | undefined;
  readonly policyId?: string | null | undefined;
  readonly decision?: 'ALLOW' | 'DENY' | null | undefined;
  readonly from?: Date | null | undefined;
  readonly to?: Date | null | undefined;
}

const NAMES = ['actor', 'action', 'subject', 'asset', 'policyId', 'decision', 'from', 'to', 'format'];

/** The same from a query string. @throws Invalid that names the parameter. */
export function questionOf(query: Readonly<Record<string, unknown>>): AuditQuestion {
  const stranger = Object.keys(query).find((name) => !NAMES.includes(name));
  if (stranger !== undefined)
    throw new Invalid(`'${stranger.slice(0, 50)}' is not known here. There are ${NAMES.join(', ')}.`, [stranger]);
  return {
    actor: textOf(query, 'actor'),
    action: textOf(query, 'action'),
    subject: textOf(query, 'subject'),
    asset: textOf(query, 'asset'),
    policyId: textOf(query, 'policyId'),
    decision: decisionOf(query),
    from: timeOf(query, 'from'),
    to: timeOf(query, 'to'),
  };
}

function textOf(query: Readonly<Record<string, unknown>>, name: string): string | null {
  const value = query[name];
  if (value === undefined) return null;
  if (typeof value === 'string' && value !== '') return value;
  throw new Invalid(`'${name}' is given once, with a value.`, [name]);
}

function decisionOf(query: Readonly<Record<string, unknown>>): 'ALLOW' | 'DENY' | null {
  const decision = textOf(query, 'decision');
  if (decision === null || decision === 'ALLOW' || decision === 'DENY') return decision;
  throw new Invalid(`'decision' is ALLOW or DENY, not '${decision.slice(0, 50)}'.`, ['decision']);
}

function timeOf(query: Readonly<Record<string, unknown>>, name: string): Date | null {
  const text = textOf(query, name);
  if (text === null) return null;
  const time = new Date(text);
  if (/^\d{4}-\d{2}-\d{2}/.test(text) && !Number.isNaN(time.getTime())) return time;
  throw new Invalid(`'${name}' is an instant such as 2026-01-31T08:00:00Z, not '${text.slice(0, 50)}'.`, [name]);
}
