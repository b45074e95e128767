import { allocationOf, assumedClusterIp } from '../addresses/assumed-service-addresses';
import { sortByCreation } from '../creation-order';
import { derive, getOrMake, pushTo } from '../derive';
import type { Mesh } from '../mesh';
import { namespaceLabels } from '../settings/discovery';
import { resolveAliases } from './aliases';
import {
  defaultExportTo,
  type ExportTo,
  entryVisibility,
  isExportedTo,
  narrowExportTo,
} from './export-to';
import { convertService } from './kubernetes-service';
import type { MeshService } from './service';
import { convertServiceEntry } from './service-entry-services';

function kubernetesServices(mesh: Mesh, defaults: ExportTo): readonly MeshService[] {
  const context = {
    clusterDomain: mesh.clusterDomain,
    exportTo: (given: ExportTo) => (given.length === 0 ? defaults : given),
    assumedAddress: (service: Parameters<typeof assumedClusterIp>[1]) =>
      assumedClusterIp(mesh, service),
  };
  return mesh.discovered.services.map(service => convertService(service, context));
}

function entryServices(mesh: Mesh, defaults: ExportTo): readonly MeshService[] {
  const labelsOf = namespaceLabels(mesh.resources);
  const { config } = mesh.meshConfig;
  const visibilities = new Map<string, ReturnType<typeof entryVisibility>>();
  const visibilityOf = (namespace: string) =>
    getOrMake(visibilities, namespace, () =>
      entryVisibility(config, mesh.istioVersion, labelsOf(namespace)),
    );
  const allocation = allocationOf(mesh);
  const context = {
    exportTo: (given: ExportTo, namespace: string) =>
      narrowExportTo(given.length === 0 ? defaults : given, visibilityOf(namespace), namespace),
    allocated: allocation.of,
  };
  const entries = sortByCreation(mesh.discovered.serviceEntries, entry => entry.metadata);
  return entries.flatMap(entry => convertServiceEntry(entry, context));
}

/**
 * All services, oldest first, then by name (of a ServiceEntry's service: its host) and namespace
 * (`push_context.go:SortServicesByCreationTime`). Namesakes of one second keep the order of their ServiceEntries.
 */
export const registryServices: (mesh: Mesh) => readonly MeshService[] = derive(
  mesh => [
    mesh.discovered.services,
    mesh.discovered.serviceEntries,
    mesh.resources.namespaces,
    mesh.meshConfig.config,
    mesh.flags,
    mesh.options,
    mesh.istioVersion,
    mesh.clusterDomain,
  ],
  mesh => {
    const { config } = mesh.meshConfig;
    const defaults = defaultExportTo(config.defaultServiceExportTo, mesh.istioVersion);
    const all = [...kubernetesServices(mesh, defaults), ...entryServices(mesh, defaults)];
    return resolveAliases(sortByCreation(all, service => service));
  },
);

interface VisibilityIndex {
  readonly own: ReadonlyMap<string, readonly MeshService[]>;
  readonly exported: ReadonlyMap<string, readonly MeshService[]>;
  readonly everywhere: readonly MeshService[];
  /** Where in `everywhere` the services of a namespace stand. */
  readonly positions: ReadonlyMap<string, readonly number[]>;
  /** Namespaces with services that are not public. */
  readonly restricted: ReadonlySet<string>;
}

/** `push_context.go:initServiceRegistry`: `*` beats all, `~` hides, the own namespace counts once. */
const visibilityIndex = derive(
  mesh => [registryServices(mesh)],
  (mesh): VisibilityIndex => {
    const own = new Map<string, MeshService[]>();
    const exported = new Map<string, MeshService[]>();
    const everywhere: MeshService[] = [];
    const positions = new Map<string, number[]>();
    const restricted = new Set<string>();
    for (const service of registryServices(mesh)) {
      const { exportTo, namespace } = service;
      if (exportTo.includes('*')) {
        pushTo(positions, namespace, everywhere.length);
        everywhere.push(service);
        continue;
      }
      restricted.add(namespace);
      if (!exportTo.includes('~')) {
        if (isExportedTo(exportTo, namespace, namespace)) pushTo(own, namespace, service);
        for (const target of new Set(exportTo)) {
          if (target !== '.' && target !== namespace) pushTo(exported, target, service);
        }
      }
    }
    return { own, exported, everywhere, positions, restricted };
  },
);

