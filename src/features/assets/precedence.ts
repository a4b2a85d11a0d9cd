import type { Fact } from './assemble.js';
import { columnWordsOf } from './said-columns.js';

/** Which of several words is heard before others. */

/** `description#edited` is a word about the description, from the register `edited`; most words have one register, ''. */
export interface RegisteredFact extends Fact {
  readonly register: string;
}

export function withRegister(fact: Fact): RegisteredFact {
  // The names of facets and references are texts of others.
  if (/^(facet|externalRef|physical):/.test(fact.attribute)) return { ...fact, register: '' };
  const [attribute = '', register = ''] = fact.attribute.split('#', 2);
  return { ...fact, attribute, register };
}

/** What a source says about all columns at once, as one fact a column and label. The fact itself stays, for its fields. */
export function perColumn(fact: RegisteredFact): RegisteredFact[] {
  if (fact.attribute !== 'columnWords') return [fact];
  const labels = Object.entries(columnWordsOf(fact)).flatMap(([columnPath, { tags, terms, sensitivity }]) =>
    Object.entries({ tags, terms, sensitivity })
      .filter(([, value]) => value !== null)
      .map(([attribute, value]) => ({ ...fact, columnPath, attribute, value })),
  );
  return [fact, ...labels];
}

/** What people wrote at a source stands before what the source's own machines say; other registers come after both. */
const REGISTERS = ['edited', ''];

function byRegister({ register }: RegisteredFact): number {
  const place = REGISTERS.indexOf(register);
  return place < 0 ? REGISTERS.length : place;
}

export function byPrecedence(a: RegisteredFact, b: RegisteredFact): number {
  return (
    a.rank - b.rank ||
    byRegister(a) - byRegister(b) ||
    b.assertedAt.getTime() - a.assertedAt.getTime() ||
    Number(a.sourceKey > b.sourceKey) - Number(a.sourceKey < b.sourceKey) ||
    Number(a.register > b.register) - Number(a.register < b.register)
  );
}
