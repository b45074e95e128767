import type { Pod, WorkloadResource } from '../../resources';
import type { WorkloadRef } from './workload';

/** Finds a workload's manifest by kind, namespace and name. */
export type FindResource = (ref: WorkloadRef) => WorkloadResource | undefined;

const hashLabel = 'pod-template-hash';

/** Name of the Deployment that made this ReplicaSet: its name without the hash of the template. */
function deploymentName(replicaSet: string, pod: Pod): string | undefined {
  const { labels } = pod.metadata;
  const hash = Object.hasOwn(labels, hashLabel) ? labels[hashLabel] : undefined;
  const suffix = `-${hash ?? ''}`;
  return hash !== undefined && replicaSet.endsWith(suffix)
    ? replicaSet.slice(0, -suffix.length)
    : undefined;
}

function ownerOf(
  object: { readonly metadata: Pod['metadata'] },
  namespace: string,
): WorkloadRef | undefined {
  const owner = object.metadata.ownerReferences?.[0];
  return owner === undefined ? undefined : { kind: owner.kind, namespace, name: owner.name };
}

/**
 * The workload a pod belongs to: its owner, and of a ReplicaSet or Job again the owner; the pod itself when it has none.
 * Where the ReplicaSet is not in the input its name tells the Deployment, as istiod takes it
 * (`pkg/kube/controllers:GetWorkloadNameFromPod`).
 */
export function workloadOfPod(pod: Pod, find: FindResource): WorkloadRef {
  const namespace = pod.metadata.namespace ?? '';
  const owner = ownerOf(pod, namespace);
  if (owner === undefined) return { kind: 'Pod', namespace, name: pod.metadata.name };
  const manifest = find(owner);
  const above = manifest === undefined ? undefined : ownerOf(manifest, namespace);
  if (above !== undefined) return above;
  if (owner.kind === 'ReplicaSet' && manifest === undefined) {
    const name = deploymentName(owner.name, pod);
    if (name !== undefined) return { kind: 'Deployment', namespace, name };
  }
  return owner;
}
