import type { PortTrafficPolicy, TrafficPolicy } from '../../resources';

/** The blocks of a policy that decide a cluster. */
export type ClusterPolicy = Omit<PortTrafficPolicy, 'port'>;

function portPolicy(policy: TrafficPolicy | undefined, port: number): ClusterPolicy | undefined {
  return policy?.portLevelSettings.find(item => item.port === port);
}

/** Settings of a port replace the whole policy (`util.GetPortLevelTrafficPolicy`). */
export function policyForPort(
  policy: TrafficPolicy | undefined,
  port: number,
): ClusterPolicy | undefined {
  return portPolicy(policy, port) ?? policy;
}

/** A subset overrides block by block, or entirely with settings of the port (`util.MergeSubsetTrafficPolicy`). */
export function policyForSubset(
  original: ClusterPolicy | undefined,
  subset: TrafficPolicy | undefined,
  port: number,
): ClusterPolicy | undefined {
  if (subset === undefined) return original;
  const own = portPolicy(subset, port);
  if (own !== undefined) {
    const { proxyProtocol = original?.proxyProtocol } = subset;
    return { ...own, ...(proxyProtocol === undefined ? {} : { proxyProtocol }) };
  }
  const { tls, loadBalancer, connectionPool, outlierDetection, proxyProtocol } = subset;
  return {
    ...original,
    ...(tls === undefined ? {} : { tls }),
    ...(loadBalancer === undefined ? {} : { loadBalancer }),
    ...(connectionPool === undefined ? {} : { connectionPool }),
    ...(outlierDetection === undefined ? {} : { outlierDetection }),
    ...(proxyProtocol === undefined ? {} : { proxyProtocol }),
  };
}
