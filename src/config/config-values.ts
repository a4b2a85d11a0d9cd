import { isIP } from 'node:net';
import { z } from 'zod';

/**
 * A schema for the text of one environment variable. `expected` finishes the sentence "<NAME> must be …";
 * `parse` answers undefined for a text that is not that.
 */
function parsed<T>(expected: string, parse: (text: string) => T | undefined) {
  return z.string().transform((input, context): T => {
    const value = parse(input.trim());
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom', message: `must be ${expected}` });
    return z.NEVER;
  });
}

/** Any text. */
export function text() {
  return parsed('a text', (input) => input);
}

/** A whole number within bounds, both included. */
export function integer(least: number, most: number) {
  return parsed(`a whole number from ${least} to ${most}`, (input) => {
    if (!/^\d{1,15}$/.test(input)) return undefined;
    const value = Number(input);
    return value >= least && value <= most ? value : undefined;
  });
}

/** true or false; 1 and 0 too, as many tools write them. */
export function booleanText() {
  return parsed('true or false', (input) => {
    if (/^(true|1)$/i.test(input)) return true;
    if (/^(false|0)$/i.test(input)) return false;
    return undefined;
  });
}

/** One of a few words. */
export function oneOf<const Word extends string>(words: readonly Word[]) {
  return parsed(`one of ${words.join(', ')}`, (input) => words.find((word) => word === input));
}

const UNITS = { b: 1, kib: 1024, mib: 1024 ** 2, gib: 1024 ** 3 };

/** A size of at least 1 byte, as a number of bytes or with a unit: 262144, 256KiB, 16 MiB. */
export function byteCount() {
  return parsed('a size such as 262144, 256KiB or 16MiB', (input) => {
    const [, digits, unit = 'b'] = /^(\d{1,12}) ?(b|kib|mib|gib)?$/.exec(input.toLowerCase()) ?? [];
    if (digits === undefined) return undefined;
    const factor = Object.entries(UNITS).find(([name]) => name === unit)?.[1] ?? 1;
    const bytes = Number(digits) * factor;
    return bytes >= 1 && Number.isSafeInteger(bytes) ? bytes : undefined;
  });
}

/** Addresses and networks, with commas between them: 10.0.0.7, 192.168.0.0/16, 2001:db8::/32. */
export function networkList() {
  return parsed('addresses or networks such as 10.0.0.7, 192.168.0.0/16', (input) => {
    const networks = input.split(',').map((part) => part.trim());
    return networks.every(isNetwork) ? networks : undefined;
  });
}

function isNetwork(input: string): boolean {
  const [address = '', prefix = '0', ...rest] = input.split('/');
  const longest = isIP(address) === 4 ? 32 : 128;
  return isIP(address) !== 0 && rest.length === 0 && /^\d{1,3}$/.test(prefix) && Number(prefix) <= longest;
}

/** An address with one of these protocols (`http:`), kept as it was written. */
export function urlText(protocols: readonly string[], example: string) {
  return parsed(`an address such as ${example}`, (input) =>
    URL.canParse(input) && protocols.includes(new URL(input).protocol) ? input : undefined,
  );
}

/** The candidate with the fewest edits (Levenshtein distance) from the name. */
export function nearest(name: string, candidates: readonly string[]): string {
  const ranked = candidates.map((candidate) => ({ candidate, distance: editDistance(name, candidate) }));
  ranked.sort((left, right) => left.distance - right.distance);
  return ranked[0]?.candidate ?? '';
}

function editDistance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const replaced = (previous[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[to.length] ?? 0;
}
