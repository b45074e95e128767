import { hostsOverlap } from '../../net';
import type { VirtualService } from '../../resources';
import type { Analyzer } from './analyzer';
import { completeHost, exportScopes } from './host-index';
import { messageOn } from './message';

const onMesh = ({ spec: { gateways } }: VirtualService) =>
  gateways.length === 0 || gateways.includes('mesh');

function byScopedHost(services: readonly VirtualService[]): ReadonlyMap<string, VirtualService[]> {
  const groups = new Map<string, VirtualService[]>();
  for (const service of services.filter(onMesh)) {
    const namespace = service.metadata.namespace ?? '';
    for (const scope of exportScopes(service.spec.exportTo ?? [], namespace)) {
      for (const host of service.spec.hosts) {
        const key = `${scope}/${completeHost(namespace, host)}`;
        groups.set(key, [...(groups.get(key) ?? []), service]);
      }
    }
  }
  return groups;
}

type ScopedHosts = readonly (readonly [string, readonly VirtualService[]])[];

/** Those exported to everybody whose host is, covers or lies below that of a narrower scope. */
function exportedFor(scopedHost: string, exported: ScopedHosts): readonly VirtualService[] {
  const host = scopedHost.slice(scopedHost.indexOf('/') + 1);
  return exported.flatMap(([key, services]) => (hostsOverlap(host, key.slice(2)) ? services : []));
}

/** Several VirtualServices of the mesh gateway for one host. Source: `virtualservice/conflictingmeshgatewayhosts.go`. */
export const meshGatewayHosts: Analyzer = {
  name: 'virtualservice.ConflictingMeshGatewayHostsAnalyzer',
  codes: ['IST0109'],
  *analyze({ resources }) {
    const groups = byScopedHost(resources.virtualServices);
    const exported = [...groups].filter(([key]) => key.startsWith('*/'));
    for (const [scopedHost, own] of groups) {
      const services = scopedHost.startsWith('*/')
        ? own
        : [...own, ...exportedFor(scopedHost, exported)];
      if (services.length < 2) continue;
      const names = services
        .map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)
        .sort()
        .join(',');
      const message = `The VirtualServices ${names} associated with mesh gateway define the same host ${scopedHost} which can lead to undefined behavior. This can be fixed by merging the conflicting VirtualServices into a single resource.`;
      for (const service of services) yield messageOn('IST0109', service, message, 'metadata.name');
    }
  },
};
