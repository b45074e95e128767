import { type Cidr, cidrContains, parseCidr } from './cidr';

/** Ranges in which no public name points (RFC 1918, 1122, 3927, 6598, 4193, 4291). */
const privateRanges: readonly Cidr[] = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '100.64.0.0/10',
  'fc00::/7',
  'fe80::/10',
  '::1/128',
].flatMap(text => parseCidr(text) ?? []);

/** True when every address of the range is private, so that no public name points into it. */
export function isPrivateRange(range: Cidr): boolean {
  return privateRanges.some(
    item =>
      item.family === range.family &&
      item.length <= range.length &&
      cidrContains(item, range.address),
  );
}
