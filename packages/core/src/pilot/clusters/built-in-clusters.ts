import type { Cluster } from '../../envoy';
import type { Origin } from '../../origin';
import { blackHoleCluster, dynamicDnsCluster, passthroughCluster } from '../names';
import type { ProxyContext } from '../proxy/proxy-context';
import { clientTlsOf } from './upstream-tls';

const builtIn = (name: string): Origin => ({ kind: 'default', default: name });

/** `cluster_builder.go:passthroughHttpProtocolOptions` */
const asClient = { usesClientProtocol: true } as const;

/** Clusters that do not stand for a service (`cluster.go:BuildClusters`); gateways have only the first. */
export function builtInCluster(context: ProxyContext, name: string): Cluster | undefined {
  const { proxy, policy, mesh } = context;
  const { connectTimeoutMs } = mesh.meshConfig.config;
  const base = { name, tls: { kind: 'none' }, endpoints: [], connectTimeoutMs } as const;
  if (name === blackHoleCluster) return { ...base, discovery: 'STATIC', origin: builtIn(name) };
  if (proxy.type === 'router') return undefined;
  if (name === passthroughCluster) {
    return { ...base, discovery: 'ORIGINAL_DST', ...asClient, origin: builtIn(name) };
  }
  if (name !== dynamicDnsCluster || policy.mode !== 'ALLOW_ANY_DYNAMIC_DNS') return undefined;
  const { origin } = policy;
  const tls = policy.tls === undefined ? base.tls : clientTlsOf(policy.tls, { origin });
  return { ...base, discovery: 'DYNAMIC_FORWARD_PROXY', ...asClient, tls, dnsCache: name, origin };
}
