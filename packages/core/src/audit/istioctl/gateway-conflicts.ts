import type { Gateway, GatewayServer, Labels } from '../../resources';
import type { AnalysisContext } from './analysis-context';
import type { Analyzer } from './analyzer';
import { messageOn } from './message';
import { formatSelector, selects } from './selector-index';

/** What a gateway claims on a port: of several of its servers there the last counts. */
interface Claim {
  readonly gateway: Gateway;
  readonly server: GatewayServer;
}

const nameOf = ({ metadata }: Gateway) => `${metadata.namespace}/${metadata.name}`;

function claimsByPort(gateways: readonly Gateway[]): ReadonlyMap<number, readonly Claim[]> {
  const ports = new Map<number, Map<string, Claim>>();
  for (const gateway of gateways) {
    for (const server of gateway.spec.servers) {
      const claims = ports.get(server.port.number) ?? new Map<string, Claim>();
      claims.set(nameOf(gateway), { gateway, server });
      ports.set(server.port.number, claims);
    }
  }
  return new Map([...ports].map(([port, claims]) => [port, [...claims.values()]]));
}

/** Equal selectors, or two of which one's text is part of the other's and that pick one pod. */
function samePods(a: Labels, b: Labels, { pods }: AnalysisContext): boolean {
  const [one, other] = [formatSelector(a), formatSelector(b)];
  if (one === other) return true;
  if (!one.includes(other) && !other.includes(one)) return false;
  return pods.select(a).some(pod => selects(b, pod.metadata.labels));
}

/** They claim a host on one address. */
const sharesHost = (a: GatewayServer, b: GatewayServer) =>
  (a.bind ?? '') === (b.bind ?? '') && a.hosts.some(host => b.hosts.includes(host));

/** No gateway with a server has the selector, not even this one. */
const claimsNothing = ({ spec: { selector } }: Gateway, context: AnalysisContext) =>
  Object.keys(selector).length > 0 &&
  !context.resources.gateways.some(
    ({ spec }) => spec.servers.length > 0 && samePods(selector, spec.selector, context),
  );

/** Two gateways that claim a host on one listener. Source: `gateway/conflictinggateway.go`. */
export const gatewayConflicts: Analyzer = {
  name: 'gateway.ConflictingGatewayAnalyzer',
  codes: ['IST0101', 'IST0145'],
  *analyze(context) {
    const { gateways } = context.resources;
    const ports = claimsByPort(gateways);
    for (const gateway of gateways) {
      const { selector, servers } = gateway.spec;
      if (servers.length === 0 && claimsNothing(gateway, context)) {
        const message = `Referenced selector not found: "${formatSelector(selector)}"`;
        yield messageOn('IST0101', gateway, message, 'spec.selector');
      }
      for (const [index, server] of servers.entries()) {
        const others = (ports.get(server.port.number) ?? []).filter(
          claim =>
            nameOf(claim.gateway) !== nameOf(gateway) &&
            sharesHost(server, claim.server) &&
            samePods(selector, claim.gateway.spec.selector, context),
        );
        if (others.length === 0) continue;
        const names = others
          .map(claim => nameOf(claim.gateway))
          .sort()
          .join(',');
        const message = `Conflict with gateways ${names} (workload selector ${formatSelector(selector)}, port ${server.port.number}, hosts ${server.hosts.join(',')}).`;
        yield messageOn('IST0145', gateway, message, `spec.servers.${index}`);
      }
    }
  },
};
