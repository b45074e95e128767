import type { Cluster, EnvoyWalk } from '../../../envoy';
import { ipFamily, parseIp } from '../../../net';
import type { Origin } from '../../../origin';
import type { PodProxy, PodStack } from '../../pod/pod-stack';
import type { Run } from '../../run';
import type { Payload } from '../../wire/payload';

/** An Envoy that has taken a connection and now makes its own. */
export interface EnvoyPlace {
  readonly stack: PodStack;
  readonly proxy: PodProxy;
  /** Original destination of the connection that it took. */
  readonly original: { readonly ip: string; readonly port: number };
  readonly client?: string;
  /** Name that the application dialled, at its own proxy. */
  readonly name?: string;
  readonly direction: 'outbound' | 'inbound';
  readonly walk: EnvoyWalk;
  readonly depth: number;
}

export interface UpstreamHost {
  readonly ip: string;
  readonly port: number;
  readonly mtls: boolean;
  readonly origin?: Origin;
}

export type UpstreamHosts =
  | { readonly kind: 'hosts'; readonly hosts: readonly UpstreamHost[] }
  | { readonly kind: 'none' }
  /** The name of the request does not resolve. */
  | { readonly kind: 'dns-failure'; readonly name: string }
  | { readonly kind: 'unknown'; readonly name: string }
  /** Whether the name resolves cannot be told; the hosts are those that it has. */
  | { readonly kind: 'undecided'; readonly hosts: readonly UpstreamHost[] };

/** Splits `host:port` as Envoy's dynamic forward proxy does; brackets of IPv6 come off. */
export function splitAuthority(authority: string): {
  readonly host: string;
  readonly port?: number;
} {
  const bracket = /^\[([^\]]*)\](?::(\d+))?$/.exec(authority);
  if (bracket !== null) {
    const host = bracket[1] ?? '';
    return bracket[2] === undefined ? { host } : { host, port: Number(bracket[2]) };
  }
  const colon = authority.lastIndexOf(':');
  const digits = authority.slice(colon + 1);
  return colon < 0 || authority.indexOf(':') !== colon || !/^\d+$/.test(digits)
    ? { host: authority }
    : { host: authority.slice(0, colon), port: Number(digits) };
}

type Resolved =
  | { readonly kind: 'ips'; readonly ips: readonly string[]; readonly isUndecided?: true }
  | { readonly kind: 'failed' }
  | { readonly kind: 'unknown' };

/** Envoy resolves by itself, as the proxy's user. */
export function resolveAsProxy(run: Run, place: EnvoyPlace, name: string): Resolved {
  if (parseIp(name) !== undefined) return { kind: 'ips', ips: [name] };
  const first = place.stack.ips[0];
  const family = first === undefined ? 4 : ipFamily(first);
  const absolute = name.endsWith('.') ? name : `${name}.`;
  const resolution = run.resolve(place.stack, place.proxy.user, absolute, family);
  const { result, addresses } = resolution;
  if (resolution.refusal?.kind === 'unknown')
    return { kind: 'ips', ips: addresses, isUndecided: true };
  if (result === 'ok') return { kind: 'ips', ips: addresses };
  return result === 'unknown' ? { kind: 'unknown' } : { kind: 'failed' };
}

function dnsHosts(run: Run, place: EnvoyPlace, cluster: Cluster): UpstreamHosts {
  const hosts: UpstreamHost[] = [];
  let isUndecided = false;
  for (const endpoint of cluster.endpoints.filter(({ healthy }) => healthy)) {
    const resolved = resolveAsProxy(run, place, endpoint.address);
    if (resolved.kind === 'unknown') return { kind: 'unknown', name: endpoint.address };
    const ips = resolved.kind === 'ips' ? resolved.ips : [];
    if (resolved.kind === 'ips' && resolved.isUndecided === true) isUndecided = true;
    const { port, mtls, origin } = endpoint;
    hosts.push(...ips.map(ip => ({ ip, port, mtls, ...(origin !== undefined && { origin }) })));
  }
  if (isUndecided) return { kind: 'undecided', hosts };
  return hosts.length === 0 ? { kind: 'none' } : { kind: 'hosts', hosts };
}

function staticHosts(cluster: Cluster): UpstreamHosts {
  const hosts = cluster.endpoints
    .filter(({ healthy }) => healthy)
    .map(({ address, port, mtls, origin }) => ({
      ip: address,
      port,
      mtls,
      ...(origin !== undefined && { origin }),
    }));
  return hosts.length === 0 ? { kind: 'none' } : { kind: 'hosts', hosts };
}

/** Name that a dynamic forward proxy dials: the SNI for a TCP chain with the SNI filter, else Host of the request. */
function dynamicTarget(place: EnvoyPlace, cluster: Cluster, payload: Payload) {
  const { filterChain } = place.walk;
  const sniPort =
    filterChain?.filter.kind === 'tcp' ? filterChain.filter.sniDynamicForwardProxyPort : undefined;
  if (sniPort !== undefined) {
    return payload.kind === 'tls' && payload.sni !== undefined
      ? { host: payload.sni, port: sniPort }
      : undefined;
  }
  if (payload.kind !== 'http') return undefined;
  const authority = place.walk.rewrite?.authority ?? payload.authority;
  const { host, port } = splitAuthority(authority);
  return { host, port: port ?? (cluster.tls.kind === 'none' ? 80 : 443) };
}

function dynamicHosts(
  run: Run,
  place: EnvoyPlace,
  cluster: Cluster,
  payload: Payload,
): UpstreamHosts {
  const target = dynamicTarget(place, cluster, payload);
  if (target === undefined) return { kind: 'none' };
  const resolved = resolveAsProxy(run, place, target.host);
  if (resolved.kind === 'unknown') return { kind: 'unknown', name: target.host };
  if (resolved.kind === 'ips') {
    const hosts = resolved.ips.map(ip => ({ ip, port: target.port, mtls: false }));
    return { kind: resolved.isUndecided === true ? 'undecided' : 'hosts', hosts };
  }
  const { filterChain } = place.walk;
  const caches =
    filterChain?.filter.kind === 'http' ? filterChain.filter.dynamicForwardProxyCaches : undefined;
  const byFilter = cluster.dnsCache !== undefined && caches?.includes(cluster.dnsCache) === true;
  return byFilter ? { kind: 'dns-failure', name: target.host } : { kind: 'none' };
}

/** The addresses that a cluster may dial for this call. */
export function upstreamHosts(
  run: Run,
  place: EnvoyPlace,
  cluster: Cluster,
  payload: Payload,
): UpstreamHosts {
  switch (cluster.discovery) {
    case 'ORIGINAL_DST': {
      const { ip, port } = place.original;
      const host = { ip, port: cluster.originalDstPort ?? port, mtls: true };
      return { kind: 'hosts', hosts: [host] };
    }
    case 'DYNAMIC_FORWARD_PROXY':
      return dynamicHosts(run, place, cluster, payload);
    case 'STRICT_DNS':
    case 'LOGICAL_DNS':
      return dnsHosts(run, place, cluster);
    case 'STATIC':
    case 'EDS':
      return staticHosts(cluster);
  }
}
