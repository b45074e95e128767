import {
  gatewaysOf,
  isHttp,
  type MeshGateway,
  type Protocol,
  parseProtocol,
  type ServiceTarget,
  serviceTargetsOf,
} from '../../mesh';
import type { GatewayServer } from '../../resources';
import type { ProxyContext } from '../proxy/proxy-context';

/** A server of a Gateway on one port of the pod. */
export interface MergedServer {
  readonly gateway: MeshGateway;
  readonly server: GatewayServer;
  /** `namespace/host`, or `host` for every namespace (`sanitizeServerHostNamespace`). */
  readonly hosts: readonly string[];
  /** Empty: not HTTP. */
  readonly routeName: string;
}

/** Servers that share one listener (`pilot/pkg/model/gateway.go:MergedServers`). */
export interface ServerGroup {
  readonly port: number;
  readonly protocol: Protocol;
  readonly bind: string;
  readonly routeName: string;
  readonly servers: readonly MergedServer[];
}

export interface MergedGateway {
  readonly groups: readonly ServerGroup[];
  readonly byRouteName: ReadonlyMap<string, readonly MergedServer[]>;
}

export const isPassthrough = ({ tls }: GatewayServer) =>
  tls?.mode === 'PASSTHROUGH' || tls?.mode === 'AUTO_PASSTHROUGH';

/** HTTP, or HTTPS that is terminated (`pkg/config/gateway/gateway.go:IsHTTPServer`). */
export function isHttpServer(server: GatewayServer): boolean {
  const protocol = parseProtocol(server.port.protocol);
  return isHttp(protocol) || terminatesHttps(server);
}

export function terminatesHttps(server: GatewayServer): boolean {
  const isHttps = parseProtocol(server.port.protocol) === 'HTTPS';
  return isHttps && server.tls !== undefined && !isPassthrough(server);
}

const isTlsServer = (server: GatewayServer) =>
  server.tls !== undefined && !isHttp(parseProtocol(server.port.protocol));

/** `pilot/pkg/model/gateway.go:gatewayRDSRouteName`. */
function routeNameOf(gateway: MeshGateway, server: GatewayServer, port: number): string {
  const bind = server.bind === undefined || server.bind === '' ? '' : `.${server.bind}`;
  if (isHttp(parseProtocol(server.port.protocol))) return `http.${port}${bind}`;
  if (!terminatesHttps(server)) return '';
  const { name, namespace = '' } = gateway.gateway.metadata;
  return `https.${server.port.number}.${server.port.name ?? ''}.${name}.${namespace}${bind}`;
}

function sanitizeHost(host: string, namespace: string): string {
  const slash = host.indexOf('/');
  if (slash < 0) return host;
  const [where, name] = [host.slice(0, slash), host.slice(slash + 1)];
  if (where === '*') return name;
  return where === '.' ? `${namespace}/${name}` : host;
}

/** Ports of the pod that a service port leads to; the port itself when no service of the gateway has it (`resolvePorts`). */
function resolvePorts(targets: readonly ServiceTarget[], number: number): readonly number[] {
  const ports = targets.filter(item => item.port.port === number).map(item => item.targetPort);
  return ports.length === 0 ? [number] : [...new Set(ports)];
}

interface Group {
  readonly port: number;
  readonly protocol: Protocol;
  readonly bind: string;
  readonly routeName: string;
  readonly servers: MergedServer[];
}

interface Merge {
  readonly groups: Map<string, Group>;
  readonly byRouteName: Map<string, MergedServer[]>;
  /** The plaintext group that opened a port. */
  readonly plaintext: Map<number, Group>;
  readonly ports: Set<number>;
  /** Binds of later servers on ports that TLS opened. */
  readonly tlsBinds: Map<number, Set<string>>;
  /** TLS hosts by port, with the bind that has them. */
  readonly tlsHosts: Map<number, Map<string, string>>;
}

const keyOf = (port: number, protocol: string, bind: string) => `${port}/${protocol}/${bind}`;

/** Remembers hosts of one bind; false when one is taken there already (`CheckDuplicates`). */
export function claimHosts(
  known: Map<string, string>,
  hosts: readonly string[],
  bind: string,
): boolean {
  if (hosts.some(host => known.get(host) === bind)) return false;
  for (const host of hosts) known.set(host, bind);
  return true;
}

