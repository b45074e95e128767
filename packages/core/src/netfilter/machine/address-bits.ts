import { type Cidr, type IpAddress, ipFamily, ipv4Bits } from '../../net';

/** The 128 bits of a canonical IPv6 address (RFC 5952), in eight groups. */
function ipv6Groups(ip: IpAddress): readonly number[] {
  const quad = ip.includes('.') ? ip.slice(ip.lastIndexOf(':') + 1) : undefined;
  const bits = quad === undefined ? 0 : ipv4Bits(quad as IpAddress) >>> 0;
  const text =
    quad === undefined
      ? ip
      : `${ip.slice(0, -quad.length)}${(bits >>> 16).toString(16)}:${(bits & 0xffff).toString(16)}`;
  const [head = '', tail] = text.split('::');
  const read = (part: string | undefined) =>
    part === undefined || part === ''
      ? []
      : part.split(':').map(group => Number.parseInt(group, 16));
  const left = read(head);
  const right = read(tail);
  return [...left, ...new Array<number>(8 - left.length - right.length).fill(0), ...right];
}

/** A range made ready: one test per address, no parsing of the range again. */
export function cidrTest({ family, address, length }: Cidr): (ip: IpAddress) => boolean {
  if (length === 0) return ip => ipFamily(ip) === family;
  if (length === (family === 4 ? 32 : 128)) return ip => ip === address;
  return family === 4 ? ipv4Test(address, length) : ipv6Test(address, length);
}

function remembered<T>(read: (ip: IpAddress) => T): (ip: IpAddress) => T {
  let last: IpAddress | undefined;
  let value: T | undefined;
  return ip => {
    if (value === undefined || ip !== last) {
      last = ip;
      value = read(ip);
    }
    return value;
  };
}

/** A walk asks many ranges about the same address in a row. */
const bitsOf = remembered(ipv4Bits);
const groupsOf = remembered(ipv6Groups);

function ipv4Test(address: IpAddress, length: number): (ip: IpAddress) => boolean {
  const shift = 32 - length;
  const network = ipv4Bits(address) >>> shift;
  return ip => ipFamily(ip) === 4 && bitsOf(ip) >>> shift === network;
}

function ipv6Test(address: IpAddress, length: number): (ip: IpAddress) => boolean {
  const network = ipv6Groups(address);
  const whole = length >> 4;
  const shift = 16 - (length & 15);
  return ip => {
    if (ipFamily(ip) !== 6) return false;
    const groups = groupsOf(ip);
    for (let index = 0; index < whole; index += 1) {
      if (groups[index] !== network[index]) return false;
    }
    return shift === 16 || (groups[whole] ?? 0) >> shift === (network[whole] ?? 0) >> shift;
  };
}
