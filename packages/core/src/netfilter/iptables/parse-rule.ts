import type { IpFamily } from '../../net';
import type { Match, Target } from '../model';
import { parseCNumber } from '../tool-number';
import { type Parsed, parsed, refused } from './rule-error';
import { interfaceName, mark, network, owner, portList, portRange } from './values';

/** Most arguments of a command, of which iptables-restore itself makes five: program, `-t`, table, `-A`, chain. */
const maxArguments = 255 - 5;

interface RuleParts {
  readonly matches: Match[];
  target: Target | undefined;
  readonly modules: Set<string>;
}

interface Option {
  readonly name: string;
  readonly value: string;
  readonly negated: boolean;
}

type Reader = (parts: RuleParts, option: Option, family: IpFamily) => Parsed<undefined>;

const done: Parsed<undefined> = { ok: true, value: undefined };

function add<T>(parts: RuleParts, result: Parsed<T>, make: (value: T) => Match): Parsed<undefined> {
  if (!result.ok) return result;
  parts.matches.push(make(result.value));
  return done;
}

const protocols = new Set(['tcp', 'udp', 'icmp', 'icmpv6', 'ipv6-icmp', 'all', 'sctp']);

const protocol: Reader = (parts, { value, negated }) => {
  if (!protocols.has(value)) return refused(`unknown protocol "${value}" specified`);
  if (value !== 'all') parts.matches.push({ kind: 'protocol', protocol: value, negated });
  return done;
};

const address =
  (kind: 'source' | 'destination'): Reader =>
  (parts, { value, negated }, family) =>
    add(parts, network(value, family), cidr => ({ kind, cidr, negated }));

const device =
  (kind: 'in-interface' | 'out-interface'): Reader =>
  (parts, { value, negated }) =>
    add(parts, interfaceName(value), name => ({ kind, name, negated }));

const ports =
  (kind: 'source-port' | 'destination-port', multiport: boolean): Reader =>
  (parts, { value, negated }) => {
    const ranges = multiport ? portList(value) : mapParsed(portRange(value), range => [range]);
    return add(parts, ranges, list => ({ kind, ranges: list, multiport, negated }));
  };

function mapParsed<A, B>(result: Parsed<A>, map: (value: A) => B): Parsed<B> {
  return result.ok ? parsed(map(result.value)) : result;
}

const owners =
  (kind: 'owner-uid' | 'owner-gid'): Reader =>
  (parts, { name, value, negated }) =>
    add(parts, owner(value, name), range => ({ kind, ranges: [range], negated }));

const markMatch: Reader = (parts, { name, value, negated }) => {
  const module = parts.modules.has('connmark') ? 'connmark' : 'mark';
  return add(parts, mark(value, module, name), found => ({ kind: module, ...found, negated }));
};

const states: Reader = (parts, { value, negated }) => {
  parts.matches.push({ kind: 'ctstate', states: value.split(','), negated });
  return done;
};

function jumpTarget(value: string): Target {
  switch (value) {
    case 'ACCEPT':
    case 'DROP':
    case 'RETURN':
      return { kind: value };
    case 'REDIRECT':
      return { kind: 'REDIRECT', port: 0 };
    case 'TPROXY':
      return { kind: 'TPROXY', port: 0, mark: 0, mask: 0 };
    case 'MARK':
      return { kind: 'MARK', value: 0, mask: 0xffffffff };
    case 'CONNMARK':
      return { kind: 'CONNMARK', action: 'save' };
    case 'CT':
      return { kind: 'CT', zone: 0 };
    case 'LOG':
    case 'TRACE':
      return { kind: value };
    default:
      return { kind: 'jump', chain: value };
  }
}

const jump: Reader = (parts, { value }) => {
  if (parts.target !== undefined) return refused('multiple -j flags not allowed');
  parts.target = jumpTarget(value);
  return done;
};

const redirectPort: Reader = (parts, { value }) => {
  const port = parseCNumber(value);
  if (parts.target?.kind !== 'REDIRECT') return refused('unknown option "--to-ports"');
  if (port === undefined || port > 65535) return refused(`REDIRECT: Port \`${value}' not valid`);
  parts.target = { kind: 'REDIRECT', port };
  return done;
};

