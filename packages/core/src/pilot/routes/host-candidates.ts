import { type EgressScope, type MeshService, servicesOnPort } from '../../mesh';
import { isWildcardHost } from '../../net';

/** Services that a route configuration can answer for, by host; of equal hosts the last one counts. */
export interface HostCandidates {
  readonly byHost: ReadonlyMap<string, MeshService>;
  readonly wildcards: readonly MeshService[];
}

/** `httproute.go:BuildSidecarOutboundVirtualHosts`; port 0 takes all ports, otherwise services are cut to the one. */
export function hostCandidates(egress: EgressScope, port: number): HostCandidates {
  const byHost = new Map<string, MeshService>();
  const services = port === 0 ? egress.services : servicesOnPort(egress, port);
  for (const service of services) {
    const key = service.hostname.toLowerCase();
    if (port === 0 || service.ports.length === 1) byHost.set(key, service);
    else {
      const ports = service.ports.filter(item => item.port === port).slice(0, 1);
      byHost.set(key, { ...service, ports });
    }
  }
  const wildcards = [...byHost.values()].filter(service => isWildcardHost(service.hostname));
  return { byHost, wildcards };
}
