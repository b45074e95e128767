import type { Pod, WorkloadResource } from '../../resources';
import type { WorkloadRef } from './workload';

/** Finds a workload's manifest by kind, namespace and name. */
export type FindResource = (ref: WorkloadRef) => WorkloadResource | undefined;

const ownText = (record: Readonly<Record<string, string>>, key: string): string | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;

/** A ReplicaSet's name is its maker's and the hash of the template, which its pods have as a label. */
function withoutHash(replicaSet: string, hash: string | undefined): string | undefined {
  const suffix = `-${hash ?? ''}`;
  return hash !== undefined && replicaSet.endsWith(suffix)
    ? replicaSet.slice(0, -suffix.length)
    : undefined;
}

/** A CronJob's name and the minute or second of a run. */
const scheduledJob = /^(.+)-\d{8,10}$/;

type Maker = Pick<WorkloadRef, 'kind' | 'name'>;

/** Who made the owner of a pod, as far as names and labels tell it (istiod: `pkg/kube/util.go:GetWorkloadMetaFromPod`). */
function makerOf({ kind, name }: WorkloadRef, { metadata: { labels } }: Pod): Maker | undefined {
  const maker = (makerKind: string, makerName: string | undefined): Maker | undefined =>
    makerName === undefined ? undefined : { kind: makerKind, name: makerName };
  switch (kind) {
    case 'ReplicaSet':
      return (
        maker('Deployment', withoutHash(name, ownText(labels, 'pod-template-hash'))) ??
        maker('Rollout', withoutHash(name, ownText(labels, 'rollouts-pod-template-hash')))
      );
    case 'ReplicationController':
      return maker('DeploymentConfig', ownText(labels, 'deploymentconfig'));
    case 'Job':
      return maker('CronJob', scheduledJob.exec(name)?.[1]);
    default:
      return undefined;
  }
}

function ownerOf(
  object: { readonly metadata: Pod['metadata'] },
  namespace: string,
): WorkloadRef | undefined {
  const owner = object.metadata.ownerReferences?.[0];
  return owner === undefined ? undefined : { kind: owner.kind, namespace, name: owner.name };
}

/**
 * The workload a pod belongs to: its owner, and of a ReplicaSet, ReplicationController or Job again the owner; the pod itself
 * when it has none. Where the one in between is not in the input, names and labels tell who made it.
 */
export function workloadOfPod(pod: Pod, find: FindResource): WorkloadRef {
  const namespace = pod.metadata.namespace ?? '';
  const owner = ownerOf(pod, namespace);
  if (owner === undefined) return { kind: 'Pod', namespace, name: pod.metadata.name };
  const manifest = find(owner);
  if (manifest !== undefined) return ownerOf(manifest, namespace) ?? owner;
  const maker = makerOf(owner, pod);
  return maker === undefined ? owner : { ...maker, namespace };
}
