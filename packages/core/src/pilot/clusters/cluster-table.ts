import type { Cluster } from '../../envoy';
import { memoise } from '../memoise';
import { parseClusterName, parseSniName } from '../names';
import type { ProxyContext } from '../proxy/proxy-context';
import { builtInCluster } from './built-in-clusters';
import { outboundCluster } from './outbound-cluster';

/** Of a gateway with AUTO_PASSTHROUGH: the cluster that a server name names, bytes as they are (`cluster.go:buildOutboundSniDnatClusters`). */
function sniCluster(context: ProxyContext, name: string): Cluster | undefined {
  const key = context.proxy.type === 'router' ? parseSniName(name) : undefined;
  const cluster = key === undefined ? undefined : outboundCluster(context, key);
  return cluster === undefined ? undefined : { ...cluster, name, tls: { kind: 'none' } };
}

/** Clusters of a proxy class by name, each made when it is looked up. */
export function clusterTable(context: ProxyContext): (name: string) => Cluster | undefined {
  return memoise(name => {
    const key = parseClusterName(name);
    if (key !== undefined) return outboundCluster(context, key);
    return sniCluster(context, name) ?? builtInCluster(context, name);
  });
}
