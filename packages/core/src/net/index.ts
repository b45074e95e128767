export { type IpAddress, type IpFamily, ipFamily, parseIp } from './address';
export type { Brand } from './brand';
export { type Cidr, cidrContains, formatCidr, ipv4Bits, networkOf, parseCidr } from './cidr';
export { hostCovers, hostsOverlap, isWildcardHost } from './host';
export { type Port, parsePort } from './port';
export { isPrivateRange } from './public-ranges';
