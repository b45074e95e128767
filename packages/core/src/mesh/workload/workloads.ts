import { formatObjectRef, type ObjectRef } from '../../origin';
import type { Pod, PodTemplate, WorkloadResource } from '../../resources';
import { derive, getOrMake, pushTo } from '../derive';
import type { Mesh } from '../mesh';
import { originOf } from '../registry/kubernetes-service';
import { workloadOfPod } from './owner';
import type { Workload, WorkloadRef } from './workload';

const keyOf = (ref: ObjectRef) => formatObjectRef(ref);
const refOfResource = ({ kind, metadata }: WorkloadResource): WorkloadRef => ({
  kind,
  namespace: metadata.namespace ?? '',
  name: metadata.name,
});

const templateOfPod = ({ metadata, spec }: Pod): PodTemplate => ({
  labels: metadata.labels,
  annotations: metadata.annotations,
  spec,
});

function fromManifest(resource: WorkloadResource, pods: readonly Pod[]): Workload {
  const { template } = resource.spec;
  return {
    ref: refOfResource(resource),
    labels: template.labels,
    annotations: template.annotations,
    template,
    pods,
    resource,
    origin: originOf(resource, ''),
  };
}

function fromPods(ref: WorkloadRef, first: Pod, pods: readonly Pod[]): Workload {
  const template = templateOfPod(first);
  return {
    ref,
    labels: template.labels,
    annotations: template.annotations,
    template,
    pods,
    origin: originOf(first, ''),
  };
}

/** ReplicaSets of a Deployment and Jobs of a CronJob are part of their owner. */
const isOwned = (resource: WorkloadResource, known: ReadonlySet<string>) =>
  (resource.metadata.ownerReferences ?? []).some(({ kind, name }) =>
    known.has(keyOf({ kind, namespace: resource.metadata.namespace ?? '', name })),
  );

function buildWorkloads(mesh: Mesh): readonly Workload[] {
  const { pods, workloads } = mesh.resources;
  const manifests = new Map(workloads.map(item => [keyOf(refOfResource(item)), item] as const));
  const known = new Set(manifests.keys());
  const podsOf = new Map<string, { readonly ref: WorkloadRef; readonly pods: Pod[] }>();
  for (const pod of pods) {
    const ref = workloadOfPod(pod, owner => manifests.get(keyOf(owner)));
    getOrMake(podsOf, keyOf(ref), () => ({ ref, pods: [] as Pod[] })).pods.push(pod);
  }
  const fromFiles = [...manifests]
    .filter(([, resource]) => !isOwned(resource, known))
    .map(([key, resource]) => fromManifest(resource, podsOf.get(key)?.pods ?? []));
  const fromLivePods = [...podsOf].flatMap(([key, { ref, pods: own }]) => {
    const [first] = own;
    return manifests.has(key) || first === undefined ? [] : [fromPods(ref, first, own)];
  });
  return [...fromFiles, ...fromLivePods];
}

/** Owners of pods, and bare pods. */
export const meshWorkloads: (mesh: Mesh) => readonly Workload[] = derive(
  mesh => [mesh.resources.pods, mesh.resources.workloads],
  buildWorkloads,
);

interface WorkloadIndex {
  readonly byRef: ReadonlyMap<string, Workload>;
  /** Under `namespace/name`, the workload's own name before the name of one of its pods. */
  readonly byName: ReadonlyMap<string, readonly Workload[]>;
  readonly byPod: ReadonlyMap<string, Workload>;
}

const workloadIndex = derive(
  mesh => [meshWorkloads(mesh)],
  (mesh): WorkloadIndex => {
    const byRef = new Map<string, Workload>();
    const byName = new Map<string, Workload[]>();
    const byPod = new Map<string, Workload>();
    for (const workload of meshWorkloads(mesh)) {
      byRef.set(keyOf(workload.ref), workload);
      pushTo(byName, `${workload.ref.namespace}/${workload.ref.name}`, workload);
      for (const pod of workload.pods) {
        byPod.set(`${pod.metadata.namespace ?? ''}/${pod.metadata.name}`, workload);
      }
    }
    return { byRef, byName, byPod };
  },
);

const kindOrder = ['Deployment', 'StatefulSet', 'DaemonSet', 'Pod'];
const rank = ({ ref }: Workload) => {
  const at = kindOrder.indexOf(ref.kind);
  return at < 0 ? kindOrder.length : at;
};

/** Takes `namespace/name` or `namespace/kind/name`; the name of a pod stands for its workload. */
function findByText(mesh: Mesh, text: string): Workload | undefined {
  const parts = text.split('/');
  const { byName, byPod } = workloadIndex(mesh);
  const [namespace = '', kind = '', name = ''] = parts;
  if (parts.length === 3) {
    const same = (workload: Workload) => workload.ref.kind.toLowerCase() === kind.toLowerCase();
    const pod = kind.toLowerCase() === 'pod' ? byPod.get(`${namespace}/${name}`) : undefined;
    return (byName.get(`${namespace}/${name}`) ?? []).find(same) ?? pod;
  }
  const named = [...(byName.get(text) ?? [])].sort((a, b) => rank(a) - rank(b));
  return named[0] ?? byPod.get(text);
}

export function findWorkload(mesh: Mesh, workload: string | WorkloadRef): Workload | undefined {
  if (typeof workload === 'string') return findByText(mesh, workload);
  const { byRef, byPod } = workloadIndex(mesh);
  const { kind, namespace, name } = workload;
  return (
    byRef.get(keyOf(workload)) ?? (kind === 'Pod' ? byPod.get(`${namespace}/${name}`) : undefined)
  );
}

/** The workload that a pod of the input belongs to. */
export function workloadOf(mesh: Mesh, namespace: string, pod: string): Workload | undefined {
  return workloadIndex(mesh).byPod.get(`${namespace}/${pod}`);
}
