import type { TcpProxy } from '../../envoy';
import { blackHoleCluster, passthroughCluster } from '../names';
import type { ProxyContext } from '../proxy/proxy-context';
import { destinationCluster } from '../routes/destination-cluster';
import type { ChainOptions } from './chain-options';
import { tcpProxyTo } from './network-filters';

/** Cluster of bytes that nothing in the registry takes (`networkfilter.go:buildOutboundCatchAllNetworkFiltersOnly`). */
export function unknownTrafficCluster({ policy }: ProxyContext): string {
  if (policy.mode === 'REGISTRY_ONLY') return blackHoleCluster;
  const { egressProxy } = policy;
  if (egressProxy === undefined) return passthroughCluster;
  return destinationCluster(egressProxy, { service: undefined, port: 0 });
}

export function unknownTrafficFilter(context: ProxyContext): TcpProxy {
  return tcpProxyTo(unknownTrafficCluster(context));
}

/** Chain that accepts everything under a name. */
export function unknownTrafficChain(context: ProxyContext, name: string): ChainOptions {
  return {
    name,
    sniHosts: [],
    cidrs: [],
    applicationProtocols: [],
    filter: unknownTrafficFilter(context),
    origin: context.policy.origin,
  };
}
