import { derive, fullHostname, type Mesh, pushTo } from '../../mesh';
import type { VirtualService } from '../../resources';
import { hostIndex } from './host-index';

/** A VirtualService that has to do with a gateway for outgoing calls. */
export interface EgressRoute {
  readonly service: VirtualService;
  /** Gateways that it is bound to, `mesh` apart. */
  readonly gateways: readonly string[];
  readonly kind: 'gateway-only' | 'mesh-only' | 'both';
}

function hostsBeforeGateways(mesh: Mesh): ReadonlySet<string> {
  const selectors = mesh.resources.gateways.map(gateway => gateway.spec.selector);
  const hosts = mesh.services.filter(({ registry, selector }) => {
    if (registry !== 'kubernetes' || selector === undefined) return false;
    return selectors.some(wanted =>
      Object.entries(wanted).every(([key, value]) => selector[key] === value),
    );
  });
  return new Set(hosts.map(service => service.hostname));
}

/** Hosts of Services in front of gateway pods: where sidecars send what has to leave through a gateway. */
export const gatewayServiceHosts = derive(
  mesh => [mesh.services, mesh.resources.gateways],
  hostsBeforeGateways,
);

const externalHosts = derive(
  mesh => [mesh.services],
  mesh =>
    hostIndex(
      mesh.services
        .filter(service => service.meshExternal)
        .map(service => service.hostname.toLowerCase()),
    ),
);

/** VirtualServices by host. */
const servicesOfHosts = derive(
  mesh => [mesh.resources.virtualServices],
  mesh => {
    const index = new Map<string, VirtualService[]>();
    for (const service of mesh.resources.virtualServices) {
      for (const host of new Set(service.spec.hosts)) pushTo(index, host, service);
    }
    return index;
  },
);

/** Other VirtualServices with one of these hosts. */
function sharing(mesh: Mesh, own: VirtualService, hosts: readonly string[]) {
  const all = hosts.flatMap(host => servicesOfHosts(mesh).get(host) ?? []);
  return [...new Set(all)].filter(other => other !== own);
}

export const bindsMesh = ({ spec: { gateways } }: VirtualService) =>
  gateways.length === 0 || gateways.includes('mesh');

const boundGateways = ({ spec: { gateways } }: VirtualService) =>
  gateways.filter(name => name !== 'mesh');

function destinationsOf({ spec }: VirtualService): readonly string[] {
  return [...spec.http, ...spec.tls, ...spec.tcp].flatMap(rule =>
    rule.route.map(({ destination }) => destination.host),
  );
}

/** Whether some route of it leads to the Service of a gateway. */
export function leadsToGateway(mesh: Mesh, service: VirtualService): boolean {
  const hosts = gatewayServiceHosts(mesh);
  const namespace = service.metadata.namespace ?? '';
  return destinationsOf(service).some(host =>
    hosts.has(fullHostname(host, { namespace, clusterDomain: mesh.clusterDomain })),
  );
}

/** Hosts that a ServiceEntry outside the mesh registers, exactly or by a wildcard. */
export function isExternal(mesh: Mesh, host: string): boolean {
  return externalHosts(mesh).around(host.toLowerCase()).length > 0;
}

function kindOf(service: VirtualService): EgressRoute['kind'] {
  if (!bindsMesh(service)) return 'gateway-only';
  return boundGateways(service).length === 0 ? 'mesh-only' : 'both';
}

export function egressRoutes(mesh: Mesh): readonly EgressRoute[] {
  return mesh.resources.virtualServices
    .filter(service => !bindsMesh(service) || leadsToGateway(mesh, service))
    .map(service => ({ service, gateways: boundGateways(service), kind: kindOf(service) }));
}

/** Another VirtualService makes sidecars send these hosts to a gateway. */
export function reachedElsewhere(
  mesh: Mesh,
  own: VirtualService,
  hosts: readonly string[],
): boolean {
  return sharing(mesh, own, hosts).some(other => bindsMesh(other) && leadsToGateway(mesh, other));
}

/** Another VirtualService gives a gateway a route for these hosts. */
export function boundElsewhere(mesh: Mesh, own: VirtualService, hosts: readonly string[]): boolean {
  return sharing(mesh, own, hosts).some(other => boundGateways(other).length > 0);
}
