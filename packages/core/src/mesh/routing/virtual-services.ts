import type { ObjectRef } from '../../origin';
import { refOf, type VirtualService } from '../../resources';
import { sortByCreation } from '../creation-order';
import { derive } from '../derive';
import type { Mesh } from '../mesh';
import { defaultExportTo, type ExportTo, isExportedTo } from '../registry/export-to';
import { originOf } from '../registry/kubernetes-service';
import { versionHas } from '../versions';
import { mergeDelegateRoute } from './delegate';
import {
  fullGatewayName,
  fullHostname,
  fullHttpRoute,
  fullTcpRoute,
  fullTlsRoute,
  meshGateway,
  type NameScope,
} from './short-names';
import type { MeshHttpRoute, MeshVirtualService } from './virtual-service';

function withFullNames(resource: VirtualService, clusterDomain: string): MeshVirtualService {
  const { metadata, spec } = resource;
  const namespace = metadata.namespace ?? '';
  const scope: NameScope = { namespace, clusterDomain };
  const at = (path: string) => ({ origin: originOf(resource, path) });
  const gateways = spec.gateways.map(name => fullGatewayName(name, namespace));
  return {
    name: metadata.name,
    namespace,
    hosts: spec.hosts.map(host => fullHostname(host, scope)),
    gateways: gateways.length === 0 ? [meshGateway] : gateways,
    http: spec.http.map((route, i) => ({
      ...fullHttpRoute(route, scope),
      ...at(`spec.http.${i}`),
    })),
    tls: spec.tls.map((route, i) => ({ ...fullTlsRoute(route, scope), ...at(`spec.tls.${i}`) })),
    tcp: spec.tcp.map((route, i) => ({ ...fullTcpRoute(route, scope), ...at(`spec.tcp.${i}`) })),
    resource,
    delegates: [],
    origin: originOf(resource, ''),
  };
}

interface Delegates {
  readonly find: (namespace: string, name: string) => MeshVirtualService | undefined;
  readonly exportTo: (delegate: MeshVirtualService) => ExportTo;
}

/** The rules of the delegate in place of the rule that names it; none when it is missing or not exported. */
function expandRoute(
  route: MeshHttpRoute,
  root: MeshVirtualService,
  delegates: Delegates,
  used: ObjectRef[],
): readonly MeshHttpRoute[] {
  if (route.delegate === undefined) return [route];
  const { name, namespace = root.namespace } = route.delegate;
  const delegate = delegates.find(namespace, name);
  if (delegate === undefined) return [];
  if (!isExportedTo(delegates.exportTo(delegate), delegate.namespace, root.namespace)) return [];
  used.push(refOf(delegate.resource));
  return delegate.http.flatMap(leaf => {
    const merged = mergeDelegateRoute(route, leaf);
    return merged === undefined ? [] : [{ ...merged, origin: leaf.origin }];
  });
}

const delegatesRoutes = ({ http }: MeshVirtualService): boolean =>
  http.some(route => route.delegate !== undefined);

function withDelegates(root: MeshVirtualService, delegates: Delegates): MeshVirtualService {
  if (!delegatesRoutes(root)) return root;
  const used: ObjectRef[] = [];
  const http = root.http.flatMap(route => expandRoute(route, root, delegates, used));
  return { ...root, http, delegates: used };
}

export function virtualServiceExportTo(mesh: Mesh, resource: VirtualService): ExportTo {
  const { exportTo = [] } = resource.spec;
  if (exportTo.length > 0) return exportTo;
  return defaultExportTo(mesh.meshConfig.config.defaultVirtualServiceExportTo, mesh.istioVersion);
}

/**
 * VirtualServices in Istio's order, oldest first, with full names and their delegates merged in. One without hosts is a
 * delegate and does nothing by itself (`virtualservice_controller.go:mergeVirtualServices`).
 */
export const meshVirtualServices: (mesh: Mesh) => readonly MeshVirtualService[] = derive(
  mesh => [
    mesh.discovered.virtualServices,
    mesh.meshConfig.config,
    mesh.istioVersion,
    mesh.clusterDomain,
  ],
  mesh => {
    const sorted = sortByCreation(mesh.discovered.virtualServices, item => item.metadata);
    const all = sorted.map(item => withFullNames(item, mesh.clusterDomain));
    const leaves = new Map(
      all
        .filter(item => item.hosts.length === 0)
        .map(item => [`${item.namespace}/${item.name}`, item] as const),
    );
    const delegates: Delegates = {
      find: (namespace, name) => leaves.get(`${namespace}/${name}`),
      exportTo: item => virtualServiceExportTo(mesh, item.resource),
    };
    const roots = all.filter(item => item.hosts.length > 0);
    const ordered = versionHas(mesh.istioVersion, 'delegatingInOrder')
      ? roots
      : [...roots.filter(item => !delegatesRoutes(item)), ...roots.filter(delegatesRoutes)];
    return ordered.map(item => withDelegates(item, delegates));
  },
);
