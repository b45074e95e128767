import type { MeshVirtualService } from '../../mesh';
import { hostCovers, hostsOverlap } from '../../net';
import type { MergedServer } from './merged-servers';

/** Hosts of a server that VirtualServices of a namespace may use (`pkg/config/host:NamesForNamespace`). */
export function hostsForNamespace(server: MergedServer, namespace: string): readonly string[] {
  return server.hosts.flatMap(host => {
    const slash = host.indexOf('/');
    if (slash < 0) return [host];
    return host.slice(0, slash) === namespace ? [host.slice(slash + 1)] : [];
  });
}

/** Hosts that both name, the narrower of each pair (`pkg/config/host:Names.Intersection`). */
export function commonHosts(
  server: MergedServer,
  virtualService: MeshVirtualService,
): readonly string[] {
  const common = new Set<string>();
  for (const own of hostsForNamespace(server, virtualService.namespace)) {
    for (const other of virtualService.hosts) {
      if (hostCovers(other, own)) common.add(own);
      else if (hostCovers(own, other)) common.add(other);
    }
  }
  return [...common];
}

/** True when a VirtualService has a host of the server (`gateway.go:pickMatchingGatewayHosts`). */
export function servesHosts(server: MergedServer, virtualService: MeshVirtualService): boolean {
  return hostsForNamespace(server, virtualService.namespace).some(own =>
    virtualService.hosts.some(other => hostsOverlap(own, other)),
  );
}

/** Hosts of a server without namespaces: what the ClientHello is compared with (`GetSNIHostsForServer`). */
export function sniHosts(server: MergedServer): readonly string[] {
  const names = server.hosts.map(host => host.slice(host.indexOf('/') + 1));
  return [...new Set(names)].sort();
}
