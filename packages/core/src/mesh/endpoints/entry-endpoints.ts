import type { Origin } from '../../origin';
import type { Labels, ServiceEntry, ServiceEntryPort, WorkloadEntrySpec } from '../../resources';
import { derive, pushTo } from '../derive';
import { labelsMatch } from '../labels';
import type { Mesh } from '../mesh';
import { originOf } from '../registry/kubernetes-service';
import { podViewsIn } from '../workload/pod-view';
import type { MeshEndpoint } from './endpoint';
import {
  entryTlsMode,
  isDnsOnly,
  isHealthyEntry,
  unixPrefix,
  workloadEntryLabels,
} from './workload-entry';

/** Something with an address that a ServiceEntry or Service may select (`pilot/pkg/model:WorkloadInstance`). */
export interface WorkloadInstance {
  readonly kind: 'pod' | 'workload-entry';
  readonly address: string;
  readonly ports: Readonly<Record<string, number>>;
  readonly labels: Labels;
  readonly dnsOnly: boolean;
  readonly common: Omit<
    MeshEndpoint,
    'address' | 'port' | 'servicePortName' | 'servicePort' | 'labels'
  >;
}

function instanceOf(
  mesh: Mesh,
  spec: WorkloadEntrySpec,
  labels: Labels,
  namespace: string,
  origin: Origin,
): WorkloadInstance {
  return {
    kind: 'workload-entry',
    address: spec.address ?? '',
    ports: spec.ports ?? {},
    labels,
    dnsOnly: isDnsOnly(spec),
    common: {
      tlsMode: entryTlsMode(labels, spec.serviceAccount),
      health: 'healthy',
      healthUnset: true,
      network: spec.network ?? mesh.options.network ?? '',
      ...(spec.locality === undefined ? {} : { locality: spec.locality }),
      weight: spec.weight ?? 1,
      namespace,
      serviceAccount: spec.serviceAccount ?? '',
      origin,
    },
  };
}

function podInstances(mesh: Mesh, namespace: string): readonly WorkloadInstance[] {
  return podViewsIn(mesh, namespace)
    .filter(pod => pod.ready)
    .flatMap((pod): WorkloadInstance[] =>
      pod.ips.slice(0, 1).map(address => ({
        kind: 'pod',
        address,
        ports: {},
        labels: pod.labels,
        dnsOnly: false,
        common: {
          tlsMode: pod.tlsMode,
          health: 'healthy',
          network: mesh.options.network ?? '',
          weight: 1,
          namespace,
          serviceAccount: pod.serviceAccount,
          pod: pod.ref,
          hostname: pod.hostname,
          subdomain: pod.subdomain,
          origin: pod.origin,
        },
      })),
    );
}

/** WorkloadEntries that count, by namespace. */
export const entryInstances = derive(
  mesh => [mesh.discovered.workloadEntries, mesh.options],
  (mesh): ReadonlyMap<string, readonly WorkloadInstance[]> => {
    const index = new Map<string, WorkloadInstance[]>();
    for (const entry of mesh.discovered.workloadEntries) {
      if (!isHealthyEntry(entry)) continue;
      const namespace = entry.metadata.namespace ?? '';
      const labels = workloadEntryLabels(entry);
      const origin = originOf(entry, 'spec.address');
      pushTo(index, namespace, instanceOf(mesh, entry.spec, labels, namespace, origin));
    }
    return index;
  },
);

/** Unix sockets have no port; else the port named like the service's, its target port, its number. */
function portOf(instance: WorkloadInstance, port: ServiceEntryPort): number {
  if (instance.address.startsWith(unixPrefix)) return 0;
  const named = Object.hasOwn(instance.ports, port.name) ? instance.ports[port.name] : undefined;
  return named || port.targetPort || port.number;
}

const isDns = ({ spec: { resolution } }: ServiceEntry) =>
  resolution === 'DNS' || resolution === 'DNS_ROUND_ROBIN';

function instancesOf(mesh: Mesh, entry: ServiceEntry): readonly WorkloadInstance[] {
  const namespace = entry.metadata.namespace ?? '';
  const { workloadSelector, endpoints } = entry.spec;
  if (workloadSelector === undefined) {
    return endpoints.map((spec, index) =>
      instanceOf(
        mesh,
        spec,
        spec.labels ?? {},
        namespace,
        originOf(entry, `spec.endpoints.${index}`),
      ),
    );
  }
  const pods = mesh.flags.enabled('PILOT_ENABLE_SERVICEENTRY_SELECT_PODS')
    ? podInstances(mesh, namespace)
    : [];
  const candidates = [...(entryInstances(mesh).get(namespace) ?? []), ...pods];
  return candidates.filter(
    item => labelsMatch(workloadSelector.labels, item.labels) && (!item.dnsOnly || isDns(entry)),
  );
}

/** The host itself, to be resolved by Envoy: DNS resolution without endpoints and selector. */
function hostEndpoint(entry: ServiceEntry, hostname: string, port: ServiceEntryPort): MeshEndpoint {
  const index = entry.spec.hosts.indexOf(hostname);
  return {
    address: hostname,
    port: port.targetPort || port.number,
    servicePortName: port.name,
    servicePort: port.number,
    labels: {},
    tlsMode: 'disabled',
    health: 'healthy',
    healthUnset: true,
    network: '',
    weight: 1,
    namespace: entry.metadata.namespace ?? '',
    serviceAccount: '',
    origin: originOf(entry, `spec.hosts.${index}`),
  };
}

/**
 * Endpoints of one host of a ServiceEntry, for all its ports
 * (`pilot/pkg/serviceregistry/serviceentry/conversion.go:convertServiceEntryToInstances`).
 */
export function entryEndpoints(
  mesh: Mesh,
  entry: ServiceEntry,
  hostname: string,
): readonly MeshEndpoint[] {
  const { spec } = entry;
  const resolvesHost =
    isDns(entry) && spec.endpoints.length === 0 && spec.workloadSelector === undefined;
  if (resolvesHost) return spec.ports.map(port => hostEndpoint(entry, hostname, port));
  const instances = instancesOf(mesh, entry);
  return spec.ports.flatMap(port =>
    instances.map(instance => ({
      ...instance.common,
      address: instance.address,
      port: portOf(instance, port),
      servicePortName: port.name,
      servicePort: port.number,
      labels: instance.labels,
    })),
  );
}
