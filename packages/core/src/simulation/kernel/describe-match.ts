import { formatCidr } from '../../net';
import type { Match, PortRange } from '../../netfilter';

const ranges = (list: readonly PortRange[]) =>
  list.map(({ from, to }) => (from === to ? String(from) : `${from}-${to}`)).join(', ');

function plain(match: Match): string {
  switch (match.kind) {
    case 'protocol':
      return `protocol ${match.protocol}`;
    case 'source':
    case 'destination':
      return `${match.kind} ${formatCidr(match.cidr)}`;
    case 'in-interface':
      return `arrives on ${match.name}`;
    case 'out-interface':
      return `leaves by ${match.name}`;
    case 'source-port':
      return `source port ${ranges(match.ranges)}`;
    case 'destination-port':
      return `port ${ranges(match.ranges)}`;
    case 'owner-uid':
      return `uid ${ranges(match.ranges)}`;
    case 'owner-gid':
      return `gid ${ranges(match.ranges)}`;
    case 'mark':
    case 'connmark':
      return `${match.kind} ${match.value}`;
    case 'ctstate':
      return `state ${match.states.join(', ')}`;
    case 'family':
      return `IPv${match.family}`;
    case 'socket':
      return 'a socket of the pod';
  }
}

/** A condition of a rule in words: `uid 1337`, `not leaves by lo`. */
export function describeMatch(match: Match): string {
  return 'negated' in match && match.negated ? `not ${plain(match)}` : plain(match);
}
