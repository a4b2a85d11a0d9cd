import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { Conflict, Invalid, NotFound } from '../../core/errors.js';
import { Access } from '../../platform/access/access.js';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import { Erasures } from '../../platform/audit/erasures.js';
import { Database } from '../../platform/database/database.js';
import { AuditRepository } from './audit.repository.js';

export interface Erasure {
  /** How many details went. */
  readonly details: number;
}

@Injectable()
export class AuditErasure {
  constructor(
    private readonly database: Database,
    private readonly repository: AuditRepository,
    private readonly access: Access,
    private readonly audit: AuditTrail,
    private readonly erasures: Erasures,
  ) {}

  /**
   * Takes away who somebody is and what the log says of them in detail. The chain keeps its salted hashes, that something
   * was done, when and to what, and this erasure with its reason.
   * @throws Invalid without a reason, NotFound, Conflict while the account may still sign in.
   */
  async erase(actor: Actor, handle: string, reason: string): Promise<Erasure> {
    (await this.access.forActor(actor)).require('manage_accounts', { type: 'system' });
    if (reason.trim() === '' || reason.length > 1000)
      throw new Invalid('Say why, in 1 to 1000 characters.', ['reason']);
    return this.database.transaction(async () => {
      const person = await this.repository.findPerson(handle);
      if (!person) throw new NotFound(`The audit log knows no '${handle.slice(0, 100)}'.`, ['account']);
      if (!person.isDisabled)
        throw new Conflict(`'${handle}' can still sign in. Disable the account first.`, ['account']);
      const details = await this.repository.listDetailsOf(person, handle);
      await this.repository.erase(person, details);
      if (person.accountId !== null) await this.erasures.run(person.accountId);
      const subject = { kind: 'auditPerson', id: person.key };
      const detail = { person: person.key, details: rangesOf(details), reason: reason.trim() };
      await this.audit.write({ actor, action: 'audit.erased', subject, detail });
      return { details: details.length };
    });
  }
}

/** [1, 2, 3, 7] as [[1, 3], [7, 7]]. */
function rangesOf(sorted: readonly number[]): [number, number][] {
  const ranges: [number, number][] = [];
  for (const seq of sorted) {
    const last = ranges.at(-1);
    if (last && last[1] === seq - 1) last[1] = seq;
    else ranges.push([seq, seq]);
  }
  return ranges;
}