const tproxyPort: Reader = (parts, { value }) => {
  const port = parseCNumber(value);
  if (parts.target?.kind !== 'TPROXY') return refused('unknown option "--on-port"');
  if (port === undefined || port > 65535)
    return refused('TPROXY: bad value for option "--on-port"');
  parts.target = { ...parts.target, port };
  return done;
};

const tproxyMark: Reader = (parts, { name, value }) => {
  if (parts.target?.kind !== 'TPROXY') return refused('unknown option "--tproxy-mark"');
  const result = mark(value, 'TPROXY', name);
  if (!result.ok) return result;
  parts.target = { ...parts.target, mark: result.value.value, mask: result.value.mask };
  return done;
};

const setMark: Reader = (parts, { name, value }) => {
  if (parts.target?.kind !== 'MARK') return refused('unknown option "--set-mark"');
  const result = mark(value, 'MARK', name);
  if (!result.ok) return result;
  parts.target = { kind: 'MARK', ...result.value };
  return done;
};

const zone: Reader = (parts, { value }) => {
  const number = parseCNumber(value);
  if (parts.target?.kind !== 'CT' || number === undefined || number > 65535) {
    return refused('CT: bad value for option "--zone"');
  }
  parts.target = { kind: 'CT', zone: number };
  return done;
};

/** Options with one value. */
const readers: ReadonlyMap<string, Reader> = new Map([
  ...['-p', '--protocol'].map((name): [string, Reader] => [name, protocol]),
  ...['-s', '--source', '--src'].map((name): [string, Reader] => [name, address('source')]),
  ...['-d', '--destination', '--dst'].map((name): [string, Reader] => [
    name,
    address('destination'),
  ]),
  ...['-i', '--in-interface'].map((name): [string, Reader] => [name, device('in-interface')]),
  ...['-o', '--out-interface'].map((name): [string, Reader] => [name, device('out-interface')]),
  ...['--dport', '--destination-port'].map((name): [string, Reader] => [
    name,
    ports('destination-port', false),
  ]),
  ...['--sport', '--source-port'].map((name): [string, Reader] => [
    name,
    ports('source-port', false),
  ]),
  ['--dports', ports('destination-port', true)],
  ['--sports', ports('source-port', true)],
  ['--uid-owner', owners('owner-uid')],
  ['--gid-owner', owners('owner-gid')],
  ['--mark', markMatch],
  ['--ctstate', states],
  ...['-j', '--jump'].map((name): [string, Reader] => [name, jump]),
  ...['--to-port', '--to-ports'].map((name): [string, Reader] => [name, redirectPort]),
  ['--on-port', tproxyPort],
  ['--tproxy-mark', tproxyMark],
  ...['--set-mark', '--set-xmark'].map((name): [string, Reader] => [name, setMark]),
  ['--zone', zone],
]);

const flags: ReadonlyMap<string, Target> = new Map<string, Target>([
  ['--save-mark', { kind: 'CONNMARK', action: 'save' }],
  ['--restore-mark', { kind: 'CONNMARK', action: 'restore' }],
]);

/** Reads the words of a rule after `-A CHAIN` or `-I CHAIN n`. */
export function parseRule(
  words: readonly string[],
  family: IpFamily,
): Parsed<{ readonly matches: readonly Match[]; readonly target: Target }> {
  if (words.length > maxArguments) return refused('Parser cannot handle more arguments');
  const parts: RuleParts = { matches: [], target: undefined, modules: new Set() };
  let negated = false;
  for (let index = 0; index < words.length; index += 1) {
    const name = words[index] ?? '';
    if (name === '!') {
      negated = true;
      continue;
    }
    const flag = flags.get(name);
    if (flag !== undefined) {
      parts.target = flag;
      continue;
    }
    const value = words[index + 1];
    if (value === undefined) return refused(`option "${name}" requires an argument`);
    index += 1;
    const result = readOption(parts, { name, value, negated }, family);
    if (!result.ok) return result;
    negated = false;
  }
  return parsed({ matches: parts.matches, target: parts.target ?? { kind: 'none' } });
}

function readOption(parts: RuleParts, option: Option, family: IpFamily): Parsed<undefined> {
  if (option.name === '-m' || option.name === '--match') {
    parts.modules.add(option.value);
    return done;
  }
  const reader = readers.get(option.name);
  return reader === undefined
    ? refused(`unknown option "${option.name}"`)
    : reader(parts, option, family);
}
