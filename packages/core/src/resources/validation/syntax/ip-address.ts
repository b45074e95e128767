import { parseCidr, parseIp } from '../../../net';

/** `netip.ParseAddr`: an IPv6 address may carry a zone. */
export function isIpAddress(text: string): boolean {
  const zone = text.indexOf('%');
  if (zone < 0) return parseIp(text) !== undefined;
  const address = text.slice(0, zone);
  return address.includes(':') && zone < text.length - 1 && parseIp(address) !== undefined;
}

/** `ValidateIPAddress`. */
export const checkIpAddress = (text: string): string | undefined =>
  isIpAddress(text) ? undefined : `${text} is not a valid IP`;

/** `netip.ParsePrefix`: no zone. */
export const isIpPrefix = (text: string): boolean =>
  text.includes('/') && parseCidr(text) !== undefined;

/** `ValidateIPSubnet`: an address, or a range when there is exactly one slash. */
export function checkSubnet(text: string): string | undefined {
  if (text.split('/').length !== 2) return checkIpAddress(text);
  return isIpPrefix(text) ? undefined : `${text} is not a valid CIDR block`;
}
