import type { Origin } from '../../origin';
import type { NetworkRanges } from './network-range';
import type { EnvironmentOptionName, OptionName } from './option';
import type { OwnerGroups } from './owner-groups';
import type { DnsServers } from './pod-network';

/** Everything the rule builder reads, checked and split. Ports, interfaces and ids stay text: the tool judges them. */
export interface InterceptionConfig {
  readonly backend: 'iptables' | 'nftables';
  /** IPv6 rules are written. */
  readonly ipv6: boolean;
  readonly proxyPort: string;
  readonly inboundCapturePort: string;
  readonly inboundTunnelPort: string;
  readonly proxyUids: readonly string[];
  readonly proxyGids: readonly string[];
  readonly tproxy: boolean;
  readonly tproxyMark: string;
  readonly tproxyRouteTable: string;
  readonly inboundPortsInclude: string;
  readonly inboundPortsExclude: readonly string[];
  readonly outboundPortsInclude: readonly string[];
  readonly outboundPortsExclude: readonly string[];
  readonly includeRanges: NetworkRanges;
  readonly excludeRanges: NetworkRanges;
  readonly excludedInterfaces: readonly string[];
  readonly virtualInterfaces: readonly string[];
  readonly ownerGroups: OwnerGroups;
  readonly loopbackCidr: string;
  readonly dropInvalid: boolean;
  /** Absent when DNS is not redirected. */
  readonly dns?: { readonly captureAll: boolean; readonly servers: DnsServers };
  /** What gave each option. */
  readonly origin: (option: OptionName | EnvironmentOptionName) => Origin;
}
