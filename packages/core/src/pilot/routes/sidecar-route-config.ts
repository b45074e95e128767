import type { DomainLookup, RouteConfig, VirtualHost } from '../../envoy';
import { type EgressScope, parseProtocol } from '../../mesh';
import type { ProxyContext } from '../proxy/proxy-context';
import { pilotHas } from '../versions';
import { DomainOwners } from '../virtual-hosts/domain-owners';
import { hostCandidates } from '../virtual-hosts/host-candidates';
import { type GroupContext, hostGroups } from '../virtual-hosts/host-groups';
import { defaultHttpPort } from '../virtual-hosts/http-rules';
import { type PortVirtualHost, virtualHostsOf } from '../virtual-hosts/virtual-hosts';
import { catchAllVirtualHost } from './catch-all-virtual-host';
import { parseRouteName, type RouteName } from './route-name';

/** The egress listener that a route configuration belongs to (`sidecar.go:GetEgressListenerForRDS`). */
function egressFor(context: ProxyContext, route: RouteName): EgressScope | undefined {
  return context.scope.egress.find(({ listener }) => {
    if (listener?.port === undefined) return true;
    if (listener.port.number !== route.port) return false;
    return route.port !== 0 || listener.bind === route.name;
  });
}

/** An HTTP proxy serves the hosts of all ports. */
function effectivePort(egress: EgressScope, port: number): number {
  const own = egress.listener?.port;
  return own !== undefined && parseProtocol(own.protocol ?? '') === 'HTTP_PROXY' ? 0 : port;
}

/** Without a port of its own, a configuration takes hosts of ports other than 80 only with the port (`httproute.go:mergeAllVirtualHosts`). */
function mergeAllPorts(hosts: readonly PortVirtualHost[]): readonly VirtualHost[] {
  return hosts.map(({ port, virtualHost }) =>
    port === defaultHttpPort
      ? virtualHost
      : {
          ...virtualHost,
          domains: virtualHost.domains.filter(domain => domain.includes(':')),
        },
  );
}

const base = { ignorePortInHostMatching: true } as const;

/** Routes of one sniffed service, for every Host (`httproute.go:getVirtualHostsForSniffedServicePort`). */
function sniffedConfig(groups: GroupContext, route: RouteName): RouteConfig {
  const host = route.name.slice(0, route.name.lastIndexOf(':')).toLowerCase();
  const own = new DomainOwners(groups, undefined).ofService(host);
  const virtualHosts = own === undefined ? [] : [{ ...own, domains: ['*'] }];
  return { ...base, name: route.name, virtualHosts, origin: groups.egress.origin };
}

function allPortsConfig(
  groups: GroupContext,
  name: string,
  unknown: readonly VirtualHost[],
): RouteConfig {
  const hosts = mergeAllPorts(virtualHostsOf(groups.context, hostGroups(groups), 0));
  return { ...base, name, virtualHosts: [...hosts, ...unknown], origin: groups.egress.origin };
}

/** Routes of a port. All virtual hosts are made only when they are listed; a call looks up its own. */
function sharedConfig(
  groups: GroupContext,
  name: string,
  unknown: readonly VirtualHost[],
): RouteConfig {
  const owners = new DomainOwners(groups, unknown[0]);
  const lookup: DomainLookup = {
    exact: domain => owners.exact(domain),
    wildcard: host => owners.wildcard(host),
    any: () => owners.any(),
    isUncertain: domain => owners.isUncertain(domain),
  };
  let all: readonly VirtualHost[] | undefined;
  const list = () =>
    virtualHostsOf(groups.context, hostGroups(groups), groups.port)
      .filter(host => host.port === groups.port)
      .map(host => host.virtualHost);
  return {
    ...base,
    name,
    get virtualHosts() {
      all ??= [...list(), ...unknown];
      return all;
    },
    lookup,
    origin: groups.egress.origin,
  };
}

/** Route configuration of a sidecar by name (`httproute.go:buildSidecarOutboundHTTPRouteConfig`). */
export function sidecarRouteConfig(context: ProxyContext, name: string): RouteConfig | undefined {
  const route = parseRouteName(name);
  if (route === undefined) return undefined;
  const egress = egressFor(context, route);
  const unknown = pilotHas(context.mesh, 'fallthroughRoute') ? [catchAllVirtualHost(context)] : [];
  if (egress === undefined) {
    const virtualHosts = route.sniffed ? [] : unknown;
    return { ...base, name, virtualHosts, origin: context.policy.origin };
  }
  const port = effectivePort(egress, route.port);
  const groups = { context, egress, candidates: hostCandidates(egress, port), port };
  if (route.sniffed) return sniffedConfig(groups, route);
  return port === 0 ? allPortsConfig(groups, name, unknown) : sharedConfig(groups, name, unknown);
}