function addToGroup(
  merge: Merge,
  at: Omit<Group, 'servers'> & { written: string },
  server: MergedServer,
) {
  const key = keyOf(at.port, at.written, at.bind);
  const known = merge.groups.get(key);
  if (known !== undefined) {
    known.servers.push(server);
    return known;
  }
  const { port, protocol, bind, routeName } = at;
  const group: Group = { port, protocol, bind, routeName, servers: [server] };
  merge.groups.set(key, group);
  return group;
}

function addRoute(merge: Merge, server: MergedServer): void {
  const list = merge.byRouteName.get(server.routeName);
  if (list === undefined) merge.byRouteName.set(server.routeName, [server]);
  else list.push(server);
}

type Place = Omit<Group, 'servers'> & { readonly written: string };

/** A server on a port that a plaintext server opened. */
function joinPlaintext(merge: Merge, current: Group, place: Place, server: MergedServer): void {
  const sameBind = current.bind === place.bind;
  const mergeable = isHttp(place.protocol) && isHttp(current.protocol);
  if (sameBind && (!mergeable || server.routeName === '')) return;
  if (sameBind) current.servers.push(server);
  else addToGroup(merge, place, server);
  addRoute(merge, server);
}

/** A server on a port that a TLS server opened. */
function joinTls(merge: Merge, place: Place, server: MergedServer): void {
  if (isHttpServer(server.server)) {
    if (server.routeName === '' || merge.byRouteName.has(server.routeName)) return;
    merge.byRouteName.set(server.routeName, [server]);
  }
  const binds = merge.tlsBinds.get(place.port) ?? new Set<string>();
  merge.tlsBinds.set(place.port, binds);
  const newBind = !binds.has(place.bind);
  binds.add(place.bind);
  if (server.server.tls === undefined && !newBind) return;
  addToGroup(merge, place, server);
}

function openPort(merge: Merge, place: Place, server: MergedServer): void {
  merge.ports.add(place.port);
  const group = addToGroup(merge, place, server);
  if (!isTlsServer(server.server)) merge.plaintext.set(place.port, group);
  if (isHttpServer(server.server)) merge.byRouteName.set(server.routeName, [server]);
}

function addServer(merge: Merge, server: MergedServer, port: number): void {
  const { routeName } = server;
  const bind = server.server.bind ?? '';
  if (server.server.tls !== undefined) {
    const known = merge.tlsHosts.get(port) ?? new Map<string, string>();
    merge.tlsHosts.set(port, known);
    if (!claimHosts(known, server.hosts, bind)) return;
  }
  const written = server.server.port.protocol;
  const place: Place = { port, protocol: parseProtocol(written), bind, routeName, written };
  const plaintext = merge.plaintext.get(port);
  if (!merge.ports.has(port)) openPort(merge, place, server);
  else if (plaintext !== undefined) joinPlaintext(merge, plaintext, place, server);
  else joinTls(merge, place, server);
}

/** The servers of all Gateways of a proxy by listener, oldest Gateway first (`pilot/pkg/model/gateway.go:mergeGateways`). */
export function mergeGateways(context: ProxyContext): MergedGateway {
  const merge: Merge = {
    groups: new Map(),
    byRouteName: new Map(),
    plaintext: new Map(),
    ports: new Set(),
    tlsBinds: new Map(),
    tlsHosts: new Map(),
  };
  const targets = serviceTargetsOf(context.mesh, context.proxy);
  for (const gateway of gatewaysOf(context.mesh, context.proxy)) {
    const { namespace = '' } = gateway.gateway.metadata;
    for (const server of gateway.gateway.spec.servers) {
      const hosts = server.hosts.map(host => sanitizeHost(host, namespace));
      for (const port of resolvePorts(targets, server.port.number)) {
        const routeName = routeNameOf(gateway, server, port);
        addServer(merge, { gateway, server, hosts, routeName }, port);
      }
    }
  }
  return { groups: [...merge.groups.values()], byRouteName: merge.byRouteName };
}
