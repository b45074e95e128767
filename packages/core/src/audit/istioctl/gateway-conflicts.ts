import type { Gateway, GatewayServer, Labels } from '../../resources';
import type { Analyzer } from './analyzer';
import { messageOn } from './message';
import { formatSelector, selects } from './selector-index';

interface Claim {
  readonly gateway: Gateway;
  readonly hosts: readonly string[];
}

const nameOf = ({ metadata }: Gateway) => `${metadata.namespace}/${metadata.name}`;

/** Servers that would share a listener on one pod: same port and bind address. */
const listenerKey = (server: GatewayServer) => `${server.port.number}~${server.bind ?? ''}`;

/** Per listener the claims of each gateway; of several servers of one gateway the last counts. */
function claimsByListener(
  gateways: readonly Gateway[],
): ReadonlyMap<string, ReadonlyMap<string, Claim>> {
  const listeners = new Map<string, Map<string, Claim>>();
  for (const gateway of gateways) {
    for (const server of gateway.spec.servers) {
      const claims = listeners.get(listenerKey(server)) ?? new Map<string, Claim>();
      claims.set(nameOf(gateway), { gateway, hosts: server.hosts });
      listeners.set(listenerKey(server), claims);
    }
  }
  return listeners;
}

/** One selector asks for everything that the other asks for. */
const overlap = (a: Labels, b: Labels) => selects(a, b) || selects(b, a);

/** Two gateways that claim a host on one listener. Source: `gateway/conflictinggateway.go`. */
export const gatewayConflicts: Analyzer = {
  name: 'gateway.ConflictingGatewayAnalyzer',
  codes: ['IST0145'],
  *analyze({ resources }) {
    const listeners = claimsByListener(resources.gateways);
    for (const gateway of resources.gateways) {
      const { selector, servers } = gateway.spec;
      for (const [index, server] of servers.entries()) {
        const others = [...(listeners.get(listenerKey(server)) ?? [])].filter(
          ([name, claim]) =>
            name !== nameOf(gateway) &&
            overlap(selector, claim.gateway.spec.selector) &&
            server.hosts.some(host => claim.hosts.includes(host)),
        );
        if (others.length === 0) continue;
        const names = others.map(([name]) => name).join(',');
        const message = `Conflict with gateways ${names} (workload selector ${formatSelector(selector)}, port ${server.port.number}, hosts ${server.hosts.join(',')}).`;
        yield messageOn('IST0145', gateway, message, `spec.servers.${index}`);
      }
    }
  },
};
