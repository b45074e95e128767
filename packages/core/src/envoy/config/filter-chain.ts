import type { Cidr } from '../../net';
import type { Origin } from '../../origin';
import type { ClusterChoice } from './cluster-choice';
import type { HttpConnectionManager } from './http-connection-manager';
import type { NetworkRbac } from './rbac';

/** Envoy's `FilterChainMatch`. A criterion that is absent or empty accepts everything. */
export interface FilterChainMatch {
  readonly destinationPort?: number;
  readonly prefixRanges?: readonly Cidr[];
  /** Lower case; exact, or `*.suffix`. */
  readonly serverNames?: readonly string[];
  readonly transportProtocol?: 'tls' | 'raw_buffer';
  readonly applicationProtocols?: readonly string[];
}

/** TLS that the chain terminates. */
export interface DownstreamTls {
  /** Name of the certificate: `default` is the workload's own, issued by the mesh. */
  readonly certificate: string;
  readonly requireClientCertificate: boolean;
}

/** Envoy's `tcp_proxy` filter. */
export interface TcpProxy {
  readonly kind: 'tcp';
  readonly clusters: ClusterChoice;
  /** The SNI filter in front of it resolves the name of the ClientHello and dials it on this port. */
  readonly sniDynamicForwardProxyPort?: number;
  /** `host:port` of the CONNECT or POST request that wraps the connection (`tunneling_config`). */
  readonly tunnel?: string;
}

export type NetworkFilter = HttpConnectionManager | TcpProxy;

/** A listener's filter chain: when it is chosen, what it terminates and what handles the bytes. */
export interface FilterChain {
  /** Absent where the control plane gives none. */
  readonly name?: string;
  readonly match: FilterChainMatch;
  readonly tls?: DownstreamTls;
  /** Checks on the connection, in order, before `filter`. */
  readonly rbac?: readonly NetworkRbac[];
  readonly filter: NetworkFilter;
  /** The control plane makes this chain or leaves it out at random: why, in words. */
  readonly uncertain?: string;
  readonly origin: Origin;
}