/** Services that only proxies of some namespaces see, among them this one: its private ones, then those exported to it. */
function nearerServices(mesh: Mesh, namespace: string): readonly MeshService[] {
  const { own, exported } = visibilityIndex(mesh);
  return [...(own.get(namespace) ?? []), ...(exported.get(namespace) ?? [])];
}

/** Services that proxies of a namespace may see: its private ones, those exported to it, then the public ones. */
export function servicesExportedTo(mesh: Mesh, namespace: string): readonly MeshService[] {
  const { everywhere } = visibilityIndex(mesh);
  const nearer = nearerServices(mesh, namespace);
  return nearer.length === 0 ? everywhere : [...nearer, ...everywhere];
}

/** The same in the same order, but only services of the namespaces named. */
export function servicesExportedFrom(
  mesh: Mesh,
  namespace: string,
  owners: Iterable<string>,
): readonly MeshService[] {
  const { everywhere, positions } = visibilityIndex(mesh);
  const wanted = new Set(owners);
  const places = [...wanted].flatMap(owner => positions.get(owner) ?? []).sort((a, b) => a - b);
  return [
    ...nearerServices(mesh, namespace).filter(service => wanted.has(service.namespace)),
    ...places.flatMap(place => everywhere[place] ?? []),
  ];
}

/** True when proxies of the namespace see exactly the public services and none of them in two namespaces, one being this. */
export function seesOnlyPublic(mesh: Mesh, namespace: string): boolean {
  return (
    !visibilityIndex(mesh).restricted.has(namespace) &&
    nearerServices(mesh, namespace).length === 0 &&
    !ambiguousNamespaces(mesh).has(namespace)
  );
}

/** True when proxies of `namespace` may use the service (`push_context.go:IsServiceVisible`). */
export function isVisible(service: MeshService, namespace: string): boolean {
  return isExportedTo(service.exportTo, service.namespace, namespace);
}

/** By host and namespace: the oldest, but a Kubernetes Service before a ServiceEntry (`push_context.go:initServiceRegistry`). */
const byHostAndNamespace = derive(
  mesh => [registryServices(mesh)],
  (mesh): ReadonlyMap<string, ReadonlyMap<string, MeshService>> => {
    const index = new Map<string, Map<string, MeshService>>();
    for (const service of registryServices(mesh)) {
      const namespaces = getOrMake(index, service.hostname, () => new Map<string, MeshService>());
      const existing = namespaces.get(service.namespace);
      const replaces = existing?.registry === 'external' && service.registry === 'kubernetes';
      if (existing === undefined || replaces) namespaces.set(service.namespace, service);
    }
    return index;
  },
);

/** Namespaces with a service whose host another namespace has as well. */
const ambiguousNamespaces = derive(
  mesh => [registryServices(mesh)],
  (mesh): ReadonlySet<string> =>
    new Set(
      [...byHostAndNamespace(mesh).values()].flatMap(namespaces =>
        namespaces.size > 1 ? [...namespaces.keys()] : [],
      ),
    ),
);

const none: ReadonlyMap<string, MeshService> = new Map();

/** The service that stands for a host in each namespace that has one. */
export function servicesOfHost(mesh: Mesh, hostname: string): ReadonlyMap<string, MeshService> {
  return byHostAndNamespace(mesh).get(hostname) ?? none;
}

export function findService(
  mesh: Mesh,
  hostname: string,
  namespace: string,
): MeshService | undefined {
  return servicesOfHost(mesh, hostname).get(namespace);
}
