import type { DownstreamTls, TcpProxy } from '../../envoy';
import { isHttp, type MeshVirtualService, virtualServicesForGateway } from '../../mesh';
import type { L4Match, RouteDestination } from '../../resources';
import type { ChainOptions } from '../chains/chain-options';
import { connectionManager } from '../chains/http-chain';
import { tcpProxyForRoute } from '../chains/network-filters';
import type { ProxyContext } from '../proxy/proxy-context';
import { autoPassthroughChains } from './auto-passthrough';
import {
  claimHosts,
  isPassthrough,
  type MergedServer,
  type ServerGroup,
  terminatesHttps,
} from './merged-servers';
import { servesHosts, sniHosts } from './server-hosts';

/** SNI hosts by port that passthrough rules have taken, with their bind. */
export type SniClaims = Map<number, Map<string, string>>;

/** TLS that a server terminates (`gateway.go:buildGatewayListenerTLSContext`). */
function downstreamTls({ server }: MergedServer): DownstreamTls | undefined {
  const { tls } = server;
  if (tls === undefined) return undefined;
  const isMesh = tls.mode === 'ISTIO_MUTUAL';
  const certificate = isMesh ? 'default' : (tls.credentialName ?? tls.serverCertificate ?? 'file');
  return { certificate, requireClientCertificate: isMesh || tls.mode === 'MUTUAL' };
}

/** `gateway.go:l4SingleMatch`. */
function matches(match: L4Match, server: MergedServer): boolean {
  const gateways = match.gateways ?? [];
  const port = match.port ?? 0;
  return (
    (port === 0 || port === server.server.port.number) &&
    (gateways.length === 0 || gateways.includes(server.gateway.name))
  );
}

function servedBy(context: ProxyContext, server: MergedServer): readonly MeshVirtualService[] {
  const { mesh, proxy } = context;
  const all = virtualServicesForGateway(mesh, proxy, server.gateway.name);
  return all.filter(item => servesHosts(server, item));
}

const filterFor = (
  context: ProxyContext,
  server: MergedServer,
  route: readonly RouteDestination[],
) => tcpProxyForRoute(context, route, server.server.port.number);

/** First tcp rule that is bound to the server (`gateway.go:buildGatewayNetworkFiltersFromTCPRoutes`). */
function tcpFilter(context: ProxyContext, server: MergedServer): TcpProxy | undefined {
  for (const { tcp } of servedBy(context, server)) {
    for (const rule of tcp) {
      const holds = rule.match.length === 0 || rule.match.some(match => matches(match, server));
      if (holds) return filterFor(context, server, rule.route);
    }
  }
  return undefined;
}

/** A chain for each tls match, or for AUTO_PASSTHROUGH for each service (`gateway.go:buildGatewayNetworkFiltersFromTLSRoutes`). */
function passthroughChains(
  context: ProxyContext,
  server: MergedServer,
  claimed: Map<string, string>,
): readonly ChainOptions[] {
  if (server.server.tls?.mode === 'AUTO_PASSTHROUGH') return autoPassthroughChains(context, server);
  const chains: ChainOptions[] = [];
  for (const virtualService of servedBy(context, server)) {
    for (const rule of virtualService.tls) {
      for (const match of rule.match) {
        if (!matches(match, server)) continue;
        if (!claimHosts(claimed, match.sniHosts, server.server.bind ?? '')) continue;
        const filter = filterFor(context, server, rule.route);
        const { origin } = rule;
        const { sniHosts: names } = match;
        chains.push({ sniHosts: names, cidrs: [], applicationProtocols: [], filter, origin });
      }
    }
  }
  return chains;
}

const plain = { sniHosts: [], cidrs: [], applicationProtocols: [] } as const;

function serverChains(
  context: ProxyContext,
  server: MergedServer,
  claimed: Map<string, string>,
): readonly ChainOptions[] {
  const { origin } = server.gateway;
  const tls = downstreamTls(server);
  if (tls !== undefined && isPassthrough(server.server)) {
    return passthroughChains(context, server, claimed);
  }
  const base =
    tls === undefined
      ? { ...plain, origin }
      : { ...plain, sniHosts: sniHosts(server), tls, origin };
  if (terminatesHttps(server.server)) {
    return [{ ...base, filter: connectionManager(context, server.routeName) }];
  }
  const filter = tcpFilter(context, server);
  return filter === undefined ? [] : [{ ...base, filter }];
}

/** Filter chains of servers that share a listener (`gateway.go:buildGatewayTCPBasedFilterChains`). */
export function gatewayChains(
  context: ProxyContext,
  group: ServerGroup,
  claims: SniClaims,
): readonly ChainOptions[] {
  const [first] = group.servers;
  if (isHttp(group.protocol) && first !== undefined) {
    const filter = connectionManager(context, group.routeName);
    return [{ ...plain, filter, origin: first.gateway.origin }];
  }
  const claimed = claims.get(group.port) ?? new Map<string, string>();
  claims.set(group.port, claimed);
  return group.servers.flatMap(server => serverChains(context, server, claimed));
}
