import { Forbidden, Invalid } from '../../core/errors.js';
import type { Receipt } from './ingestion.service.js';

/** A yes or no of the query string. @throws Invalid for what is neither: who mistypes it must not ingest for real. */
export function isAsked(name: string, said: string | undefined): boolean {
  if (said === undefined || said === 'false') return false;
  if (said === 'true' || said === '') return true;
  throw new Invalid(`'${name}' is '${said.slice(0, 50)}'. Give true or false.`, [name]);
}

/** For endpoints that take one message. */
export function throwRefusal(receipt: Pick<Receipt, 'refused'>): void {
  const [refusal] = receipt.refused;
  if (!refusal) return;
  const field = refusal.field ?? undefined;
  throw refusal.code === 'FORBIDDEN' ? new Forbidden(refusal.reason, field) : new Invalid(refusal.reason, field);
}
