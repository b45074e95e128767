import { hostsOverlap } from '../../net';
import type { Gateway, GatewayServer } from '../../resources';
import type { Analyzer } from './analyzer';
import { messageOn } from './message';
import { formatSelector } from './selector-index';

const nameOf = ({ metadata }: Gateway) => `${metadata.namespace}/${metadata.name}`;

/** Servers that would share a listener: same pods, port and bind address. */
const listenerKey = (gateway: Gateway, server: GatewayServer) =>
  `${formatSelector(gateway.spec.selector)}~${server.port.number}~${server.bind ?? ''}`;

/** Per listener the hosts of each gateway; of several servers of one gateway the last counts. */
function hostsByListener(gateways: readonly Gateway[]) {
  const listeners = new Map<string, Map<string, readonly string[]>>();
  for (const gateway of gateways) {
    for (const server of gateway.spec.servers) {
      const key = listenerKey(gateway, server);
      const hosts = listeners.get(key) ?? new Map<string, readonly string[]>();
      listeners.set(key, hosts.set(nameOf(gateway), server.hosts));
    }
  }
  return listeners;
}

/** Two gateways that claim a host on one listener. Source: `gateway/conflictinggateway.go`. */
export const gatewayConflicts: Analyzer = {
  name: 'gateway.ConflictingGatewayAnalyzer',
  codes: ['IST0145'],
  *analyze({ resources }) {
    const listeners = hostsByListener(resources.gateways);
    for (const gateway of resources.gateways) {
      for (const [index, server] of gateway.spec.servers.entries()) {
        const others = [...(listeners.get(listenerKey(gateway, server)) ?? [])].filter(
          ([name, hosts]) =>
            name !== nameOf(gateway) && server.hosts.some(a => hosts.some(b => hostsOverlap(a, b))),
        );
        if (others.length === 0) continue;
        const names = others.map(([name]) => name).join(',');
        const message = `Conflict with gateways ${names} (workload selector ${formatSelector(gateway.spec.selector)}, port ${server.port.number}, hosts ${server.hosts.join(',')}).`;
        yield messageOn('IST0145', gateway, message, `spec.servers.${index}`);
      }
    }
  },
};
