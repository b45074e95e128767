import { derive } from '../derive';
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
  type MeshInjectionSetup,
} from '../injection';
import type { Mesh } from '../mesh';
import type { Workload } from './workload';

/** How this mesh injects: its webhooks, or those of the standard charts. */
const setupOf: (mesh: Mesh) => MeshInjectionSetup = derive(
  mesh => [mesh.resources, mesh.rootNamespace],
  mesh => injectionSetup(mesh.resources, mesh.rootNamespace),
);

const namespacesOf = derive(
  mesh => [mesh.resources.namespaces],
  mesh => new Map(mesh.resources.namespaces.map(item => [item.metadata.name, item] as const)),
);

/** The namespace as the webhooks see it; absent when the input does not have it. */
function admissionNamespace(mesh: Mesh, name: string): AdmissionNamespace | undefined {
  const namespace = namespacesOf(mesh).get(name);
  if (namespace === undefined) return undefined;
  const { labels } = namespace.metadata;
  return {
    name,
    labels,
    origin: label => ({
      kind: 'object',
      object: { kind: 'Namespace', name },
      path: Object.hasOwn(labels, label) ? `metadata.labels.${label}` : 'metadata.labels',
      source: namespace.source,
    }),
  };
}

function decide(mesh: Mesh, subject: AdmissionPod, name: string): InjectionDecision {
  const version = injectionVersion(mesh.istioVersion);
  const namespace = admissionNamespace(mesh, name);
  return namespace === undefined
    ? decideWithoutNamespace(subject, setupOf(mesh), version, mesh.options.injectDefault)
    : decideInjection(subject, namespace, setupOf(mesh), version);
}

const decisions = derive(
  mesh => [mesh.resources, mesh.options, mesh.istioVersion],
  () => new Map<Workload, InjectionDecision>(),
);

/** Whether the injector adds a proxy to pods of this workload, and why. */
export function injectionOf(mesh: Mesh, workload: Workload): InjectionDecision {
  const known = decisions(mesh).get(workload);
  if (known !== undefined) return known;
  const [pod] = workload.pods;
  const subject =
    workload.resource !== undefined
      ? admissionPodOfWorkload(workload.resource)
      : pod === undefined
        ? undefined
        : admissionPodOfPod(pod);
  const { namespace } = workload.ref;
  const decision =
    subject === undefined
      ? { injected: false, reason: 'no-webhook-match' as const, origin: workload.origin, calls: [] }
      : decide(mesh, subject, namespace);
  decisions(mesh).set(workload, decision);
  return decision;
}
