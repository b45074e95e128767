import type { Sidecar } from '../../resources';
import type { Mesh } from '../mesh';
import { originOf } from '../registry/kubernetes-service';
import type { OutboundPolicy } from './sidecar-scope';

/** Which kind of Sidecar decides. */
function levelOf(mesh: Mesh, sidecar: Sidecar, namespace: string): OutboundPolicy['level'] {
  if (sidecar.spec.workloadSelector !== undefined) return 'workload';
  const inRoot = sidecar.metadata.namespace === mesh.rootNamespace;
  return inRoot && namespace !== mesh.rootNamespace ? 'root' : 'namespace';
}

/**
 * The policy for calls that no registry object takes: the Sidecar's message as a whole when it is present, even empty, which
 * is REGISTRY_ONLY; else the mesh's (`sidecar.go:initSidecarScopeInternalIndexes`).
 */
export function decideOutboundPolicy(
  mesh: Mesh,
  sidecar: Sidecar | undefined,
  namespace: string,
): OutboundPolicy {
  const own = sidecar?.spec.outboundTrafficPolicy;
  if (sidecar !== undefined && own !== undefined) {
    return {
      ...own,
      level: levelOf(mesh, sidecar, namespace),
      origin: originOf(sidecar, 'spec.outboundTrafficPolicy'),
    };
  }
  const { mode, tls } = mesh.meshConfig.config.outboundTrafficPolicy;
  return {
    mode,
    ...(tls === undefined ? {} : { tls }),
    level: 'mesh',
    origin: mesh.meshConfig.origin('outboundTrafficPolicy.mode'),
  };
}

/** A gateway forwards only what it has a route for. */
export const gatewayPolicy: OutboundPolicy = {
  mode: 'REGISTRY_ONLY',
  level: 'gateway',
  origin: { kind: 'default', default: 'a gateway has no outboundTrafficPolicy' },
};
