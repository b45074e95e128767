import { type Cidr, type IpAddress, ipFamily, parseCidr } from '../../net';

/** Ranges to include or to leave out, by family (tools/common/config/config.go:SeparateV4V6). */
export interface NetworkRanges {
  readonly wildcard: boolean;
  readonly v4: readonly string[];
  readonly v6: readonly string[];
  /** The address part of some range is a loopback address. */
  readonly loopback: boolean;
}

/** What `netip.ParsePrefix` refuses, in its words. */
export interface BadRange {
  readonly kind: 'bad-range';
  readonly message: string;
}

/** Splits at commas; empty parts are dropped and blanks kept (tools/common/config/types.go:Split). */
export function splitList(text: string): readonly string[] {
  return text.split(',').filter(part => part !== '');
}

/** Reads a prefix as Go's `netip.ParsePrefix`: the length is required, host bits are kept. */
export function parsePrefix(text: string): Cidr | undefined {
  return text.includes('/') ? parseCidr(text) : undefined;
}

/**
 * Reads a list of ranges. `*` as the whole text means everything. IPv4-mapped ranges count as IPv6. With `skipBad` a part
 * that is no range is left out, as releases before 1.27 did.
 */
export function parseRanges(
  text: string,
  options: { readonly skipBad: boolean },
): NetworkRanges | BadRange {
  if (text === '*') return { wildcard: true, v4: [], v6: [], loopback: false };
  const v4: string[] = [];
  const v6: string[] = [];
  let loopback = false;
  for (const part of splitList(text)) {
    const range = parsePrefix(part);
    if (range === undefined) {
      if (options.skipBad) continue;
      return { kind: 'bad-range', message: prefixError(part) };
    }
    (range.family === 4 ? v4 : v6).push(`${range.address}/${range.length}`);
    loopback ||= isLoopback(range.address);
  }
  return { wildcard: false, v4, v6, loopback };
}

/** 127.0.0.0/8, ::1, and 127.0.0.0/8 mapped into IPv6. */
export function isLoopback(ip: IpAddress): boolean {
  return ipFamily(ip) === 4 ? ip.startsWith('127.') : ip === '::1' || ip.startsWith('::ffff:127.');
}

/** The message of `netip.ParsePrefix`. */
export function prefixError(text: string): string {
  const slash = text.lastIndexOf('/');
  const quoted = JSON.stringify(text);
  if (slash < 0) return `netip.ParsePrefix(${quoted}): no '/'`;
  const address = text.slice(0, slash);
  return parseCidr(address) === undefined
    ? `netip.ParsePrefix(${quoted}): ParseAddr(${JSON.stringify(address)}): unable to parse IP`
    : `netip.ParsePrefix(${quoted}): prefix length out of range`;
}
