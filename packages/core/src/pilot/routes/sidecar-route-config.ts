import type { RouteConfig, VirtualHost } from '../../envoy';
import { type EgressScope, parseProtocol } from '../../mesh';
import type { ProxyContext } from '../proxy/proxy-context';
import { pilotHas } from '../versions';
import { catchAllVirtualHost } from './catch-all-virtual-host';
import { hostCandidates } from './host-candidates';
import { hostGroups } from './host-groups';
import { parseRouteName, type RouteName } from './route-name';
import { defaultHttpPort } from './select-virtual-services';
import { type PortVirtualHost, virtualHostsOf } from './virtual-hosts';

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
          domains: virtualHost.domains.filter(domain => domain.endsWith(`:${port}`)),
        },
  );
}

/** The virtual host of a sniffed service takes every Host (`httproute.go:getVirtualHostsForSniffedServicePort`). */
function sniffedHosts(hosts: readonly VirtualHost[], name: string): readonly VirtualHost[] {
  const own = hosts.filter(host => host.name === name.toLowerCase() || host.domains.includes(name));
  return own.length === 1 ? own.map(host => ({ ...host, domains: ['*'] })) : own;
}

/** Route configuration of a sidecar by name (`httproute.go:buildSidecarOutboundHTTPRouteConfig`). */
export function sidecarRouteConfig(context: ProxyContext, name: string): RouteConfig | undefined {
  const route = parseRouteName(name);
  if (route === undefined) return undefined;
  const egress = egressFor(context, route);
  const base = { name, ignorePortInHostMatching: true } as const;
  const unknown = pilotHas(context.mesh, 'fallthroughRoute') ? [catchAllVirtualHost(context)] : [];
  if (egress === undefined) {
    return { ...base, virtualHosts: route.sniffed ? [] : unknown, origin: context.policy.origin };
  }
  const port = effectivePort(egress, route.port);
  const candidates = hostCandidates(egress, port);
  const hosts = virtualHostsOf(context, hostGroups({ context, egress, candidates, port }), port);
  const named =
    port === 0
      ? mergeAllPorts(hosts)
      : hosts.filter(host => host.port === port).map(host => host.virtualHost);
  const virtualHosts = route.sniffed ? sniffedHosts(named, name) : [...named, ...unknown];
  return { ...base, virtualHosts, origin: egress.origin };
}
