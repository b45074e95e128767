import type { Brand } from './brand';
import { formatIpv6, parseIpv6Groups, parseQuad } from './ipv6';

/** An IPv4 or IPv6 address in canonical text (RFC 5952 for IPv6), without zone. */
export type IpAddress = Brand<string, 'IpAddress'>;
export type IpFamily = 4 | 6;

/**
 * Reads an address as Go's `netip.ParseAddr` does (no leading zeros, no partial forms) and writes it as `Addr.String`
 * does; `undefined` when it is none. A zone (`fe80::1%eth0`) is not part of an address here.
 */
export function parseIp(text: string): IpAddress | undefined {
  if (text.includes(':')) {
    const groups = parseIpv6Groups(text);
    return groups === undefined ? undefined : (formatIpv6(groups) as IpAddress);
  }
  return parseQuad(text) === undefined ? undefined : (text as IpAddress);
}

export function ipFamily(ip: IpAddress): IpFamily {
  return ip.includes(':') ? 6 : 4;
}
