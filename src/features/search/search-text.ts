import { Invalid } from '../../core/errors.js';

const MAX_LENGTH = 512;
const MAX_WORDS = 16;

export interface ParsedQuery {
  /** Every word of the query, folded; may be empty. */
  readonly words: readonly string[];
  /** The whole query as one folded name. */
  readonly folded: string;
  /** As websearch_to_tsquery takes it: words, "phrases", -exclusions. */
  readonly web: string;
}

/** One spelling for all: 'custOrderID', 'cust_order-id' and 'Cust Order ID' are 'cust order id'. */
export function foldName(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toLowerCase();
}

/** The last part of a qualified name: 'shop.public.orders' → 'orders', '/data/in/file.csv' → 'file.csv'. */
export function lastPart(name: string): string {
  const path = name.replace(/\/+$/, '');
  if (path.includes('/')) return path.slice(path.lastIndexOf('/') + 1) || name;
  return path.slice(path.lastIndexOf('.') + 1) || name;
}

/** @throws Invalid for a text that is longer than any question. */
export function parseQuery(query: string): ParsedQuery {
  if (query.length > MAX_LENGTH) {
    throw new Invalid(`The query has ${query.length} characters; at most ${MAX_LENGTH} are read. Use fewer words.`, ['query']);
  }
  const clean = query.replaceAll('\0', ' ');
  const folded = foldName(clean);
  const words = folded.split(' ').filter((word) => word !== '').slice(0, MAX_WORDS);
  return { words, folded: words.join(' '), web: webQuery(clean) };
}

/** Only words, quotes and a leading minus reach Postgres. */
function webQuery(query: string): string {
  const tokens = query.match(/-?"[^"]*"|\S+/g) ?? [];
  return tokens
    .slice(0, MAX_WORDS)
    .map((token) => {
      const folded = foldName(token);
      if (folded === '') return '';
      const sign = token.startsWith('-') ? '-' : '';
      return token.includes('"') || folded.includes(' ') ? `${sign}"${folded}"` : sign + folded;
    })
    .join(' ')
    .trim();
}
