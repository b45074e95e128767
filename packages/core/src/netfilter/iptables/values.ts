import { type Cidr, type IpFamily, parseCidr } from '../../net';
import type { PortRange } from '../model';
import { serviceNames } from '../service-names';
import { byteLength, isAccountName, parseCNumber, toolPort } from '../tool-number';
import { byName, type Parsed, parsed, refused } from './rule-error';

export const maxPorts = 15;
const interfaceLimit = 15;

function port(text: string): Parsed<number> {
  const result = toolPort(text);
  if (result.kind === 'number') return parsed(result.value);
  return result.kind === 'name'
    ? byName(text)
    : refused(`invalid port/service \`${text}' specified`);
}

/** `8080`, `8000:8010`, `:80`, `8000:`; iptables takes a colon only. */
export function portRange(text: string): Parsed<PortRange> {
  const colon = text.indexOf(':');
  if (colon < 0) {
    const single = port(text);
    return single.ok ? parsed({ from: single.value, to: single.value }) : single;
  }
  const from = colon === 0 ? parsed(0) : port(text.slice(0, colon));
  if (!from.ok) return from;
  const to = colon === text.length - 1 ? parsed(65535) : port(text.slice(colon + 1));
  if (!to.ok) return to;
  if (from.value > to.value) return refused('invalid portrange (min > max)');
  return parsed({ from: from.value, to: to.value });
}

/** `--dport` of UDP is read another way than TCP's: each side like `--on-port`, and a range may be upside down (measured). */
export function udpPortRange(text: string): Parsed<PortRange> {
  const [low = '', high = low, ...rest] = text.split(':');
  if (rest.length > 0) return refused('udp: Too many components for option "--dport" (max: 2)');
  const from = low === '' && text !== '' ? parsed(0) : listenPort(low);
  if (!from.ok) return from;
  const to = high === '' && text !== '' ? parsed(65535) : listenPort(high);
  return to.ok ? parsed({ from: from.value, to: to.value }) : to;
}

/** A range of `-m multiport` needs both ends. */
const openRange = (text: string) => text.startsWith(':') || text.endsWith(':');

/** The list of `-m multiport`: at most 15 ports, a range counting twice. */
export function portList(text: string): Parsed<readonly PortRange[]> {
  const ranges: PortRange[] = [];
  let count = 0;
  for (const part of text.split(',')) {
    if (openRange(part)) return refused("invalid port/service `' specified");
    const range = portRange(part);
    if (!range.ok) return range;
    count += part.includes(':') ? 2 : 1;
    if (count > maxPorts) return refused('multiport: too many ports specified');
    ranges.push(range.value);
  }
  return parsed(ranges);
}

const lastId = 0xffffffff - 1;

/** `1337`, `1337-1340`, `1337:1340` or a name; 4294967295 stands for "no owner" (`libxt_owner.c:owner_parse_range`). */
export function owner(text: string, option: string): Parsed<PortRange> {
  const bad = refused(`owner: Bad value for "${option}" option: "${text}"`);
  const [low = '', high = low, ...rest] = text.split(/[-:]/);
  const from = parseCNumber(low);
  const to = parseCNumber(high);
  if (from === undefined || to === undefined || rest.length > 0) {
    return isAccountName(text) ? byName(text) : bad;
  }
  if (from > lastId || to > lastId) return bad;
  return from > to ? refused('RULE_APPEND failed (Invalid argument)') : parsed({ from, to });
}

export interface Mark {
  readonly value: number;
  readonly mask: number;
}

export function mark(text: string, module: string, option: string): Parsed<Mark> {
  const [valueText = '', maskText, ...rest] = text.split('/');
  const value = parseCNumber(valueText);
  const mask = maskText === undefined ? 0xffffffff : parseCNumber(maskText);
  if (value === undefined || value > 0xffffffff) {
    return refused(`${module}: bad integer value for option "${option}", or out of range.`);
  }
  if (rest.length > 0 || mask === undefined || mask > 0xffffffff) {
    return refused(`${module}: trailing garbage after value for option "${option}".`);
  }
  return parsed({ value, mask });
}

export function network(text: string, family: IpFamily): Parsed<Cidr> {
  const cidr = parseCidr(text);
  if (cidr !== undefined && cidr.family === family) return parsed(cidr);
  return cidr === undefined && /^[A-Za-z][A-Za-z0-9.-]*$/.test(text)
    ? byName(text)
    : refused(`host/network \`${text.split('/')[0] ?? text}' not found`);
}

export function interfaceName(text: string): Parsed<string> {
  if (text === '') return refused('Empty interface is likely to be undesired');
  return byteLength(text) > interfaceLimit
    ? refused(`interface name \`${text}' must be shorter than IFNAMSIZ (15)`)
    : parsed(text);
}

/** `--to-ports`: a port, a range with a dash, or a service name (`libxt_NAT.c:parse_ports`). */
export function redirectPorts(text: string): Parsed<PortRange> {
  if (serviceNames.has(text)) return byName(text);
  if (text.includes(':')) return refused('Invalid port:port syntax - use dash');
  const dash = text.indexOf('-', 1);
  const low = dash < 0 ? text : text.slice(0, dash);
  const high = dash < 0 ? low : text.slice(dash + 1);
  const from = parseCNumber(low);
  if (from === undefined || from > 65535) return refused(`Port \`${text}' not valid`);
  const to = parseCNumber(high);
  if (to === undefined || to > 65535) {
    return serviceNames.has(high) ? byName(high) : refused(`Port \`${high}' not valid`);
  }
  return to < from ? refused(`Port range \`${high}' funky`) : parsed({ from, to });
}

/**
 * `--on-port`: `getaddrinfo` reads it, so decimal only, a minus sign counts down from 2^64, whatever is beyond 16 bits cut
 * off, a number that does not fit 31 bits looked up as a name (measured).
 */
export function listenPort(text: string): Parsed<number> {
  if (serviceNames.has(text)) return byName(text);
  const digits = /^[+-]?(\d+)$/.exec(text)?.[1];
  const number = digits === undefined ? 2n ** 64n : BigInt(digits);
  const value =
    number >= 2n ** 64n ? -1n : BigInt.asIntN(32, text.startsWith('-') ? -number : number);
  return value < 0n
    ? refused(`Port "${text}" does not resolve to anything.`)
    : parsed(Number(value & 0xffffn));
}
