import { addressFor, unspecifiedAddress } from '../../mesh';
import type { ServiceEntry } from '../../resources';
import type { AuditContext } from '../audit-context';
import { unionOf, type WorkloadSet } from '../findings/workload-set';

/** Workloads that import the entry and have no address of their own for it: its TCP ports are theirs as a whole. */
export function capturedBy(
  entry: ServiceEntry,
  { mesh, servicesByHost, importing }: AuditContext,
): WorkloadSet {
  const services = entry.spec.hosts.flatMap(host =>
    (servicesByHost().get(host.toLowerCase()) ?? []).filter(
      service => service.registry === 'external' && service.namespace === entry.metadata.namespace,
    ),
  );
  const capturing = services.flatMap(service =>
    importing([service]).filter(
      ({ proxy }) => addressFor(mesh, service, proxy) === unspecifiedAddress,
    ),
  );
  return unionOf([...new Set(capturing)]);
}
