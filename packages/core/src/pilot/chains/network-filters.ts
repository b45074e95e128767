import type { ClusterChoice, TcpProxy } from '../../envoy';
import type { RouteDestination } from '../../resources';
import type { ProxyContext } from '../proxy/proxy-context';
import { destinationCluster } from '../routes/destination-cluster';
import { withTunnel } from './tunnel';

export function tcpProxyTo(cluster: string): TcpProxy {
  return { kind: 'tcp', clusters: { kind: 'single', name: cluster } };
}

/**
 * Clusters of tcp or tls destinations; one alone ignores its weight. Several share the tunnel of the first one's rule,
 * without regard to subsets (`networkfilter.go:buildOutboundNetworkFilters`).
 */
export function tcpProxyForRoute(
  context: ProxyContext,
  route: readonly RouteDestination[],
  port: number,
): TcpProxy {
  const { scope } = context;
  const serviceOf = ({ destination }: RouteDestination) =>
    scope.servicesByHostname.get(destination.host);
  const nameOf = (item: RouteDestination) =>
    destinationCluster(item.destination, { service: serviceOf(item), port });
  const [only] = route;
  if (only !== undefined && route.length === 1) {
    const { subset } = only.destination;
    const to = { service: serviceOf(only), ...(subset === undefined ? {} : { subset }) };
    return withTunnel(context, tcpProxyTo(nameOf(only)), to);
  }
  const clusters: ClusterChoice = {
    kind: 'weighted',
    clusters: route
      .filter(item => item.weight > 0)
      .map(item => ({ name: nameOf(item), weight: item.weight })),
  };
  const [first] = route;
  return withTunnel(
    context,
    { kind: 'tcp', clusters },
    { service: first === undefined ? undefined : serviceOf(first) },
  );
}
