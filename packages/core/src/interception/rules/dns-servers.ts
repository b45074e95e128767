import type { IpFamily } from '../../net';
import type { DnsServers } from '../options/pod-network';
import type { Scope } from './rule';

/** iptables jumps only in a family with name servers; nft has one jump for both. */
export function familiesWithServers(servers: DnsServers): Scope {
  const iptables: IpFamily[] = [];
  if (servers.v4.length > 0) iptables.push(4);
  if (servers.v6.length > 0) iptables.push(6);
  return { iptables, nft: 'always' };
}

export interface DnsServer {
  readonly family: IpFamily;
  /** A range of one address. */
  readonly address: string;
}

/** The IPv4 servers, then the IPv6 ones. */
export function serversOf(servers: DnsServers): readonly DnsServer[] {
  return [
    ...servers.v4.map(address => ({ family: 4, address: `${address}/32` }) as const),
    ...servers.v6.map(address => ({ family: 6, address: `${address}/128` }) as const),
  ];
}
