import type { Match, PortRange, Ruleset } from '../model';
import { cidrTest } from './address-bits';
import type { Header } from './header';

/** Does a condition hold for the packet as it stands. */
export type Check = (header: Header) => boolean;

function rangeTest(ranges: readonly PortRange[]): (value: number | undefined) => boolean {
  const [first] = ranges;
  if (ranges.length === 1 && first !== undefined) {
    const { from, to } = first;
    return value => value !== undefined && value >= from && value <= to;
  }
  return value =>
    value !== undefined && ranges.some(({ from, to }) => value >= from && value <= to);
}

/** A name that ends in `+` stands for every name that starts so (`iptables(8)`, `--in-interface`). */
function nameTest(pattern: string): (name: string | undefined) => boolean {
  if (!pattern.endsWith('+')) return name => name === pattern;
  const start = pattern.slice(0, -1);
  return name => name?.startsWith(start) === true;
}

/** A condition without its negation. */
function plainCheck(match: Match): Check {
  switch (match.kind) {
    case 'protocol': {
      const protocol = match.protocol === 'ipv6-icmp' ? 'icmp' : match.protocol;
      return header => header.protocol === protocol;
    }
    case 'source': {
      const inside = cidrTest(match.cidr);
      return header => inside(header.source);
    }
    case 'destination': {
      const inside = cidrTest(match.cidr);
      return header => inside(header.destination);
    }
    case 'in-interface': {
      const matches = nameTest(match.name);
      return header => matches(header.iif);
    }
    case 'out-interface': {
      const matches = nameTest(match.name);
      return header => matches(header.oif);
    }
    default:
      return valueCheck(match);
  }
}

type ValueMatch = Exclude<
  Match,
  { kind: 'protocol' | 'source' | 'destination' | 'in-interface' | 'out-interface' }
>;

function valueCheck(match: ValueMatch): Check {
  switch (match.kind) {
    case 'source-port': {
      const inside = rangeTest(match.ranges);
      return header => header.protocol !== 'icmp' && inside(header.sourcePort);
    }
    case 'destination-port': {
      const inside = rangeTest(match.ranges);
      return header => header.protocol !== 'icmp' && inside(header.port);
    }
    case 'owner-uid': {
      const inside = rangeTest(match.ranges);
      return header => inside(header.owner?.uid);
    }
    case 'owner-gid': {
      const inside = rangeTest(match.ranges);
      return header => inside(header.owner?.gid);
    }
    case 'mark':
      return header => (header.mark & match.mask) >>> 0 === match.value;
    case 'connmark':
      return header => (header.connmark & match.mask) >>> 0 === match.value;
    case 'ctstate':
      return header => match.states.includes(header.ctstate);
    case 'family':
      return header => header.family === match.family;
    case 'socket':
      return () => false;
  }
}

const isOwner = ({ kind }: Match) => kind === 'owner-uid' || kind === 'owner-gid';

/**
 * A condition with its negation. Without a socket `! --uid-owner` is true in iptables, while nft's `meta skuid != ...`
 * is not (measured: RST packets under both).
 */
export function compileMatch(match: Match, backend: Ruleset['backend']): Check {
  const check = plainCheck(match);
  const negated = 'negated' in match && match.negated;
  if (!negated) return check;
  return backend === 'nftables' && isOwner(match)
    ? header => header.owner !== undefined && !check(header)
    : header => !check(header);
}
