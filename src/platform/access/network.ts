import { BlockList, isIP, isIPv4 } from 'node:net';
import { z } from 'zod';

const LONGEST_PREFIX = { 4: 32, 6: 128 } as const;

/** An address, or a network in CIDR notation: `10.0.0.0/8`, `2001:db8::/32`, `192.0.2.7`. */
export function isNetwork(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  const version = isIP(address);
  if ((version !== 4 && version !== 6) || rest.length > 0 || address.includes('%')) return false;
  // Addresses are compared as IPv4 where they are IPv4: such a network would never match.
  if (plainAddress(address) !== address) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= LONGEST_PREFIX[version]);
}

export const networkValue = z
  .string()
  .max(50)
  .refine(isNetwork, "must be an address or a network such as '10.0.0.0/8' or '2001:db8::/32'");

/** An IPv4 address that comes in IPv6 clothes as itself, and without a zone; null for what is no address. */
export function plainAddress(text: string): string | null {
  const [address = ''] = text.split('%');
  const inner = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (inner !== undefined && isIPv4(inner)) return inner;
  return isIP(address) === 0 ? null : address;
}

/** Lists of networks live as long as the documents they stand in. */
const known = new WeakMap<object, BlockList>();

/** Whether an address, as `plainAddress` gives it, is in one of the networks. */
export function isInNetwork(address: string, networks: readonly (string | number | boolean)[]): boolean {
  const version = isIP(address);
  return version !== 0 && blockList(networks).check(address, version === 4 ? 'ipv4' : 'ipv6');
}

function blockList(networks: readonly (string | number | boolean)[]): BlockList {
  const before = known.get(networks);
  if (before) return before;
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', prefix] = String(network).split('/');
    const version = isIPv4(address) ? 4 : 6;
    list.addSubnet(address, Number(prefix ?? LONGEST_PREFIX[version]), version === 4 ? 'ipv4' : 'ipv6');
  }
  known.set(networks, list);
  return list;
}
