import { sortByCreation } from '../creation-order';
import { derive } from '../derive';
import { labelsMatch } from '../labels';
import type { Mesh } from '../mesh';
import type { Proxy } from '../proxy/proxy';
import { originOf } from '../registry/kubernetes-service';
import type { MeshGateway } from './gateway';

const sortedGateways = derive(
  mesh => [mesh.discovered.gateways],
  (mesh): readonly MeshGateway[] =>
    sortByCreation(mesh.discovered.gateways, item => item.metadata).map(gateway => ({
      name: `${gateway.metadata.namespace ?? ''}/${gateway.metadata.name}`,
      gateway,
      origin: originOf(gateway, ''),
    })),
);

/**
 * Gateways whose selector takes the proxy, in any namespace, oldest first; an empty selector takes every gateway proxy
 * (`push_context.go:mergeGateways`; PILOT_SCOPE_GATEWAY_TO_NAMESPACE confines them to the proxy's namespace).
 */
export function gatewaysOf(mesh: Mesh, proxy: Proxy): readonly MeshGateway[] {
  const scoped = mesh.flags.enabled('PILOT_SCOPE_GATEWAY_TO_NAMESPACE');
  return sortedGateways(mesh).filter(
    ({ gateway }) =>
      labelsMatch(gateway.spec.selector, proxy.labels) &&
      (!scoped || gateway.metadata.namespace === proxy.namespace),
  );
}
