import { endpointsByPort } from '../endpoints/endpoints';
import type { Mesh } from '../mesh';
import type { MeshService } from '../registry/service';
import { type EffectiveMtlsMode, modeOf, peerAuthenticationsOf } from './peer-authentications';

/** What clients take for granted: the policy of the service's namespace, else of the mesh, else PERMISSIVE. */
function namespaceMode(mesh: Mesh, namespace: string): EffectiveMtlsMode {
  const policies = peerAuthenticationsOf(mesh);
  const wide = namespace === mesh.rootNamespace ? undefined : policies.get(namespace)?.wide;
  return modeOf(wide) ?? modeOf(policies.get(mesh.rootNamespace)?.wide) ?? 'PERMISSIVE';
}

/**
 * The mode that a client assumes for automatic mTLS (`push_context.go:BestEffortInferServiceMTLSMode`): policies with a
 * selector or for a port do not count; calls to original addresses use mTLS only if all endpoints take it. `undefined` for services outside
 * the mesh.
 */
export function serviceMtlsModeOf(
  mesh: Mesh,
  service: MeshService,
  port: number,
  passthrough = service.resolution === 'Passthrough',
): EffectiveMtlsMode | undefined {
  if (service.meshExternal) return undefined;
  if (passthrough) {
    const endpoints = endpointsByPort(mesh, service, port);
    const all = endpoints.length > 0 && endpoints.every(({ tlsMode }) => tlsMode === 'istio');
    if (!all) return 'DISABLE';
  }
  return namespaceMode(mesh, service.namespace);
}
