import type { EndpointSlice, Service, ServiceEntry } from '../../resources';
import { sortByCreation } from '../creation-order';
import { derive, getOrMake, pushTo } from '../derive';
import { labelsMatch } from '../labels';
import type { Mesh } from '../mesh';
import { serviceHostname } from '../registry/kubernetes-service';
import type { MeshService } from '../registry/service';
import type { MeshEndpoint } from './endpoint';
import { entryEndpoints, entryInstances } from './entry-endpoints';
import { selectedEndpoints } from './selected-endpoints';
import { serviceNameLabel, sliceEndpoints } from './slice-endpoints';

const hostKey = (hostname: string, namespace: string) => `${namespace}/${hostname}`;

interface Sources {
  readonly services: ReadonlyMap<string, Service>;
  readonly slices: ReadonlyMap<string, readonly EndpointSlice[]>;
  readonly entries: ReadonlyMap<string, readonly ServiceEntry[]>;
}

/** Where the endpoints of a host in a namespace come from. */
const sourcesOf = derive(
  mesh => [
    mesh.discovered.services,
    mesh.discovered.endpointSlices,
    mesh.discovered.serviceEntries,
    mesh.clusterDomain,
  ],
  (mesh): Sources => {
    const services = new Map<string, Service>();
    for (const service of mesh.discovered.services) {
      const { name, namespace = '' } = service.metadata;
      services.set(
        hostKey(serviceHostname(name, namespace, mesh.clusterDomain), namespace),
        service,
      );
    }
    const slices = new Map<string, EndpointSlice[]>();
    for (const slice of mesh.discovered.endpointSlices) {
      const { labels, namespace = '' } = slice.metadata;
      const name = Object.hasOwn(labels, serviceNameLabel) ? labels[serviceNameLabel] : undefined;
      if (name !== undefined) pushTo(slices, `${namespace}/${name}`, slice);
    }
    const entries = new Map<string, ServiceEntry[]>();
    for (const entry of sortByCreation(mesh.discovered.serviceEntries, item => item.metadata)) {
      for (const host of new Set(entry.spec.hosts)) {
        pushTo(entries, hostKey(host, entry.metadata.namespace ?? ''), entry);
      }
    }
    return { services, slices, entries };
  },
);

/** WorkloadEntries that a Service selects (`controller.go:serviceInstancesFromWorkloadInstances`). */
function workloadEntryEndpoints(mesh: Mesh, service: Service): readonly MeshEndpoint[] {
  const { selector, clusterIP, ports } = service.spec;
  if (selector === undefined || clusterIP === 'None' || service.spec.type === 'ExternalName')
    return [];
  if (!mesh.flags.enabled('PILOT_ENABLE_K8S_SELECT_WORKLOAD_ENTRIES')) return [];
  const instances = entryInstances(mesh).get(service.metadata.namespace ?? '') ?? [];
  return instances
    .filter(item => !item.dnsOnly && labelsMatch(selector, item.labels))
    .flatMap(item =>
      ports.flatMap((port): MeshEndpoint[] => {
        const { targetPort = port.port, name = '' } = port;
        const wanted = typeof targetPort === 'string' ? targetPort : name;
        const named = Object.hasOwn(item.ports, wanted) ? item.ports[wanted] : undefined;
        const target = named || (typeof targetPort === 'number' ? targetPort || port.port : 0);
        if (target === 0) return [];
        const { common, address, labels } = item;
        return [{ ...common, address, port: target, servicePortName: name, labels }];
      }),
    );
}

function kubernetesEndpoints(mesh: Mesh, service: Service): readonly MeshEndpoint[] {
  const { name, namespace = '' } = service.metadata;
  const slices = sourcesOf(mesh).slices.get(`${namespace}/${name}`) ?? [];
  const own = sliceEndpoints(mesh, service, slices) ?? selectedEndpoints(mesh, service);
  return [...own, ...workloadEntryEndpoints(mesh, service)];
}

const endpointCache = derive(
  mesh => [mesh.discovered, mesh.resources, mesh.flags, mesh.options, mesh.meshConfig.config],
  () => new Map<string, readonly MeshEndpoint[]>(),
);

/**
 * All endpoints of a host in a namespace, of Kubernetes and of every ServiceEntry together: istiod keeps them in one
 * place (`pilot/pkg/model/endpointshards.go:ShardsForService`).
 */
export function endpointsOf(
  mesh: Mesh,
  { hostname, namespace }: Pick<MeshService, 'hostname' | 'namespace'>,
): readonly MeshEndpoint[] {
  const key = hostKey(hostname, namespace);
  return getOrMake(endpointCache(mesh), key, () => {
    const { services, entries } = sourcesOf(mesh);
    const service = services.get(key);
    return [
      ...(service === undefined ? [] : kubernetesEndpoints(mesh, service)),
      ...(entries.get(key) ?? []).flatMap(entry => entryEndpoints(mesh, entry, hostname)),
    ];
  });
}

/** Endpoints of a service port by its name: what EDS sends (`pilot/pkg/xds/endpoints/endpoint_builder.go`). */
export function endpointsByName(
  mesh: Mesh,
  service: Pick<MeshService, 'hostname' | 'namespace'>,
  portName: string,
): readonly MeshEndpoint[] {
  return endpointsOf(mesh, service).filter(({ servicePortName }) => servicePortName === portName);
}

/**
 * Endpoints of a service port by its number, for clusters with a static or DNS list, headless listeners and the name
 * table: ServiceEntry endpoints by number, Kubernetes endpoints by the port's name (`endpointshards.go:CopyEndpoints`).
 */
export function endpointsByPort(
  mesh: Mesh,
  service: Pick<MeshService, 'hostname' | 'namespace' | 'ports'>,
  port: number,
): readonly MeshEndpoint[] {
  const name = service.ports.find(item => item.port === port)?.name;
  return name === undefined
    ? []
    : endpointsOf(mesh, service).filter(({ servicePort, servicePortName }) =>
        servicePort === undefined ? servicePortName === name : servicePort === port,
      );
}
