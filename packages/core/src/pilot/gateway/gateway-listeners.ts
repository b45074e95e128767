import type { Listener } from '../../envoy';
import { type ProxyPolicies, proxyPolicies } from '../authorization/build-rbac';
import { withPolicies } from '../authorization/with-policies';
import { buildChain, type ChainOptions } from '../chains/chain-options';
import { listenerName } from '../names';
import type { ProxyContext } from '../proxy/proxy-context';
import { gatewayChains, type SniClaims } from './gateway-chains';
import type { MergedGateway, ServerGroup } from './merged-servers';

interface Open {
  readonly group: ServerGroup;
  readonly address: string;
  readonly chains: ChainOptions[];
}

function build(
  context: ProxyContext,
  { group, address, chains }: Open,
  policies: ProxyPolicies,
): Listener | undefined {
  const [first] = group.servers;
  if (chains.length === 0 || first === undefined) return undefined;
  const tls = chains.some(chain => chain.sniHosts.length > 0 || chain.tls !== undefined);
  const extra = group.bind === '' ? context.extraWildcards : [];
  return {
    name: listenerName(address, group.port),
    address,
    ...(extra.length === 0 ? {} : { additionalAddresses: extra }),
    port: group.port,
    bindToPort: true,
    useOriginalDst: false,
    ...(tls ? { tlsInspector: { disabledPorts: [] } } : {}),
    continueOnListenerFiltersTimeout: false,
    filterChains: chains.map(chain => withPolicies(buildChain(chain), policies)),
    origin: first.gateway.origin,
  };
}

const firstUnprivilegedPort = 1024;

/** Listeners of a gateway by name; one without filter chains is not sent (`gateway.go:buildGatewayListeners`). */
export function gatewayListeners(
  context: ProxyContext,
  merged: MergedGateway,
): ReadonlyMap<string, Listener> {
  const unprivileged = context.proxy.metadata.UNPRIVILEGED_POD === 'true';
  const open = new Map<string, Open>();
  const claims: SniClaims = new Map();
  for (const group of merged.groups) {
    if (unprivileged && group.port < firstUnprivilegedPort) continue;
    const address = group.bind === '' ? context.wildcard : group.bind;
    const name = listenerName(address, group.port);
    const chains = gatewayChains(context, group, claims);
    const known = open.get(name);
    if (known === undefined) open.set(name, { group, address, chains: [...chains] });
    else known.chains.push(...chains);
  }
  const policies = proxyPolicies(context.mesh, context.proxy);
  const listeners = new Map<string, Listener>();
  for (const [name, item] of open) {
    const listener = build(context, item, policies);
    if (listener !== undefined) listeners.set(name, listener);
  }
  return listeners;
}
