import type { Cluster } from '../../envoy';
import { memoise } from '../memoise';
import { parseClusterName, parseSniName } from '../names';
import type { ProxyContext } from '../proxy/proxy-context';
import { builtInCluster } from './built-in-clusters';
import { outboundCluster } from './outbound-cluster';

/**
 * Of a gateway with AUTO_PASSTHROUGH: the cluster that a server name names, bytes as they are, to endpoints that take mesh
 * TLS only (`cluster.go:buildOutboundSniDnatClusters`, `endpoint_builder.go:EndpointsWithMTLSFilter`).
 */
function sniCluster(context: ProxyContext, name: string): Cluster | undefined {
  const key = context.proxy.type === 'router' ? parseSniName(name) : undefined;
  const cluster = key === undefined ? undefined : outboundCluster(context, key);
  if (cluster === undefined) return undefined;
  const endpoints = cluster.endpoints.filter(({ mtls }) => mtls);
  return { ...cluster, name, tls: { kind: 'none' }, endpoints };
}

/** Clusters of a proxy class by name, each made when it is looked up. */
export function clusterTable(context: ProxyContext): (name: string) => Cluster | undefined {
  return memoise(name => {
    const key = parseClusterName(name);
    if (key !== undefined) return outboundCluster(context, key);
    return sniCluster(context, name) ?? builtInCluster(context, name);
  });
}
