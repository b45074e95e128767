import { derive, findWorkload, fullHostname, type MeshService } from '../../mesh';
import type { ObjectRef } from '../../origin';
import type { AuditContext } from '../audit-context';
import type { Hit } from '../rule';
import { unionOf, type WorkloadSet, workloadSet } from './workload-set';

/** Whose calls a finding concerns, and calls to whom. */
export interface BlastRadius {
  readonly workloads: WorkloadSet;
  readonly hosts: readonly string[];
}

interface Reach {
  readonly workloads: () => WorkloadSet;
  readonly hosts: () => readonly string[];
}

const everyHost = () => ['*'];

/** Workloads of the namespaces that an `exportTo` names; all when it names none. */
function seeing(
  { scopes, mesh }: AuditContext,
  own: string,
  exportTo: readonly string[] = [],
): WorkloadSet {
  if (exportTo.length === 0 || exportTo.includes('*')) return unionOf(scopes());
  const wanted = new Set(exportTo.map(name => (name === '.' ? own : name)));
  return workloadSet(mesh.workloads.map(({ ref }) => ref).filter(ref => wanted.has(ref.namespace)));
}

const keyOf = (namespace: string | undefined, name: string) => `${namespace ?? ''}/${name}`;

const named = <
  T extends { readonly metadata: { readonly namespace?: string; readonly name: string } },
>(
  items: readonly T[],
) => new Map(items.map(item => [keyOf(item.metadata.namespace, item.metadata.name), item]));

/** Objects by name: a finding names its object and nothing else. */
const objects = derive(
  mesh => [mesh.resources],
  ({ resources }) => ({
    serviceEntries: named(resources.serviceEntries),
    virtualServices: named(resources.virtualServices),
    destinationRules: named(resources.destinationRules),
    services: named(resources.services),
  }),
);

/** Workloads that import the hosts that an object registers, or would see it where it registers nothing. */
function usersOf(
  context: AuditContext,
  namespace: string,
  found: readonly MeshService[],
  exportTo?: readonly string[],
): WorkloadSet {
  return found.length > 0 ? context.importers(...found) : seeing(context, namespace, exportTo);
}

function ofConfiguration(context: AuditContext, object: ObjectRef): Reach | undefined {
  const { mesh, servicesByHost } = context;
  const { namespace = '' } = object;
  const { serviceEntries, virtualServices, destinationRules, services } = objects(mesh);
  const key = keyOf(object.namespace, object.name);
  const servicesOf = (hosts: readonly string[]) =>
    hosts.flatMap(host => servicesByHost().get(host.toLowerCase()) ?? []);
  const full = (host: string) =>
    fullHostname(host, { namespace, clusterDomain: mesh.clusterDomain });
  const reach = (hosts: readonly string[], exportTo?: readonly string[], own = false): Reach => ({
    hosts: () => hosts,
    workloads: () =>
      usersOf(
        context,
        namespace,
        servicesOf(hosts).filter(service => !own || service.namespace === namespace),
        exportTo,
      ),
  });
  switch (object.kind) {
    case 'ServiceEntry': {
      const entry = serviceEntries.get(key);
      return entry && reach(entry.spec.hosts, entry.spec.exportTo, true);
    }
    case 'VirtualService': {
      const service = virtualServices.get(key);
      return service && reach(service.spec.hosts.map(full), service.spec.exportTo);
    }
    case 'DestinationRule': {
      const rule = destinationRules.get(key);
      return rule && reach([full(rule.spec.host)], rule.spec.exportTo);
    }
    case 'Service': {
      const service = services.get(key);
      return service && reach([full(object.name)], undefined, true);
    }
    default:
      return undefined;
  }
}

function reachOf(context: AuditContext, object: ObjectRef): Reach {
  const { mesh, scopes } = context;
  const { kind, namespace, name } = object;
  const workload =
    namespace === undefined ? undefined : findWorkload(mesh, { kind, namespace, name });
  if (workload !== undefined) {
    return { workloads: () => workloadSet([workload.ref]), hosts: everyHost };
  }
  if (kind === 'Sidecar') {
    const applied = scopes().filter(
      ({ scope: { sidecar } }) =>
        sidecar?.metadata.name === name && sidecar.metadata.namespace === namespace,
    );
    return { workloads: () => unionOf(applied), hosts: everyHost };
  }
  return (
    ofConfiguration(context, object) ?? { workloads: () => unionOf(scopes()), hosts: everyHost }
  );
}

/** What the rule says, else what follows from the object: its importers, its pods, its hosts, or everybody. */
export function blastRadius(context: AuditContext, hit: Hit): BlastRadius {
  const { workloads, hosts } = hit;
  if (workloads !== undefined && hosts !== undefined) {
    return { workloads: 'has' in workloads ? workloads : workloadSet(workloads), hosts };
  }
  const reach = reachOf(context, hit.object);
  const given = workloads ?? reach.workloads();
  return {
    workloads: 'has' in given ? given : workloadSet(given),
    hosts: hosts ?? reach.hosts(),
  };
}
