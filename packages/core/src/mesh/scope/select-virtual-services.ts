import { hostCovers } from '../../net';
import type { Mesh } from '../mesh';
import { meshGateway } from '../routing/short-names';
import type { MeshVirtualService } from '../routing/virtual-service';
import { virtualServicesSeenFrom } from '../routing/virtual-service-index';
import {
  anyNamespace,
  type HostSet,
  type ImportHosts,
  importsVirtualService,
} from './import-hosts';

const excludes = (set: HostSet | undefined, host: string) =>
  set?.all.some(pattern => hostCovers(pattern, host)) === true;

/**
 * VirtualServices of gateway `mesh` of which one host is imported and not excluded, from their own namespace or from
 * any; they come as a whole (`pilot/pkg/model/virtualservice.go:SelectVirtualServices`).
 */
export function selectVirtualServices(
  mesh: Mesh,
  namespace: string,
  { imported, excluded }: ImportHosts,
): readonly MeshVirtualService[] {
  const wildcard = imported.get(anyNamespace);
  const all = virtualServicesSeenFrom(mesh, namespace, meshGateway);
  if (excluded.size === 0 && wildcard?.all.includes('*') === true) return all;
  return all.filter(item => {
    const own = imported.get(item.namespace);
    return item.hosts.some(
      host =>
        !excludes(excluded.get(item.namespace), host) &&
        !excludes(excluded.get(anyNamespace), host) &&
        ((own !== undefined && importsVirtualService(own, host)) ||
          (wildcard !== undefined && importsVirtualService(wildcard, host))),
    );
  });
}
