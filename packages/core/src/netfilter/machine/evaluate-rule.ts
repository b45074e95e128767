import { cidrContains, type IpAddress, type IpFamily } from '../../net';
import type { Match, PortRange, Ruleset } from '../model';

/** The packet as it stands at a table. */
export interface Header {
  readonly family: IpFamily;
  readonly protocol: 'tcp' | 'udp' | 'icmp';
  readonly source: IpAddress;
  readonly sourcePort: number | undefined;
  readonly destination: IpAddress;
  readonly port: number;
  readonly iif: string | undefined;
  readonly oif: string | undefined;
  /** Marks as they stand; rules change them and the next rule sees it. */
  mark: number;
  connmark: number;
  readonly ctstate: string;
  readonly owner: { readonly uid: number; readonly gid: number } | undefined;
}

const inRanges = (ranges: readonly PortRange[], value: number | undefined) =>
  value !== undefined && ranges.some(({ from, to }) => value >= from && value <= to);

const nameMatches = (pattern: string, name: string | undefined) =>
  name !== undefined &&
  (pattern.endsWith('+') ? name.startsWith(pattern.slice(0, -1)) : pattern === name);

const hasPorts = (header: Header) => header.protocol !== 'icmp';

/** A condition without its negation. */
function holds(match: Match, header: Header): boolean {
  switch (match.kind) {
    case 'protocol':
      return (
        match.protocol === header.protocol ||
        (match.protocol === 'ipv6-icmp' && header.protocol === 'icmp')
      );
    case 'source':
      return cidrContains(match.cidr, header.source);
    case 'destination':
      return cidrContains(match.cidr, header.destination);
    case 'in-interface':
      return nameMatches(match.name, header.iif);
    case 'out-interface':
      return nameMatches(match.name, header.oif);
    case 'source-port':
      return hasPorts(header) && inRanges(match.ranges, header.sourcePort);
    case 'destination-port':
      return hasPorts(header) && inRanges(match.ranges, header.port);
    case 'owner-uid':
      return inRanges(match.ranges, header.owner?.uid);
    case 'owner-gid':
      return inRanges(match.ranges, header.owner?.gid);
    case 'mark':
      return (header.mark & match.mask) >>> 0 === match.value;
    case 'connmark':
      return (header.connmark & match.mask) >>> 0 === match.value;
    case 'ctstate':
      return match.states.includes(header.ctstate);
    case 'family':
      return match.family === header.family;
    case 'socket':
      return false;
  }
}

const isOwner = ({ kind }: Match) => kind === 'owner-uid' || kind === 'owner-gid';

/**
 * The first condition that does not hold; `undefined` when the rule matches. Without a socket `! --uid-owner` is true
 * in iptables, while nft's `meta skuid != ...` is not (measured).
 */
export function firstFailing(
  matches: readonly Match[],
  header: Header,
  backend: Ruleset['backend'],
): Match | undefined {
  for (const match of matches) {
    if (backend === 'nftables' && isOwner(match) && header.owner === undefined) return match;
    const negated = 'negated' in match && match.negated;
    if (holds(match, header) === negated) return match;
  }
  return undefined;
}
