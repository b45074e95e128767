import type { PodSpec } from '../../resources';
import type { Analyzer } from './analyzer';
import { isControlPlane } from './control-plane';
import { type AnalysisMessage, messageOn, type Reported } from './message';

const proxyUid = 1337;
const message = 'User ID (UID) 1337 is reserved for the sidecar proxy.';

function* uses(resource: Reported, spec: PodSpec): Iterable<AnalysisMessage> {
  if (isControlPlane(resource)) return;
  if (spec.securityContext?.runAsUser === proxyUid) yield messageOn('IST0144', resource, message);
  for (const { name, securityContext } of spec.containers) {
    const own = name === 'istio-proxy' || name === 'istio-operator';
    if (!own && securityContext?.runAsUser === proxyUid)
      yield messageOn('IST0144', resource, message);
  }
}

/** The proxy's uid used by an application: its traffic is not captured. Source: `deployment/pod.go`. */
export const applicationUid: Analyzer = {
  name: 'applicationUID.Analyzer',
  codes: ['IST0144'],
  *analyze({ resources }) {
    for (const pod of resources.pods) yield* uses(pod, pod.spec);
    for (const workload of resources.workloads) {
      if (workload.kind === 'Deployment') yield* uses(workload, workload.spec.template.spec);
    }
  },
};
