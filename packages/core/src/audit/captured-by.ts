import {
  addressFor,
  findWorkload,
  type Mesh,
  type MeshService,
  proxiesOf,
  unspecifiedAddress,
} from '../mesh';
import type { ServiceEntry } from '../resources';
import type { WorkloadRef } from '../simulation';

const keyOf = ({ kind, namespace, name }: WorkloadRef) => `${kind} ${namespace}/${name}`;

/** Workloads that import the entry and have no address of their own for it: its TCP ports are theirs as a whole. */
export function capturedBy(
  entry: ServiceEntry,
  mesh: Mesh,
  byHost: ReadonlyMap<string, readonly MeshService[]>,
  importers: (service: MeshService) => readonly WorkloadRef[],
): readonly WorkloadRef[] {
  const services = entry.spec.hosts.flatMap(host =>
    (byHost.get(host.toLowerCase()) ?? []).filter(
      service => service.registry === 'external' && service.namespace === entry.metadata.namespace,
    ),
  );
  const found = new Map<string, WorkloadRef>();
  for (const service of services) {
    for (const ref of importers(service)) {
      const workload = findWorkload(mesh, ref);
      const [proxy] = workload === undefined ? [] : proxiesOf(mesh, workload);
      if (proxy === undefined || addressFor(mesh, service, proxy) !== unspecifiedAddress) continue;
      found.set(keyOf(ref), ref);
    }
  }
  return [...found.values()];
}
