import type { Cluster } from '../../envoy';
import { memoise } from '../memoise';
import { parseClusterName } from '../names';
import type { ProxyContext } from '../proxy/proxy-context';
import { builtInCluster } from './built-in-clusters';
import { outboundCluster } from './outbound-cluster';

/** Clusters of a proxy class by name, each made when it is looked up. */
export function clusterTable(context: ProxyContext): (name: string) => Cluster | undefined {
  return memoise(name => {
    const key = parseClusterName(name);
    return key === undefined ? builtInCluster(context, name) : outboundCluster(context, key);
  });
}
