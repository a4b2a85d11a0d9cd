import { listOf, type Atom, type Condition } from './condition.js';

/**
 * The search-engine reading, in Meilisearch's filter language. String equality there folds case, so documents carry
 * tokens of values (`searchToken`), never the values; paths are indexed with all their ancestors. A missing value is a
 * field the document does not have.
 */
export function toSearchFilter(condition: Condition): string {
  switch (condition.op) {
    case 'true':
      return 'everything = 1';
    case 'false':
      return 'everything = 0';
    case 'all':
      return `(${condition.of.map(toSearchFilter).join(' AND ')})`;
    case 'any':
      return `(${condition.of.map(toSearchFilter).join(' OR ')})`;
    case 'not':
      return `(NOT ${toSearchFilter(condition.of)})`;
    case 'atom':
      return filterAtom(condition.atom);
    default:
      throw condition satisfies never;
  }
}

/** Hexadecimal of the UTF-8 bytes: two values have one token only when they are the same bytes. */
export function searchToken(value: string): string {
  return `t${Buffer.from(value, 'utf8').toString('hex')}`;
}

const ORDER = { lt: '<', lte: '<=', gt: '>', gte: '>=' } as const;

function filterAtom(atom: Atom): string {
  const field = `acl.${atom.attribute}`;
  const tokens = listOf(atom.value).map((value) => (typeof value === 'number' ? String(value) : searchToken(value)));
  const [first = ''] = tokens;
  const list = `[${tokens.join(', ')}]`;
  switch (atom.operator) {
    case 'has':
      return `${field} EXISTS`;
    case 'missing':
      return `(NOT ${field} EXISTS)`;
    case 'isEmpty':
      return `${field} IS EMPTY`;
    case 'eq':
      return `${field} = ${first}`;
    case 'ne':
      return `(${field} EXISTS AND NOT ${field} = ${first})`;
    case 'in':
    case 'hasAny':
      return `${field} IN ${list}`;
    case 'notIn':
      return `(${field} EXISTS AND NOT ${field} IN ${list})`;
    case 'hasAll':
      return `(${tokens.map((token) => `${field} = ${token}`).join(' AND ')})`;
    case 'hasNone':
      return `(NOT ${field} IN ${list})`;
    case 'under':
      return `${field}.ancestors IN ${list}`;
    default:
      return `${field} ${ORDER[atom.operator]} ${first}`;
  }
}
