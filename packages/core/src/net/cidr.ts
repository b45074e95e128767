import ipaddr from 'ipaddr.js';
import { type IpAddress, type IpFamily, ipFamily, parseIp } from './address';

/** A range of addresses. `address` keeps the host bits as written; matching ignores them. */
export interface Cidr {
  readonly family: IpFamily;
  readonly address: IpAddress;
  /** Prefix length, 0 to 32 or 128. */
  readonly length: number;
}

/** Reads `address/length`, or a bare address as a /32 or /128; `undefined` when it is neither. */
export function parseCidr(text: string): Cidr | undefined {
  const slash = text.indexOf('/');
  const address = parseIp(slash < 0 ? text : text.slice(0, slash));
  if (address === undefined) return undefined;
  const family = ipFamily(address);
  const bits = family === 4 ? 32 : 128;
  if (slash < 0) return { family, address, length: bits };
  const digits = text.slice(slash + 1);
  const length = /^(0|[1-9]\d{0,2})$/.test(digits) ? Number(digits) : Number.NaN;
  return length <= bits ? { family, address, length } : undefined;
}

export function formatCidr(cidr: Cidr): string {
  return `${cidr.address}/${cidr.length}`;
}

/** The 32 bits of an IPv4 address, signed: matching looks at them for every rule of a walk. */
export function ipv4Bits(ip: IpAddress): number {
  let bits = 0;
  let octet = 0;
  for (let index = 0; index < ip.length; index += 1) {
    const code = ip.charCodeAt(index);
    if (code === 46) {
      bits = (bits << 8) | octet;
      octet = 0;
    } else {
      octet = octet * 10 + code - 48;
    }
  }
  return (bits << 8) | octet;
}

/** True when `ip` lies in `cidr`; an address of the other family never does. */
export function cidrContains(cidr: Cidr, ip: IpAddress): boolean {
  if (ipFamily(ip) !== cidr.family) return false;
  if (cidr.length === (cidr.family === 4 ? 32 : 128)) return ip === cidr.address;
  return cidr.family === 4
    ? (ipv4Bits(ip) ^ ipv4Bits(cidr.address)) >>> (32 - cidr.length) === 0 || cidr.length === 0
    : ipaddr.IPv6.parse(ip).match(ipaddr.IPv6.parse(cidr.address), cidr.length);
}

/** The range without host bits, as text: equal for ranges that hold the same addresses. */
export function networkOf(cidr: Cidr): string {
  const written = formatCidr(cidr);
  const network =
    cidr.family === 4
      ? ipaddr.IPv4.networkAddressFromCIDR(written)
      : ipaddr.IPv6.networkAddressFromCIDR(written);
  return `${network.toNormalizedString()}/${cidr.length}`;
}
