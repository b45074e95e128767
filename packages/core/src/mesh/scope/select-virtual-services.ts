import type { Mesh } from '../mesh';
import { meshGateway } from '../routing/short-names';
import type { MeshVirtualService } from '../routing/virtual-service';
import { virtualServicesSeenFrom } from '../routing/virtual-service-index';
import { anyNamespace, type ImportHosts, importsVirtualService } from './import-hosts';

/**
 * VirtualServices of gateway `mesh` of which one host is imported, from their own namespace or from any; they come as a
 * whole (`pilot/pkg/model/virtualservice.go:SelectVirtualServices`).
 */
export function selectVirtualServices(
  mesh: Mesh,
  namespace: string,
  { imported }: ImportHosts,
): readonly MeshVirtualService[] {
  const wildcard = imported.get(anyNamespace);
  const all = virtualServicesSeenFrom(mesh, namespace, meshGateway);
  if (wildcard?.all.includes('*') === true) return all;
  return all.filter(item => {
    const own = imported.get(item.namespace);
    return item.hosts.some(
      host =>
        (own !== undefined && importsVirtualService(own, host)) ||
        (wildcard !== undefined && importsVirtualService(wildcard, host)),
    );
  });
}
