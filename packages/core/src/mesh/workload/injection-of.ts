import type { Namespace } from '../../resources';
import { derive, getOrMake } from '../derive';
import {
  type AdmissionNamespace,
  type AdmissionPod,
  admissionPodOfPod,
  admissionPodOfWorkload,
  decideInjection,
  decideWithoutNamespace,
  type InjectionDecision,
  injectionSetup,
  injectionVersion,
} from '../injection';
import type { Mesh } from '../mesh';
import type { Workload } from './workload';

const setupOf = derive(
  mesh => [mesh.resources, mesh.rootNamespace],
  mesh => injectionSetup(mesh.resources, mesh.rootNamespace),
);

const namespacesOf = derive(
  mesh => [mesh.resources.namespaces],
  mesh => new Map(mesh.resources.namespaces.map(item => [item.metadata.name, item] as const)),
);

function admissionNamespace({ metadata, source }: Namespace): AdmissionNamespace {
  const { name, labels } = metadata;
  return {
    name,
    labels,
    origin: label => ({
      kind: 'object',
      object: { kind: 'Namespace', name },
      path: Object.hasOwn(labels, label) ? `metadata.labels.${label}` : 'metadata.labels',
      source,
    }),
  };
}

function admissionPod({ resource, pods: [pod] }: Workload): AdmissionPod | undefined {
  if (resource !== undefined) return admissionPodOfWorkload(resource);
  return pod === undefined ? undefined : admissionPodOfPod(pod);
}

function decide(mesh: Mesh, workload: Workload): InjectionDecision {
  const pod = admissionPod(workload);
  const { origin, ref } = workload;
  if (pod === undefined) return { injected: false, reason: 'no-webhook-match', origin, calls: [] };
  const namespace = namespacesOf(mesh).get(ref.namespace);
  const version = injectionVersion(mesh.istioVersion);
  const setup = setupOf(mesh);
  return namespace === undefined
    ? decideWithoutNamespace(pod, setup, version, mesh.options.injectDefault)
    : decideInjection(pod, admissionNamespace(namespace), setup, version);
}

const decisions = derive(
  mesh => [mesh.resources, mesh.options, mesh.istioVersion],
  () => new Map<Workload, InjectionDecision>(),
);

/**
 * Whether the injector adds a proxy to pods of this workload, and why. A namespace that is not in the input leaves the answer open, unless
 * the pod's own labels settle it or the caller says which (`injectDefault`).
 */
export function injectionOf(mesh: Mesh, workload: Workload): InjectionDecision {
  return getOrMake(decisions(mesh), workload, () => decide(mesh, workload));
}
