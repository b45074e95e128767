import type { HttpConnectionManager, NetworkFilter, TcpProxy } from '../../envoy';
import type { Origin } from '../../origin';

export interface FilterOptions {
  readonly cluster: string;
  readonly port: number;
  readonly http10: boolean;
  readonly origin: Origin;
}

/** `listener_inbound.go:buildInboundNetworkFilters`. */
const tcpFilter = ({ cluster }: FilterOptions): TcpProxy => ({
  kind: 'tcp',
  clusters: { kind: 'single', name: cluster },
});

/** Only a request that was not sent yet is tried again (`route.go:BuildDefaultHTTPInboundRoute`). */
const inboundRetry = { attempts: 2, retryOn: 'reset-before-request' } as const;

/** One virtual host for every Host with one route (`httproute.go:buildSidecarInboundHTTPRouteConfig`). */
function httpFilter({ cluster, port, http10, origin }: FilterOptions): HttpConnectionManager {
  const route = {
    name: 'default',
    match: { path: { kind: 'prefix', value: '/' }, headers: [], queryParameters: [] },
    action: { kind: 'forward', clusters: { kind: 'single', name: cluster }, retry: inboundRetry },
    origin,
  } as const;
  return {
    kind: 'http',
    routes: {
      kind: 'inline',
      config: {
        name: cluster,
        virtualHosts: [{ name: `inbound|http|${port}`, domains: ['*'], routes: [route], origin }],
        ignorePortInHostMatching: false,
        origin,
      },
    },
    acceptHttp10: http10,
  };
}

export function inboundFilter(handler: 'http' | 'tcp', options: FilterOptions): NetworkFilter {
  return handler === 'http' ? httpFilter(options) : tcpFilter(options);
}
