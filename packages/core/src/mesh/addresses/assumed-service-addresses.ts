import type { Assumption } from '../../origin';
import type { Service } from '../../resources';
import { derive } from '../derive';
import type { Mesh } from '../mesh';
import { lacksClusterIp, originOf } from '../registry/kubernetes-service';
import { assumeAddresses, serviceRange } from './assume-addresses';
import { type Allocation, allocateAddresses } from './auto-allocation';

const serviceKey = ({ metadata }: Service) =>
  `service/${metadata.namespace ?? ''}/${metadata.name}`;

/** Cluster IPs for Services whose manifests give none, by `service/namespace/name`. */
export const assumedClusterIps = derive(
  mesh => [mesh.discovered.services, mesh.options],
  (mesh): ReadonlyMap<string, string> => {
    const { services } = mesh.discovered;
    const taken = new Set(services.flatMap(({ spec }) => [spec.clusterIP ?? '']));
    const names = services.filter(lacksClusterIp).map(serviceKey);
    return assumeAddresses(names, serviceRange, taken, mesh.options.assumedAddresses);
  },
);

export function assumedClusterIp(mesh: Mesh, service: Service): string | undefined {
  return assumedClusterIps(mesh).get(serviceKey(service));
}

/** Auto-allocated addresses of ServiceEntries. */
export const allocationOf: (mesh: Mesh) => Allocation = derive(
  mesh => [mesh.discovered.serviceEntries, mesh.flags, mesh.options],
  mesh =>
    allocateAddresses(mesh.discovered.serviceEntries, mesh.flags, mesh.options.assumedAddresses),
);

/** What an answer has to say when it used the address of this service. */
export function clusterIpAssumption(mesh: Mesh, service: Service): Assumption | undefined {
  const address = assumedClusterIp(mesh, service);
  return address === undefined
    ? undefined
    : {
        code: 'cluster-ip-assumed',
        message: `the manifest gives no cluster IP; \`${address}\` is taken`,
        origin: originOf(service, 'spec.clusterIP'),
      };
}
