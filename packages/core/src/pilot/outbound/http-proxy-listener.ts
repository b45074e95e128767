import type { Listener } from '../../envoy';
import { connectionManager } from '../chains/http-chain';
import { httpProxyRoute, listenerName } from '../names';
import type { ProxyContext } from '../proxy/proxy-context';

function proxyPort({ mesh, proxy }: ProxyContext): number {
  const own = Number.parseInt(proxy.metadata.HTTP_PROXY_PORT ?? '', 10);
  return Number.isNaN(own) ? mesh.meshConfig.config.proxyHttpPort : own;
}

/** Explicit HTTP proxy on the loopback address (`listener.go:buildHTTPProxy`); absent unless a port is set. */
export function httpProxyListener(context: ProxyContext): Listener | undefined {
  const port = proxyPort(context);
  if (port === 0) return undefined;
  const origin = context.mesh.meshConfig.origin('proxyHttpPort');
  return {
    name: listenerName(context.localhost, port),
    address: context.localhost,
    port,
    bindToPort: true,
    useOriginalDst: false,
    listenerFiltersTimeoutMs: 0,
    continueOnListenerFiltersTimeout: true,
    filterChains: [{ match: {}, filter: connectionManager(context, httpProxyRoute), origin }],
    origin,
  };
}
