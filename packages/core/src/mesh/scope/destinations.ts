import type { Destination } from '../../resources';
import type { MeshHttpRoute, MeshVirtualService } from '../routing/virtual-service';

/** A destination without a port stands for all ports of its service. */
export const anyPort = 0;

/**
 * False when matches name source namespaces and none of them is this one; matches for any namespace beside them do not
 * help (`push_context.go:virtualServiceDestinationsFilteredBySourceNamespace`).
 */
function appliesTo(route: MeshHttpRoute, namespace: string): boolean {
  const named = route.match.flatMap(({ sourceNamespace = '' }) => sourceNamespace || []);
  return named.length === 0 || named.includes(namespace);
}

function destinationsOf(item: MeshVirtualService, namespace: string): readonly Destination[] {
  const http = item.http.filter(route => appliesTo(route, namespace));
  return [
    ...http.flatMap(({ route, mirror, mirrors = [] }) => [
      ...route.map(({ destination }) => destination),
      ...(mirror === undefined ? [] : [mirror]),
      ...mirrors.map(({ destination }) => destination),
    ]),
    ...[...item.tcp, ...item.tls].flatMap(({ route }) =>
      route.map(({ destination }) => destination),
    ),
  ];
}

/** Hosts that a VirtualService sends to, with the ports that it names of each. */
export function destinationPorts(
  item: MeshVirtualService,
  namespace: string,
): ReadonlyMap<string, ReadonlySet<number>> {
  const ports = new Map<string, Set<number>>();
  for (const { host, port = anyPort } of destinationsOf(item, namespace)) {
    const known = ports.get(host) ?? new Set<number>();
    ports.set(host, known.add(port));
  }
  return ports;
}
