import { derive, getOrMake, pushTo } from '../derive';
import type { Mesh } from '../mesh';
import type { Proxy } from '../proxy/proxy';
import { meshGateway } from './short-names';
import type { MeshVirtualService } from './virtual-service';
import { meshVirtualServices, virtualServiceExportTo } from './virtual-services';

/** VirtualServices of one gateway name, by who sees them. */
interface GatewayIndex {
  readonly own: Map<string, MeshVirtualService[]>;
  readonly exported: Map<string, MeshVirtualService[]>;
  readonly everywhere: MeshVirtualService[];
}

function add(index: GatewayIndex, item: MeshVirtualService, exportTo: readonly string[]): void {
  const { namespace } = item;
  if (exportTo.includes('*')) index.everywhere.push(item);
  else if (!exportTo.includes('~')) {
    const targets = new Set(exportTo.map(target => (target === '.' ? namespace : target)));
    for (const target of targets) {
      pushTo(target === namespace ? index.own : index.exported, target, item);
    }
  }
}

/** `push_context.go:initVirtualServices`. */
const byGateway = derive(
  mesh => [meshVirtualServices(mesh), mesh.meshConfig.config],
  (mesh): ReadonlyMap<string, GatewayIndex> => {
    const index = new Map<string, GatewayIndex>();
    for (const item of meshVirtualServices(mesh)) {
      const exportTo = virtualServiceExportTo(mesh, item.resource);
      for (const gateway of new Set(item.gateways)) {
        const entry = getOrMake(index, gateway, () => ({
          own: new Map(),
          exported: new Map(),
          everywhere: [],
        }));
        add(entry, item, exportTo);
      }
    }
    return index;
  },
);

/**
 * VirtualServices bound to a gateway (or `mesh`) that proxies of a namespace see: private ones, those exported to it,
 * then the public ones, each oldest first (`push_context.go:VirtualServicesForGateway`).
 */
export function virtualServicesSeenFrom(
  mesh: Mesh,
  namespace: string,
  gateway: string,
): readonly MeshVirtualService[] {
  const index = byGateway(mesh).get(gateway);
  if (index === undefined) return [];
  const nearer = [...(index.own.get(namespace) ?? []), ...(index.exported.get(namespace) ?? [])];
  return nearer.length === 0 ? index.everywhere : [...nearer, ...index.everywhere];
}

/** True when proxies of the namespace see exactly the public VirtualServices of `mesh`, and none asks who calls. */
export function seesOnlyPublicRoutes(mesh: Mesh, namespace: string): boolean {
  const index = byGateway(mesh).get(meshGateway);
  if (index === undefined) return true;
  return !index.own.has(namespace) && !index.exported.has(namespace) && !asksNamespace(mesh);
}

const asksNamespace = derive(
  mesh => [meshVirtualServices(mesh)],
  mesh =>
    meshVirtualServices(mesh).some(({ http }) =>
      http.some(({ match }) => match.some(item => item.sourceNamespace !== undefined)),
    ),
);

/** VirtualServices of a gateway that a gateway proxy serves; `gateway` is `namespace/name`. */
export function virtualServicesForGateway(
  mesh: Mesh,
  proxy: Proxy,
  gateway: string,
): readonly MeshVirtualService[] {
  return virtualServicesSeenFrom(mesh, proxy.namespace, gateway);
}
