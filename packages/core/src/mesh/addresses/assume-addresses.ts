import { type IpAddress, parseIp } from '../../net';

/** FNV-1a over the characters, 32 bits: only spreads names over a range. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) {
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  }
  return value;
}

/** Range from which addresses are taken that the input does not give. */
export interface AddressRange {
  /** First address as a number. */
  readonly base: number;
  readonly bits: number;
}

/** 10.96.0.0/12, where kubeadm puts Services. */
export const serviceRange: AddressRange = { base: 0x0a600000, bits: 20 };
/** 10.128.0.0/10, beside the usual Service ranges. */
export const podRange: AddressRange = { base: 0x0a800000, bits: 22 };

function format(value: number): IpAddress {
  const octets = [24, 16, 8, 0].map(shift => (value >>> shift) & 255).join('.');
  const ip = parseIp(octets);
  if (ip === undefined) throw new Error(`no address: ${octets}`);
  return ip;
}

/**
 * An address for each name, chosen by the name alone as far as the range allows, so that adding an object does not move
 * the others. `taken` are addresses of the input; `fixed` are choices made before (for a slice of a mesh).
 */
export function assumeAddresses(
  names: readonly string[],
  range: AddressRange,
  taken: ReadonlySet<string>,
  fixed: Readonly<Record<string, string>> = {},
): ReadonlyMap<string, IpAddress> {
  const used = new Set([...taken, ...Object.values(fixed)]);
  const size = 2 ** range.bits;
  const chosen = new Map<string, IpAddress>();
  for (const name of [...names].sort()) {
    const given = Object.hasOwn(fixed, name) ? parseIp(fixed[name] ?? '') : undefined;
    if (given !== undefined) {
      chosen.set(name, given);
      continue;
    }
    let offset = hash(name) % size;
    let ip = format(range.base + offset);
    while (used.has(ip) || (offset & 255) === 0 || (offset & 255) === 255) {
      offset = (offset + 1) % size;
      ip = format(range.base + offset);
    }
    used.add(ip);
    chosen.set(name, ip);
  }
  return chosen;
}
