import type { Actor } from '../../core/actor.js';
import type { ChangeEvent } from '../../core/change-event.js';
import type { AuditEntry } from './audit-entry.js';

/** Whatever a person or a program changes is audited with the change itself. What the service does by itself is not. */
export function auditOfChanges(actor: Actor, events: readonly ChangeEvent[]): AuditEntry[] {
  if (actor.kind === 'SYSTEM') return [];
  return events.map(({ type, subject, detail }) => ({ actor, action: type, subject, detail: detail ?? {} }));
}
