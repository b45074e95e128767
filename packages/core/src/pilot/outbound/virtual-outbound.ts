import type { FilterChain, HttpConnectionManager, Listener } from '../../envoy';
import type { Origin } from '../../origin';
import { buildChain } from '../chains/chain-options';
import { acceptsHttp10 } from '../chains/http-chain';
import { tcpProxyTo } from '../chains/network-filters';
import { unknownTrafficChain } from '../chains/unknown-traffic';
import { blackHoleCluster, dynamicDnsCluster, virtualOutboundName } from '../names';
import type { ProxyContext } from '../proxy/proxy-context';
import { dynamicDnsVirtualHost } from '../routes/catch-all-virtual-host';

const captureOrigin: Origin = { kind: 'default', default: 'proxyListenPort=15001' };

/** A call to the capture port itself would loop (`listener_builder.go:blackholeFilterChain`). */
function loopChain(port: number): FilterChain {
  return {
    name: `${virtualOutboundName}-blackhole`,
    match: { destinationPort: port },
    filter: tcpProxyTo(blackHoleCluster),
    origin: captureOrigin,
  };
}

function dynamicChain(context: ProxyContext): FilterChain {
  const virtualHost = dynamicDnsVirtualHost(context);
  const { origin } = context.policy;
  const filter: HttpConnectionManager = {
    kind: 'http',
    routes: {
      kind: 'inline',
      config: {
        name: virtualHost.name,
        virtualHosts: [virtualHost],
        ignorePortInHostMatching: false,
        origin,
      },
    },
    acceptHttp10: acceptsHttp10(context),
    dynamicForwardProxyCaches: [dynamicDnsCluster],
  };
  const match = { applicationProtocols: ['http/1.1', 'h2c'] } as const;
  return { name: `${virtualOutboundName}-catchall-tcp-http`, match, filter, origin };
}

/**
 * The listener on 15001 that takes every redirected connection and keeps those whose destination has no listener
 * (`listener_builder.go:buildVirtualOutboundListener`). With ALLOW_ANY_DYNAMIC_DNS it sniffs, under Envoy's own timeout.
 */
export function virtualOutbound(context: ProxyContext): Listener | undefined {
  if (context.proxy.interceptionMode === 'NONE') return undefined;
  const port = context.mesh.meshConfig.config.proxyListenPort;
  const dynamic = context.policy.mode === 'ALLOW_ANY_DYNAMIC_DNS';
  const rest = buildChain(unknownTrafficChain(context, `${virtualOutboundName}-catchall-tcp`));
  return {
    name: virtualOutboundName,
    address: context.wildcard,
    ...(context.extraWildcards.length === 0 ? {} : { additionalAddresses: context.extraWildcards }),
    port,
    bindToPort: true,
    useOriginalDst: true,
    ...(dynamic ? { httpInspector: { disabledPorts: [] } } : {}),
    ...(dynamic ? {} : { listenerFiltersTimeoutMs: 0 }),
    continueOnListenerFiltersTimeout: false,
    filterChains: [loopChain(port), ...(dynamic ? [dynamicChain(context)] : []), rest],
    origin: captureOrigin,
  };
}
