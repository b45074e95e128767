import { type Cidr, type IpFamily, parseCidr } from '../../net';
import type { PortRange } from '../model';
import { parseCNumber, toolOwner, toolPort } from '../tool-number';
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

/** The list of `-m multiport`: at most 15 ports, a range counting twice. */
export function portList(text: string): Parsed<readonly PortRange[]> {
  const ranges: PortRange[] = [];
  let count = 0;
  for (const part of text.split(',')) {
    const range = portRange(part);
    if (!range.ok) return range;
    count += part.includes(':') ? 2 : 1;
    if (count > maxPorts) return refused('multiport: too many ports specified');
    ranges.push(range.value);
  }
  return parsed(ranges);
}

export function owner(text: string, option: string): Parsed<PortRange> {
  const bounds = /^(\d+)-(\d+)$/.exec(text);
  if (bounds !== null) return parsed({ from: Number(bounds[1]), to: Number(bounds[2]) });
  const result = toolOwner(text);
  if (result.kind === 'number') return parsed({ from: result.value, to: result.value });
  return result.kind === 'name'
    ? byName(text)
    : refused(`owner: Bad value for "${option}" option: "${text}"`);
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
  return cidr === undefined || cidr.family !== family
    ? refused(`host/network \`${text.split('/')[0] ?? text}' not found`)
    : parsed(cidr);
}

export function interfaceName(text: string): Parsed<string> {
  if (text === '') return refused('Empty interface is likely to be undesired');
  return text.length > interfaceLimit
    ? refused(`interface name \`${text}' must be shorter than IFNAMSIZ (15)`)
    : parsed(text);
}
