import type { HttpConnectionManager } from '../../envoy';
import { dynamicDnsCluster } from '../names';
import { type Contribution, listenerKind } from '../outbound/contribution';
import type { ProxyContext } from '../proxy/proxy-context';
import type { ChainOptions } from './chain-options';

/** HTTP/1.0 is served only on request (PILOT_HTTP10, proxy metadata HTTP10). */
export function acceptsHttp10({ mesh, proxy }: ProxyContext): boolean {
  return mesh.flags.enabled('PILOT_HTTP10') || proxy.metadata.HTTP10 === '1';
}

/** A connection manager of this proxy with routes by name. */
export function connectionManager(context: ProxyContext, routeName: string): HttpConnectionManager {
  const dynamic = context.policy.mode === 'ALLOW_ANY_DYNAMIC_DNS';
  return {
    kind: 'http',
    routes: { kind: 'rds', name: routeName },
    acceptHttp10: acceptsHttp10(context),
    ...(dynamic ? { dynamicForwardProxyCaches: [dynamicDnsCluster] } : {}),
  };
}

/** Sniffed listeners of one service have routes of their own, all others those of the port. */
function routeName(context: ProxyContext, item: Contribution): string {
  const { listenPort, service, bind } = item;
  if (listenPort.port === 0) return bind[0];
  const own = listenerKind(listenPort.protocol) === 'auto' && bind[0] !== context.wildcard;
  return own ? `${service.hostname}:${listenPort.port}` : `${listenPort.port}`;
}

/** DNS cache of a wildcard DYNAMIC_DNS host, shared by its cluster and the filter in front (`cluster_builder.go:buildDFPCluster`). */
export const dnsCacheOf = (hostname: string) => `${hostname}_dfp_dns_cache`;

/** The filter that resolves such a host stands only in the listener that the service itself made. */
function withServiceCache(
  manager: HttpConnectionManager,
  { service }: Contribution,
): HttpConnectionManager {
  if (service.resolution !== 'DynamicDNS') return manager;
  const caches = [...(manager.dynamicForwardProxyCaches ?? []), dnsCacheOf(service.hostname)];
  return { ...manager, dynamicForwardProxyCaches: caches };
}

/** `listener.go:buildSidecarOutboundHTTPListenerOpts`. */
export function httpChain(context: ProxyContext, item: Contribution): ChainOptions {
  return {
    sniHosts: [],
    cidrs: [],
    applicationProtocols: [],
    filter: withServiceCache(connectionManager(context, routeName(context, item)), item),
    origin: item.listenPort.origin,
  };
}

/** The same chain, taken only when the HTTP inspector recognises HTTP (`plaintextHTTPALPNs`). */
export function sniffed(context: ProxyContext, chain: ChainOptions): ChainOptions {
  const applicationProtocols = context.mesh.flags.enabled('PILOT_HTTP10')
    ? ['http/1.0', 'http/1.1', 'h2c']
    : ['http/1.1', 'h2c'];
  return { ...chain, transportProtocol: 'raw_buffer', applicationProtocols };
}
