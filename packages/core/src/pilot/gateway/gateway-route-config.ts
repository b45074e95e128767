import type { Route, RouteConfig, VirtualHost } from '../../envoy';
import {
  findService,
  isVisible,
  type MeshService,
  type MeshVirtualService,
  virtualServicesForGateway,
} from '../../mesh';
import type { Origin } from '../../origin';
import type { ProxyContext } from '../proxy/proxy-context';
import { routesOf } from '../routes/http-route';
import { isCatchAll } from '../routes/route-match';
import { domainName } from '../virtual-hosts/domains';
import type { MergedGateway, MergedServer } from './merged-servers';
import { commonHosts } from './server-hosts';

/** A virtual host while servers and VirtualServices add to it. */
interface OpenHost {
  readonly name: string;
  readonly hostname: string;
  routes: readonly Route[];
  requireTls: boolean;
  readonly origin: Origin;
}

/** The destination's service: of the VirtualService's namespace, else whatever the proxy sees (`buildNameToServiceMapForHTTPRoutes`). */
function lookUp(
  context: ProxyContext,
  virtualService: MeshVirtualService,
  host: string,
): MeshService | undefined {
  const own = findService(context.mesh, host, virtualService.namespace);
  if (own !== undefined && isVisible(own, context.proxy.namespace)) return own;
  return context.scope.servicesByHostname.get(host);
}

function addVirtualService(
  context: ProxyContext,
  hosts: Map<string, OpenHost>,
  at: { readonly server: MergedServer; readonly virtualService: MeshVirtualService },
): void {
  const { server, virtualService } = at;
  const common = commonHosts(server, virtualService);
  if (common.length === 0) return;
  const port = server.server.port.number;
  const routes = routesOf(context, virtualService, {
    port,
    gateway: server.gateway.name,
    isTls: server.server.tls !== undefined,
    findService: host => lookUp(context, virtualService, host),
  });
  if (routes.length === 0) return;
  const redirects = server.server.tls?.httpsRedirect === true;
  for (const hostname of common) {
    const known = hosts.get(hostname);
    if (known === undefined) {
      const name = domainName(hostname, port);
      const { origin } = virtualService;
      hosts.set(hostname, { name, hostname, routes, requireTls: redirects, origin });
    } else {
      known.routes = [...known.routes, ...routes];
      known.requireTls ||= redirects;
    }
  }
}

/** Hosts of a server with `httpsRedirect` redirect even without a VirtualService. */
function addRedirects(hosts: Map<string, OpenHost>, server: MergedServer): void {
  if (server.server.tls?.httpsRedirect !== true) return;
  for (const hostname of server.hosts) {
    const known = hosts.get(hostname);
    if (known !== undefined) known.requireTls = true;
    else {
      const name = domainName(hostname, server.server.port.number);
      const { origin } = server.gateway;
      hosts.set(hostname, { name, hostname, routes: [], requireTls: true, origin });
    }
  }
}

/** Routes for everything come last (`route.go:SortVHostRoutes`). */
function catchAllsLast(routes: readonly Route[]): readonly Route[] {
  const last = routes.filter(route => isCatchAll(route.match));
  return [...routes.filter(route => !isCatchAll(route.match)), ...last];
}

const sameRoutes = (a: OpenHost, b: OpenHost) =>
  a.requireTls === b.requireTls &&
  a.routes.length === b.routes.length &&
  a.routes.every((route, i) => route === b.routes[i]);

/** Hosts with the same routes become one virtual host, named for the first in the alphabet (`collapseDuplicateRoutes`). */
function collapse(hosts: ReadonlyMap<string, OpenHost>): readonly VirtualHost[] {
  const sorted = [...hosts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, host]) => host);
  const kept: { readonly host: OpenHost; readonly domains: string[] }[] = [];
  for (const host of sorted) {
    const twin = kept.find(item => sameRoutes(item.host, host));
    if (twin === undefined) kept.push({ host, domains: [host.hostname] });
    else twin.domains.push(host.hostname);
  }
  return kept.map(({ host, domains }) => ({
    name: host.name,
    domains,
    routes: catchAllsLast(host.routes),
    ...(host.requireTls ? { requireTls: true } : {}),
    origin: host.origin,
  }));
}

/** Route configuration of a gateway (`gateway.go:buildGatewayHTTPRouteConfig`); unknown hosts are not in it and get 404. */
export function gatewayRouteConfig(
  context: ProxyContext,
  merged: MergedGateway,
  name: string,
): RouteConfig | undefined {
  const servers = merged.byRouteName.get(name);
  const [first] = servers ?? [];
  if (servers === undefined || first === undefined) return undefined;
  const hosts = new Map<string, OpenHost>();
  for (const server of servers) {
    const { mesh, proxy } = context;
    for (const virtualService of virtualServicesForGateway(mesh, proxy, server.gateway.name)) {
      addVirtualService(context, hosts, { server, virtualService });
    }
    addRedirects(hosts, server);
  }
  const { origin } = first.gateway;
  const empty = domainName('blackhole', first.server.port.number);
  const virtualHosts =
    hosts.size === 0 ? [{ name: empty, domains: ['*'], routes: [], origin }] : collapse(hosts);
  return { name, virtualHosts, ignorePortInHostMatching: true, origin };
}
