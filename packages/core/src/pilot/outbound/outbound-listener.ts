import type { FilterChain, Listener } from '../../envoy';
import { buildChain, type ChainOptions, isMatchAll } from '../chains/chain-options';
import { unknownTrafficChain } from '../chains/unknown-traffic';
import { listenerName } from '../names';
import type { ProxyContext } from '../proxy/proxy-context';
import type { ListenerEntry } from './listener-entry';

interface Chains {
  readonly filterChains: readonly FilterChain[];
  readonly defaultFilterChain?: FilterChain;
}

/** A chain that accepts everything becomes the default; without one, unknown traffic does (`listener.go:buildListenerFromEntry`). */
function arrange(context: ProxyContext, chains: readonly ChainOptions[]): Chains {
  const [only] = chains;
  if (only !== undefined && chains.length === 1 && isMatchAll(only)) {
    return { filterChains: [buildChain(only)] };
  }
  const all = chains.findLast(isMatchAll);
  const fallback = all ?? unknownTrafficChain(context, 'PassthroughFilterChain');
  return {
    filterChains: chains.filter(chain => !isMatchAll(chain)).map(buildChain),
    defaultFilterChain: buildChain(fallback),
  };
}

/** The listener of an entry. Detection waits for the client as long as `protocolDetectionTimeout` says; 0 is for ever. */
export function buildOutboundListener(context: ProxyContext, entry: ListenerEntry): Listener {
  const { first, chains } = entry;
  const [address, ...additionalAddresses] = first.bind;
  const { port } = first.listenPort;
  const tls = chains.some(chain => chain.sniHosts.length > 0);
  const http = chains.some(chain => chain.applicationProtocols.length > 0);
  const { protocolDetectionTimeoutMs } = context.mesh.meshConfig.config;
  return {
    name: listenerName(address, port),
    address,
    ...(additionalAddresses.length === 0 ? {} : { additionalAddresses }),
    port,
    bindToPort: first.bindToPort,
    useOriginalDst: false,
    ...(tls ? { tlsInspector: { disabledPorts: [] } } : {}),
    ...(http ? { httpInspector: { disabledPorts: [] } } : {}),
    listenerFiltersTimeoutMs: http ? protocolDetectionTimeoutMs : 0,
    continueOnListenerFiltersTimeout: true,
    ...arrange(context, chains),
    origin: first.service.origin,
  };
}
