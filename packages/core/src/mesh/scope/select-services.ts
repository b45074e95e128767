import type { EgressListener } from '../../resources';
import type { Mesh } from '../mesh';
import { parseProtocol } from '../registry/protocol';
import { servicesExportedFrom, servicesExportedTo } from '../registry/registry';
import type { MeshService } from '../registry/service';
import { anyNamespace, type HostSet, type ImportHosts, importsService } from './import-hosts';

/** The port that services must have; a proxy listener (HTTP_PROXY) and one without port take all (`sidecar.go:needsPortMatch`). */
export function portToMatch(listener: EgressListener): number | undefined {
  const number = listener.port?.number ?? 0;
  return number === 0 || parseProtocol(listener.port?.protocol ?? '') === 'HTTP_PROXY'
    ? undefined
    : number;
}

/** The service with only this port, or nothing when it has no such port. */
export function trimToPort(service: MeshService, port: number): MeshService | undefined {
  const match = service.ports.find(item => item.port === port);
  if (match === undefined) return undefined;
  return service.ports.length === 1 ? service : { ...service, ports: [match] };
}

/** Aliases that are not imported do not lead to the service (`sidecar.go:matchingAliasService`). */
function trimAliases(hosts: HostSet, service: MeshService): MeshService {
  const aliases = service.aliases.filter(({ hostname }) => importsService(hosts, hostname));
  return aliases.length === service.aliases.length ? service : { ...service, aliases };
}

function excludes(hosts: HostSet | undefined, host: string): boolean {
  return hosts !== undefined && importsService(hosts, host);
}

interface Selection {
  readonly hosts: ImportHosts;
  readonly port: number | undefined;
}

function match(
  hosts: HostSet | undefined,
  service: MeshService,
  { port }: Selection,
): MeshService | undefined {
  if (hosts === undefined || !importsService(hosts, service.hostname)) return undefined;
  const trimmed = port === undefined ? service : trimToPort(service, port);
  return trimmed === undefined ? undefined : trimAliases(hosts, trimmed);
}

function isExcluded({ hostname, namespace }: MeshService, { excluded }: ImportHosts): boolean {
  return (
    excluded.size > 0 &&
    (excludes(excluded.get(namespace), hostname) || excludes(excluded.get(anyNamespace), hostname))
  );
}

/** True when the hosts of an egress listener take in a service, whatever its ports. */
export function isImported(hosts: ImportHosts, service: MeshService): boolean {
  const { imported } = hosts;
  const { hostname, namespace } = service;
  return (
    !isExcluded(service, hosts) &&
    [imported.get(namespace), imported.get(anyNamespace)].some(
      set => set !== undefined && importsService(set, hostname),
    )
  );
}

function select(service: MeshService, selection: Selection): MeshService | undefined {
  const { imported } = selection.hosts;
  const { namespace } = service;
  if (isExcluded(service, selection.hosts)) return undefined;
  return (
    match(imported.get(namespace), service, selection) ??
    match(imported.get(anyNamespace), service, selection)
  );
}

/**
 * Of each host keeps the services of one namespace: the own one, else that of a Kubernetes Service, else the first
 * (`sidecar.go:selectServices`; without PILOT_UNIFIED_SIDECAR_SCOPE Kubernetes has no precedence).
 */
function oneNamespacePerHost(
  services: readonly MeshService[],
  namespace: string,
  preferKubernetes: boolean,
): readonly MeshService[] {
  const chosen = new Map<string, MeshService>();
  let ambiguous = false;
  for (const service of services) {
    const existing = chosen.get(service.hostname);
    if (existing === undefined) {
      chosen.set(service.hostname, service);
      continue;
    }
    ambiguous ||= existing.namespace !== service.namespace;
    const better =
      preferKubernetes && existing.registry === 'external' && service.registry === 'kubernetes';
    if (service.namespace === namespace || (better && existing.namespace !== namespace)) {
      chosen.set(service.hostname, service);
    }
  }
  if (!ambiguous) return services;
  return services.filter(service => chosen.get(service.hostname)?.namespace === service.namespace);
}

const takesAll = ({ imported, excluded }: ImportHosts) =>
  excluded.size === 0 && imported.get(anyNamespace)?.all.includes('*') === true;

/** What an egress listener imports, in Istio's order. */
export function selectServices(
  mesh: Mesh,
  namespace: string,
  listener: EgressListener,
  hosts: ImportHosts,
): readonly MeshService[] {
  const visible = hosts.imported.has(anyNamespace)
    ? servicesExportedTo(mesh, namespace)
    : servicesExportedFrom(mesh, namespace, hosts.imported.keys());
  const port = portToMatch(listener);
  const everything = takesAll(hosts) && hosts.imported.size === 1 && port === undefined;
  const imported = everything
    ? visible
    : visible.flatMap(service => select(service, { hosts, port }) ?? []);
  const unified = mesh.flags.enabled('PILOT_UNIFIED_SIDECAR_SCOPE');
  return oneNamespacePerHost(imported, namespace, unified);
}
