import type { EnvoyProgram } from '../../envoy';
import { clusterTable } from '../clusters/cluster-table';
import { memoise } from '../memoise';
import { listenerName } from '../names';
import type { ProxyContext } from '../proxy/proxy-context';
import { gatewayListeners } from './gateway-listeners';
import { gatewayRouteConfig } from './gateway-route-config';
import { mergeGateways } from './merged-servers';

/** The configuration of an ingress or egress gateway: listeners of its Gateways, no interception, no catch-all. */
export function gatewayProgram(context: ProxyContext): EnvoyProgram {
  const merged = mergeGateways(context);
  const listeners = gatewayListeners(context, merged);
  const find = (address: string, port: number) => {
    const own = listeners.get(listenerName(address, port));
    if (own !== undefined) return own;
    const wildcard = listeners.get(listenerName(context.wildcard, port));
    return wildcard?.additionalAddresses?.includes(address) === true ? wildcard : undefined;
  };
  return {
    outboundCapture: undefined,
    inboundCapture: undefined,
    listener: find,
    routeConfig: memoise(name => gatewayRouteConfig(context, merged, name)),
    cluster: clusterTable(context),
  };
}
