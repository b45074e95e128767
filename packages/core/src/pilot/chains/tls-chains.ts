import { addressFor } from '../../mesh';
import { isWildcardHost } from '../../net';
import type { TlsMatch } from '../../resources';
import type { Contribution } from '../outbound/contribution';
import type { ProxyContext } from '../proxy/proxy-context';
import { alternativeHosts } from '../virtual-hosts/domains';
import type { ChainOptions } from './chain-options';
import { defaultChain } from './default-chain';
import { matchesStatically } from './l4-match';
import { tcpProxyForRoute, tcpProxyTo } from './network-filters';
import { withTunnel } from './tunnel';
import { virtualServicesForHost } from './virtual-services-for-host';

/** What the proxy itself can tell apart (`tls.go:hashRuntimeTLSMatchPredicates`). */
const runtimeKey = (match: TlsMatch) =>
  JSON.stringify([match.sniHosts, match.destinationSubnets ?? []]);

/** Chains of VirtualService tls rules. Subnets of one match stay in force for the later ones, as in istiod. */
function ruleChains(context: ProxyContext, item: Contribution): readonly ChainOptions[] {
  const { listenPort, service, egress } = item;
  const handled = new Set<string>();
  const chains: ChainOptions[] = [];
  let { cidrs } = item;
  for (const virtualService of virtualServicesForHost(egress, service.hostname)) {
    for (const rule of virtualService.tls) {
      if (rule.route.length === 0) continue;
      for (const match of rule.match) {
        if (!matchesStatically(context, match, listenPort.port)) continue;
        const subnets = match.destinationSubnets ?? [];
        if (subnets.length > 0 && listenPort.port > 0) cidrs = subnets;
        if (handled.has(runtimeKey(match))) continue;
        handled.add(runtimeKey(match));
        chains.push({
          sniHosts: match.sniHosts,
          cidrs,
          applicationProtocols: [],
          filter: tcpProxyForRoute(context, rule.route, listenPort.port),
          origin: rule.origin,
        });
      }
    }
  }
  return chains;
}

const unspecified: ReadonlySet<string> = new Set(['0.0.0.0', '::']);

/** True when only the SNI tells services on this listener apart. */
function needsSni(context: ProxyContext, item: Contribution): boolean {
  const { cidrs, service, bind } = item;
  if (item.perEndpoint === true) return false;
  if (service.resolution === 'DynamicDNS' && isWildcardHost(service.hostname)) return true;
  const address = addressFor(context.mesh, service, context.proxy);
  if (cidrs.length > 0 || address === '' || address.includes('/')) return true;
  return unspecified.has(address) && bind[0] === context.wildcard;
}

/** The names of a service and of the ExternalName services that point to it. */
function namesOf(context: ProxyContext, { service }: Contribution): readonly string[] {
  const aliases = service.aliases.flatMap(({ hostname }) => [
    hostname,
    ...alternativeHosts(context, hostname, 0),
  ]);
  return [service.hostname, ...aliases];
}

function ownChain(context: ProxyContext, item: Contribution, cluster: string): ChainOptions {
  const { service, cidrs, listenPort } = item;
  const dynamic = service.resolution === 'DynamicDNS' && isWildcardHost(service.hostname);
  const filter = withTunnel(context, tcpProxyTo(cluster), { service });
  return {
    sniHosts: needsSni(context, item) ? namesOf(context, item) : [],
    cidrs,
    applicationProtocols: [],
    filter: dynamic ? { ...filter, sniDynamicForwardProxyPort: listenPort.port } : filter,
    origin: service.origin,
  };
}

/** `tls.go:buildSidecarOutboundTLSFilterChainOpts`: rules of VirtualServices replace the service's own chain. */
export function tlsChains(
  context: ProxyContext,
  item: Contribution,
  cluster: string,
): readonly ChainOptions[] {
  const chains = ruleChains(context, item);
  if (chains.length > 0) return chains;
  const make = () => ownChain(context, item, cluster);
  return [item.service.aliases.length > 0 ? make() : defaultChain(context, item, make)];
}
