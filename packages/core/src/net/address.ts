import ipaddr from 'ipaddr.js';
import type { Brand } from './brand';

/** An IPv4 or IPv6 address in canonical text (RFC 5952 for IPv6), without zone. */
export type IpAddress = Brand<string, 'IpAddress'>;
export type IpFamily = 4 | 6;

const dottedQuad = /^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}$/;

/** Reads an address as Go's `netip.ParseAddr` does (no leading zeros, no partial forms); `undefined` when it is none. */
export function parseIp(text: string): IpAddress | undefined {
  if (text.includes(':')) {
    return text.includes('%') || !ipaddr.IPv6.isValid(text)
      ? undefined
      : (ipaddr.IPv6.parse(text).toRFC5952String() as IpAddress);
  }
  if (!dottedQuad.test(text)) return undefined;
  const parts = text.split('.');
  return parts.every(part => Number(part) <= 255 && String(Number(part)) === part)
    ? (text as IpAddress)
    : undefined;
}

export function ipFamily(ip: IpAddress): IpFamily {
  return ip.includes(':') ? 6 : 4;
}
