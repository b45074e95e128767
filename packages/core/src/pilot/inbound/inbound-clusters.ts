import type { Cluster, Endpoint } from '../../envoy';
import type { Mesh, Proxy } from '../../mesh';
import { type IpFamily, ipFamily } from '../../net';
import { asClient, portUpstreamProtocol } from '../clusters/upstream-protocol';
import { unixPrefix } from '../names';
import { inboundPool } from './inbound-pool';
import type { InboundPort } from './inbound-port';
import { inboundClusterName, inboundPassthroughCluster } from './names';
import { localAddresses } from './proxy-addresses';

/** Addresses that Envoy calls the application from, so that the kernel leaves the connection alone. */
const passthroughSource = { 4: '127.0.0.6', 6: '::6' } as const;

function ipOfFamily({ ips }: Proxy, family: IpFamily): string | undefined {
  return ips.find(ip => ipFamily(ip) === family);
}

/** Loopback of the family the pod has; IPv4 first for 127.0.0.1, IPv6 first for ::1. */
function loopback(proxy: Proxy, preferred: IpFamily): string {
  const has = (family: IpFamily) => ipOfFamily(proxy, family) !== undefined;
  const family = has(preferred)
    ? preferred
    : has(preferred === 4 ? 6 : 4)
      ? 10 - preferred
      : preferred;
  return family === 4 ? '127.0.0.1' : '::1';
}

/** `host:port` with IPv6 in brackets. */
function splitHostPort(text: string): { readonly host: string; readonly port: number } | undefined {
  const match = /^(?:\[([^\]]*)\]|([^:]*)):(\d{1,5})$/.exec(text);
  return match === null ? undefined : { host: match[1] ?? match[2] ?? '', port: Number(match[3]) };
}

/**
 * Where `defaultEndpoint` leads: a unix socket, the pod's own address for 0.0.0.0 and [::], else a loopback
 * (`cluster.go:buildInboundClustersFromSidecar`). Nothing when it is unset: the original destination.
 */
function defaultEndpoint(
  proxy: Proxy,
  text: string,
): Pick<Endpoint, 'address' | 'port'> | undefined {
  if (text.startsWith(unixPrefix)) return { address: text, port: 0 };
  const target = splitHostPort(text);
  if (target === undefined) return undefined;
  const { host, port } = target;
  switch (host) {
    case '0.0.0.0':
      return { address: ipOfFamily(proxy, 4) ?? '127.0.0.1', port };
    case '::':
      return { address: ipOfFamily(proxy, 6) ?? '::1', port };
    case '127.0.0.1':
      return { address: loopback(proxy, 4), port };
    case '::1':
      return { address: loopback(proxy, 6), port };
    default:
      return undefined;
  }
}

function endpointOf(mesh: Mesh, proxy: Proxy, port: InboundPort) {
  if (port.ingress !== undefined) return defaultEndpoint(proxy, port.ingress.defaultEndpoint ?? '');
  const local = mesh.meshConfig.config.inboundTrafficPolicy.mode === 'LOCALHOST';
  return local ? { address: localAddresses(proxy).localhost, port: port.port } : undefined;
}

/** The cluster of a declared port (`cluster_builder.go:buildInboundCluster`). */
export function inboundCluster(mesh: Mesh, proxy: Proxy, port: InboundPort): Cluster {
  const { origin } = port;
  const endpoint = endpointOf(mesh, proxy, port);
  const { useClientProtocol = false } = inboundPool(mesh, proxy, port) ?? {};
  const base = {
    name: inboundClusterName(port.port),
    tls: { kind: 'none' },
    ...(useClientProtocol ? asClient : portUpstreamProtocol(port.protocol, true)),
    origin,
  } as const;
  if (endpoint === undefined) {
    return {
      ...base,
      discovery: 'ORIGINAL_DST',
      endpoints: [],
      sourceAddress: passthroughSource[proxy.ipMode === 'IPv6' ? 6 : 4],
    };
  }
  return {
    ...base,
    discovery: 'STATIC',
    endpoints: [{ ...endpoint, healthy: true, mtls: false, origin }],
  };
}

/** The cluster of undeclared ports: the application on the same address and port. */
export function passthroughCluster(mesh: Mesh, proxy: Proxy): Cluster {
  return {
    name: inboundPassthroughCluster,
    discovery: 'ORIGINAL_DST',
    tls: { kind: 'none' },
    endpoints: [],
    ...asClient,
    sourceAddress: passthroughSource[proxy.ipMode === 'IPv6' ? 6 : 4],
    origin: mesh.meshConfig.origin('inboundTrafficPolicy.mode'),
  };
}
