import type { Origin } from '../../origin';
import type { Labels } from '../../resources';
import { derive } from '../derive';
import {
  type AdmissionNamespace,
  admissionPodOfPod,
  admissionPodOfWorkload,
  decideInjection,
  type InjectionDecision,
  type InjectionSetup,
  injectionVersion,
  standardWebhooks,
} from '../injection';
import type { Mesh } from '../mesh';
import type { Workload } from './workload';

/** Revisions that labels of namespaces and pods name, beside the control plane without one. */
function revisionsOf(mesh: Mesh): readonly string[] {
  const labelled = [
    ...mesh.resources.namespaces.map(({ metadata }) => metadata.labels),
    ...mesh.resources.workloads.map(({ spec }) => spec.template.labels),
    ...mesh.resources.pods.map(({ metadata }) => metadata.labels),
  ];
  const revisions = labelled.flatMap(labels =>
    Object.hasOwn(labels, 'istio.io/rev') ? (labels['istio.io/rev'] ?? []) : [],
  );
  return ['', ...new Set(revisions.filter(item => item !== 'default'))];
}

/** The webhooks of the standard charts, for every revision that the manifests name. */
const setupOf: (mesh: Mesh) => InjectionSetup = derive(
  mesh => [mesh.resources, mesh.rootNamespace],
  mesh => {
    const revisions = revisionsOf(mesh);
    const origin = (field: string): Origin => ({
      kind: 'default',
      default: field === 'policy' ? 'global.proxy.autoInject=enabled' : `${field}=[]`,
    });
    return {
      webhooks: revisions.flatMap(revision =>
        standardWebhooks({
          revision,
          revisionTags: [],
          enableNamespacesByDefault: false,
          releaseNamespace: mesh.rootNamespace,
        }),
      ),
      injectors: revisions.map(revision => ({
        service: revision === '' ? 'istiod' : `istiod-${revision}`,
        revision: revision === '' ? 'default' : revision,
        config: { policy: 'enabled', neverInjectSelector: [], alwaysInjectSelector: [] },
        origin,
      })),
    };
  },
);

const namespacesOf = derive(
  mesh => [mesh.resources.namespaces],
  mesh => new Map(mesh.resources.namespaces.map(item => [item.metadata.name, item] as const)),
);

/** The namespace; one without a manifest is in the mesh when the caller says so. */
function admissionNamespace(mesh: Mesh, name: string): AdmissionNamespace {
  const namespace = namespacesOf(mesh).get(name);
  const object = { kind: 'Namespace', name };
  if (namespace !== undefined) {
    const { labels } = namespace.metadata;
    return {
      name,
      labels,
      origin: label => ({
        kind: 'object',
        object,
        path: Object.hasOwn(labels, label) ? `metadata.labels.${label}` : 'metadata.labels',
        source: namespace.source,
      }),
    };
  }
  const labels: Labels =
    mesh.options.injectDefault === true ? { 'istio-injection': 'enabled' } : {};
  return { name, labels, origin: () => ({ kind: 'option', option: 'injectDefault' }) };
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
      : decideInjection(
          subject,
          admissionNamespace(mesh, namespace),
          setupOf(mesh),
          injectionVersion(mesh.istioVersion),
        );
  decisions(mesh).set(workload, decision);
  return decision;
}
