import type { PortRange } from '../model';
import { type Parsed, parsed, refused } from './rule-error';
import { addMatch, done, type Reader, unknownOption } from './rule-parts';
import { interfaceName, mark, network, owner, portList, portRange, udpPortRange } from './values';

/** Protocols by the names and numbers of `xtables_chain_protos`. */
const protocols: ReadonlyMap<string, string> = new Map(
  [
    ['tcp', '6'],
    ['sctp', '132'],
    ['udp', '17'],
    ['udplite', '136'],
    ['icmp', '1'],
    ['ipv6-icmp', '58', 'icmpv6'],
    ['esp', '50'],
    ['ah', '51'],
    ['all', '0'],
  ].flatMap(([name = '', ...others]) =>
    [name, ...others].map((word): [string, string] => [word, name]),
  ),
);
const withPorts = new Set(['tcp', 'udp', 'sctp', 'udplite']);

const protocol: Reader = (parts, { value, negated }) => {
  const name = protocols.get(value.toLowerCase());
  if (name === undefined) return refused(`unknown protocol "${value}" specified`);
  if (name === 'all') return negated ? refused('rule would never match protocol') : done;
  if (withPorts.has(name) && !negated) parts.protocol = name;
  parts.matches.push({ kind: 'protocol', protocol: name, negated });
  return done;
};

/** `! -d 0.0.0.0/0` never holds and is not loaded. */
const address =
  (kind: 'source' | 'destination'): Reader =>
  (parts, { value, negated }) => {
    const cidr = network(value, parts.family);
    if (cidr.ok && cidr.value.length === 0 && negated) {
      return refused('RULE_APPEND failed (Invalid argument)');
    }
    return addMatch(parts, cidr, found => ({ kind, cidr: found, negated }));
  };

/** Hooks that do not know the interface yet, or any more (`iptables(8)`, PARAMETERS). */
const withoutInterface = {
  'in-interface': ['OUTPUT', 'POSTROUTING'],
  'out-interface': ['PREROUTING', 'INPUT'],
};

/** A lone `+` stands for any interface: no condition. */
const device =
  (kind: 'in-interface' | 'out-interface'): Reader =>
  (parts, { name, value, negated }) => {
    if (withoutInterface[kind].includes(parts.chain)) {
      return refused(`Can't use ${name} with ${parts.chain}`);
    }
    return addMatch(parts, interfaceName(value), device =>
      device === '+' && !negated ? undefined : { kind, name: device, negated },
    );
  };

const single = (result: Parsed<PortRange>): Parsed<readonly PortRange[]> =>
  result.ok ? parsed([result.value]) : result;

const ports =
  (kind: 'source-port' | 'destination-port'): Reader =>
  (parts, { name, value, negated }) => {
    if (parts.protocol === undefined) return unknownOption(name);
    return addMatch(
      parts,
      single(parts.protocol === 'udp' ? udpPortRange(value) : portRange(value)),
      ranges => ({
        kind,
        ranges,
        multiport: false,
        negated,
      }),
    );
  };

const multiport =
  (kind: 'source-port' | 'destination-port'): Reader =>
  (parts, { name, value, negated }) => {
    if (!parts.modules.includes('multiport')) return unknownOption(name);
    if (parts.protocol === undefined) {
      return refused('multiport needs `-p tcp`, `-p udp`, `-p udplite`, `-p sctp` or `-p dccp`');
    }
    return addMatch(parts, portList(value), ranges => ({ kind, ranges, multiport: true, negated }));
  };

const owners =
  (kind: 'owner-uid' | 'owner-gid'): Reader =>
  (parts, { name, value, negated }) =>
    parts.modules.includes('owner')
      ? addMatch(parts, owner(value, name), range => ({ kind, ranges: [range], negated }))
      : unknownOption(name);

const markMatch: Reader = (parts, { name, value, negated }) => {
  const module = parts.modules.findLast(item => item === 'mark' || item === 'connmark');
  if (module !== 'mark' && module !== 'connmark') return unknownOption(name);
  return addMatch(parts, mark(value, module, name), found => ({
    kind: module,
    ...found,
    negated,
  }));
};

const connectionStates = new Set([
  'INVALID',
  'NEW',
  'ESTABLISHED',
  'RELATED',
  'UNTRACKED',
  'SNAT',
  'DNAT',
]);

const states =
  (module: 'conntrack' | 'state'): Reader =>
  (parts, { name, value, negated }) => {
    if (!parts.modules.includes(module)) return unknownOption(name);
    const list = value.toUpperCase().split(',');
    const bad = list.find(state => !connectionStates.has(state));
    if (bad !== undefined) return refused(`Bad ctstate "${bad}"`);
    parts.matches.push({ kind: 'ctstate', states: list, negated });
    return done;
  };

const comment: Reader = (parts, { name }) =>
  parts.modules.includes('comment') ? done : unknownOption(name);

const named = (names: readonly string[], reader: Reader) =>
  names.map((name): [string, Reader] => [name, reader]);

/** Options that make a condition, each with one value. */
export const matchOptions: ReadonlyMap<string, Reader> = new Map([
  ...named(['-p', '--protocol', '--proto'], protocol),
  ...named(['-s', '--source', '--src'], address('source')),
  ...named(['-d', '--destination', '--dst'], address('destination')),
  ...named(['-i', '--in-interface'], device('in-interface')),
  ...named(['-o', '--out-interface'], device('out-interface')),
  ...named(['--dport', '--destination-port'], ports('destination-port')),
  ...named(['--sport', '--source-port'], ports('source-port')),
  ...named(['--dports', '--destination-ports'], multiport('destination-port')),
  ...named(['--sports', '--source-ports'], multiport('source-port')),
  ...named(['--uid-owner'], owners('owner-uid')),
  ...named(['--gid-owner'], owners('owner-gid')),
  ...named(['--mark'], markMatch),
  ...named(['--ctstate'], states('conntrack')),
  ...named(['--state'], states('state')),
  ...named(['--comment'], comment),
]);
