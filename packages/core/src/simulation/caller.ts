import { findWorkload, type Mesh } from '../mesh';
import type { Container, PodSpec } from '../resources';
import { stackAt, stacksOf } from './pod/build-stack';
import type { PodStack, ProcessIdentity } from './pod/pod-stack';
import type { Call } from './trace';

/** An ordinary user: what a container runs as is the image's business unless the pod says it. */
const ordinary: ProcessIdentity = { uid: 1000, gid: 1000 };

function containerOf(spec: PodSpec, name: string | undefined): Container | undefined {
  const all = [...spec.containers, ...spec.initContainers];
  if (name !== undefined) return all.find(container => container.name === name);
  return spec.containers.find(container => container.name !== 'istio-proxy');
}

/** Who makes the call. */
export interface Caller {
  readonly identity: ProcessIdentity;
  readonly container?: string;
  /** True when neither the call nor the pod says the user. */
  readonly assumed: boolean;
}

export function callerOf(call: Call, stack: PodStack): Caller {
  const container = containerOf(stack.spec, call.container);
  const own = container?.securityContext;
  const pod = stack.spec.securityContext;
  const uid = call.uid ?? own?.runAsUser ?? pod?.runAsUser;
  const gid = call.gid ?? own?.runAsGroup ?? pod?.runAsGroup;
  return {
    identity: { uid: uid ?? ordinary.uid, gid: gid ?? (uid === undefined ? ordinary.gid : 0) },
    assumed: uid === undefined,
    ...(container !== undefined && { container: container.name }),
  };
}

/** The pod that the call starts in, or of an incoming call the one that it goes to. */
export function stackOfCall(mesh: Mesh, call: Call): PodStack | undefined {
  if ('outside' in call.from) return stackAt(mesh, call.address ?? call.to);
  const workload = findWorkload(mesh, call.from);
  if (workload === undefined) return undefined;
  const stacks = stacksOf(mesh, workload);
  return stacks.find(({ name }) => name === call.pod) ?? stacks[0];
}
