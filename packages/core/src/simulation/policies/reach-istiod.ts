import type { PodStack } from '../pod/pod-stack';
import type { Run } from '../run';
import { judgeConnection } from './judge-connection';
import { endOfStack, podWith } from './pod-end';

/** istiod's port for configuration over TLS (`manifests/charts/istio-control/istio-discovery/templates/service.yaml`). */
const xdsPort = 15012;

/** Says what the answer of a proxy rests on that NetworkPolicies keep from istiod. */
export function assumeConfigured({ mesh, options, recorder }: Run, stack: PodStack): void {
  if (options.withoutNetworkPolicies === true || mesh.resources.networkPolicies.length === 0)
    return;
  const istiod = podWith(mesh, mesh.rootNamespace, { app: 'istiod' });
  const at = { port: xdsPort, protocol: 'TCP' } as const;
  const { refusal } = judgeConnection(mesh, endOfStack(stack, undefined), istiod, at);
  if (refusal?.kind !== 'denied') return;
  recorder.assume({
    code: 'proxy-configuration-assumed',
    message: `the proxy of ${stack.namespace}/${stack.name} has its configuration, though it cannot get it now: ${refusal.message}`,
    ...(refusal.origin !== undefined && { origin: refusal.origin }),
  });
}
