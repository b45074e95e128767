import type { ObjectRef, Origin, SourceRef } from '../../origin';
import type { Labels, Pod, WorkloadResource } from '../../resources';

/** The pod as the API server shows it to the webhooks, and where its metadata stands in the manifest. */
export interface AdmissionPod {
  readonly namespace: string;
  readonly labels: Labels;
  readonly annotations: Readonly<Record<string, string>>;
  readonly hostNetwork: boolean;
  /** Origin of a field of the pod, by its path in a Pod (`metadata.labels.app`). */
  readonly origin: (path: string) => Origin;
}

function originIn(
  object: ObjectRef,
  source: SourceRef | undefined,
  prefix: string,
): AdmissionPod['origin'] {
  return path => ({
    kind: 'object',
    object,
    path: `${prefix}${path}`,
    ...(source !== undefined && { source }),
  });
}

/** A Pod itself. */
export function admissionPodOfPod(pod: Pod): AdmissionPod {
  const { namespace = 'default', name, labels, annotations } = pod.metadata;
  return {
    namespace,
    labels,
    annotations,
    hostNetwork: pod.spec.hostNetwork === true,
    origin: originIn({ kind: 'Pod', namespace, name }, pod.source, ''),
  };
}

/**
 * The pod that a workload's controller makes: labels and annotations of the template, never those of the workload. A
 * Deployment's pods also carry `pod-template-hash`.
 */
export function admissionPodOfWorkload(workload: WorkloadResource): AdmissionPod {
  const { namespace = 'default', name } = workload.metadata;
  const { template } = workload.spec;
  const hash: Labels = workload.kind === 'Deployment' ? { 'pod-template-hash': '0' } : {};
  const prefix = workload.kind === 'CronJob' ? 'spec.jobTemplate.spec.template.' : 'spec.template.';
  return {
    namespace,
    labels: { ...hash, ...template.labels },
    annotations: template.annotations,
    hostNetwork: template.spec.hostNetwork === true,
    origin: originIn({ kind: workload.kind, namespace, name }, workload.source, prefix),
  };
}
