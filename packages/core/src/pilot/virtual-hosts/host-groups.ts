import type { Route } from '../../envoy';
import {
  type EgressScope,
  isHttp,
  type MeshService,
  type MeshServicePort,
  type MeshVirtualService,
} from '../../mesh';
import { hostsOverlap, isWildcardHost } from '../../net';
import type { Origin } from '../../origin';
import { meshGateway } from '../chains/l4-match';
import { clusterName } from '../names';
import type { ProxyContext } from '../proxy/proxy-context';
import { routesOf } from '../routes/http-route';
import { retryOf } from '../routes/route-action';
import { matchAnyRequest } from '../routes/route-match';
import type { HostCandidates } from './host-candidates';
import { defaultHttpPort, selectedRules } from './http-rules';
import { mostSpecificVirtualService } from './most-specific';

/** Hosts and services that share routes on one port (`route.go:VirtualHostWrapper`). */
export interface HostGroup {
  readonly port: number;
  /** Hosts of a VirtualService that no service has. */
  readonly plainHosts: readonly string[];
  readonly services: readonly MeshService[];
  readonly routes: readonly Route[];
  readonly origin: Origin;
}

export interface GroupContext {
  readonly context: ProxyContext;
  readonly egress: EgressScope;
  readonly candidates: HostCandidates;
  readonly port: number;
}

export const isHttpOrSniffed = ({ protocol }: MeshServicePort) =>
  isHttp(protocol) || protocol === 'Unsupported';

interface Split {
  readonly plainHosts: readonly string[];
  readonly services: readonly MeshService[];
}

/** A wildcard host that covers services stands for those that no other VirtualService fits better, and not for itself. */
function splitWildcard(groups: GroupContext, item: MeshVirtualService, host: string): Split {
  const covered = groups.candidates.all().filter(service => hostsOverlap(service.hostname, host));
  if (covered.length === 0) return { plainHosts: [host.toLowerCase()], services: [] };
  const services = covered.filter(
    service => mostSpecificVirtualService(groups.egress, service.hostname) === item,
  );
  return { plainHosts: [], services };
}

function splitExact({ candidates }: GroupContext, host: string): Split {
  const service = candidates.find(host.toLowerCase());
  return service === undefined
    ? { plainHosts: [host.toLowerCase()], services: [] }
    : { plainHosts: [], services: [service] };
}

/** Exact hosts first, then wildcards (`route.go:separateVSHostsAndServices`). */
function splitHosts(groups: GroupContext, item: MeshVirtualService): Split {
  const parts = [
    ...item.hosts.filter(host => !isWildcardHost(host)).map(host => splitExact(groups, host)),
    ...item.hosts.filter(isWildcardHost).map(host => splitWildcard(groups, item, host)),
  ];
  return {
    plainHosts: parts.flatMap(part => part.plainHosts),
    services: parts.flatMap(part => part.services),
  };
}

function servicesByPort(services: readonly MeshService[]): Map<number, MeshService[]> {
  const byPort = new Map<number, MeshService[]>();
  for (const service of services) {
    for (const { port } of service.ports.filter(isHttpOrSniffed)) {
      byPort.set(port, [...(byPort.get(port) ?? []), service]);
    }
  }
  return byPort;
}

/** What a VirtualService makes, one group for each port (`route.go:buildSidecarVirtualHostsForVirtualService`). */
export function groupsOf(groups: GroupContext, item: MeshVirtualService): readonly HostGroup[] {
  const { context, candidates, port } = groups;
  const findService = (host: string) => candidates.find(host.toLowerCase());
  const target = { port, gateway: meshGateway, isTls: false, findService };
  const routes = routesOf(context, item, target);
  if (routes.length === 0) return [];
  const { plainHosts, services } = splitHosts(groups, item);
  const byPort = servicesByPort(services);
  if (byPort.size === 0 && port === defaultHttpPort) byPort.set(defaultHttpPort, []);
  return [...byPort].map(([number, members]) => ({
    port: number,
    plainHosts,
    services: members,
    routes,
    origin: item.origin,
  }));
}

/** A service without a VirtualService: everything goes to its own cluster. */
export function defaultGroup(
  context: ProxyContext,
  service: MeshService,
  port: MeshServicePort,
): HostGroup {
  const { origin } = port;
  const name = clusterName({ host: service.hostname, port: port.port, subset: '' });
  const route: Route = {
    name: 'default',
    match: matchAnyRequest,
    action: { kind: 'forward', clusters: { kind: 'single', name }, ...retryOf(context) },
    origin,
  };
  return { port: port.port, plainHosts: [], services: [service], routes: [route], origin };
}

/** Groups of VirtualServices in their order, then one for each service that none of them took (`route.go:BuildSidecarVirtualHostWrapper`). */
export function hostGroups(groups: GroupContext): readonly HostGroup[] {
  const { egress, candidates, port } = groups;
  const ruled = selectedRules(egress, candidates, port).flatMap(item => groupsOf(groups, item));
  const taken = new Set(ruled.flatMap(group => group.services));
  const rest = candidates
    .all()
    .filter(service => !taken.has(service) && service.resolution !== 'Alias')
    .flatMap(service =>
      service.ports
        .filter(isHttpOrSniffed)
        .map(item => defaultGroup(groups.context, service, item)),
    );
  return [...ruled, ...rest];
}
