import { isTls, type MeshTcpRoute } from '../../mesh';
import { clusterName } from '../names';
import type { Contribution } from '../outbound/contribution';
import type { ProxyContext } from '../proxy/proxy-context';
import type { ChainOptions } from './chain-options';
import { defaultChain } from './default-chain';
import { matchesStatically } from './l4-match';
import { tcpProxyForRoute, tcpProxyTo } from './network-filters';
import { tlsChains } from './tls-chains';
import { withTunnel } from './tunnel';
import { virtualServicesForHost } from './virtual-services-for-host';

/** Cluster of a service on a listener: the service's only port, else the port of the listener. */
export function serviceCluster({ service, listenPort }: Contribution): string {
  const [only] = service.ports;
  const port = only !== undefined && service.ports.length === 1 ? only.port : listenPort.port;
  return clusterName({ host: service.hostname, port, subset: '' });
}

const chainOf = (base: Pick<ChainOptions, 'cidrs' | 'filter' | 'origin'>): ChainOptions => ({
  sniHosts: [],
  applicationProtocols: [],
  ...base,
});

/** Subnets of the matches that hold; `undefined` when one asks for none, so that the rule takes everything. */
function subnetsOf(
  context: ProxyContext,
  rule: MeshTcpRoute,
  port: number,
): readonly string[] | undefined {
  const subnets: string[] = [];
  for (const match of rule.match) {
    if (!matchesStatically(context, match, port)) continue;
    if ((match.destinationSubnets ?? []).length === 0 || port === 0) return undefined;
    subnets.push(...(match.destinationSubnets ?? []));
  }
  return rule.match.length === 0 ? undefined : subnets;
}

const sameSet = (a: readonly string[], b: readonly string[]) =>
  JSON.stringify([...a].sort()) === JSON.stringify([...b].sort());

/** `tls.go:buildSidecarOutboundTCPFilterChainOpts`. */
function plainTcpChains(context: ProxyContext, item: Contribution): readonly ChainOptions[] {
  const { cidrs, listenPort, service } = item;
  const chains: ChainOptions[] = [];
  let needsDefault = true;
  for (const virtualService of virtualServicesForHost(item.egress, service.hostname)) {
    for (const rule of virtualService.tcp) {
      if (rule.route.length === 0) continue;
      const subnets = subnetsOf(context, rule, listenPort.port);
      const filter = () => tcpProxyForRoute(context, rule.route, listenPort.port);
      const { origin } = rule;
      if (subnets === undefined) return [...chains, chainOf({ cidrs, filter: filter(), origin })];
      if (subnets.length === 0) continue;
      chains.push(chainOf({ cidrs: subnets, filter: filter(), origin }));
      if (sameSet(subnets, cidrs)) needsDefault = false;
    }
  }
  if (!needsDefault) return chains;
  const own = () => {
    const filter = withTunnel(context, tcpProxyTo(serviceCluster(item)), { service });
    return chainOf({ cidrs, filter, origin: service.origin });
  };
  return [...chains, defaultChain(context, item, own)];
}

/** Chains for bytes that are not HTTP (`tls.go:buildSidecarOutboundTCPTLSFilterChainOpts`). */
export function tcpChains(context: ProxyContext, item: Contribution): readonly ChainOptions[] {
  return isTls(item.listenPort.protocol)
    ? tlsChains(context, item, serviceCluster(item))
    : plainTcpChains(context, item);
}
