import { sortByCreation } from '../creation-order';
import { labelsEqual } from '../labels';
import type { Mesh } from '../mesh';
import { isVisible, servicesOfHost } from '../registry/registry';
import type { MeshService } from '../registry/service';
import type { MeshVirtualService } from '../routing/virtual-service';
import { versionHas } from '../versions';
import { anyPort, destinationPorts } from './destinations';
import { trimToPort } from './select-services';

const samePorts = (a: MeshService, b: MeshService) =>
  a.ports.length === b.ports.length &&
  a.ports.every((port, i) => {
    const other = b.ports[i];
    return (
      port.name === other?.name && port.port === other.port && port.protocol === other.protocol
    );
  });

function sameExport(a: readonly string[], b: readonly string[]): boolean {
  const set = new Set(b);
  return new Set(a).size === set.size && a.every(item => set.has(item));
}

/** `sidecar.go:canMergeServices`. */
function canMerge(a: MeshService, b: MeshService): boolean {
  return (
    a.namespace === b.namespace &&
    a.resolution === b.resolution &&
    a.registry === b.registry &&
    labelsEqual(a.labels, b.labels) &&
    labelsEqual(a.selector ?? {}, b.selector ?? {}) &&
    sameExport(a.declaredExportTo, b.declaredExportTo)
  );
}

/** What stays of two services with one host (`sidecar.go:appendSidecarServices`). */
export function mergeServices(existing: MeshService, added: MeshService): MeshService {
  if (existing === added) return existing;
  if (existing.registry !== added.registry) {
    return existing.registry === 'kubernetes' ? existing : added;
  }
  if (samePorts(existing, added) || !canMerge(existing, added)) return existing;
  const known = new Set(existing.ports.map(({ port }) => port));
  return {
    ...existing,
    ports: [...existing.ports, ...added.ports.filter(({ port }) => !known.has(port))],
  };
}

/** The service with the ports that a VirtualService names; nothing when it has none of them. */
function trimToPorts(service: MeshService, ports: ReadonlySet<number>): MeshService | undefined {
  if (ports.size === 0 || ports.has(anyPort)) return service;
  const kept = service.ports.filter(({ port }) => ports.has(port));
  if (kept.length === service.ports.length) return service;
  return kept.length === 0 ? undefined : { ...service, ports: kept };
}

/** Kubernetes first, then the oldest; in older versions the first namespace of the alphabet (`sidecar.go:pickFirstVisibleNamespace`). */
function pickVisible(
  mesh: Mesh,
  candidates: ReadonlyMap<string, MeshService>,
  namespace: string,
): MeshService | undefined {
  if (candidates.size === 0) return undefined;
  const visible = [...candidates.values()].filter(service => isVisible(service, namespace));
  if (visible.length < 2) return visible[0];
  const best =
    versionHas(mesh.istioVersion, 'pickBestServiceNamespace') &&
    mesh.flags.enabled('PILOT_SIDECAR_PICK_BEST_SERVICE_NAMESPACE');
  if (!best) return visible.sort((a, b) => (a.namespace < b.namespace ? -1 : 1))[0];
  const sorted = sortByCreation(visible, service => service);
  return sorted.find(({ registry }) => registry === 'kubernetes') ?? sorted[0];
}

/** The services that a VirtualService's destinations stand for, where the Sidecar does not name them itself. */
export function inferredServices(
  mesh: Mesh,
  namespace: string,
  item: MeshVirtualService,
  port: number | undefined,
): readonly MeshService[] {
  return [...destinationPorts(item, namespace)].flatMap(([host, ports]) => {
    const candidates = servicesOfHost(mesh, host);
    const service = candidates.get(namespace) ?? pickVisible(mesh, candidates, namespace);
    if (service === undefined) return [];
    return (port === undefined ? trimToPorts(service, ports) : trimToPort(service, port)) ?? [];
  });
}

/** Adds a service to those of a scope, keeping one per host. */
export function collect(into: Map<string, MeshService>, service: MeshService): void {
  const existing = into.get(service.hostname);
  into.set(service.hostname, existing === undefined ? service : mergeServices(existing, service));
}
