import type { Container, Labels, Pod, WorkloadResource } from '../../resources';
import type { AnalysisContext } from './analysis-context';

/** The proxy's container by name, with an image; analyzers take this for "has a sidecar". */
export function proxyImage(containers: readonly Container[]): string {
  return containers.find(container => container.name === 'istio-proxy')?.image ?? '';
}

function inMesh(
  annotations: Labels,
  labels: Labels,
  namespace: string,
  containers: readonly Container[],
  context: AnalysisContext,
): boolean {
  if (proxyImage(containers) !== '') return true;
  const inject = labels['sidecar.istio.io/inject'] ?? annotations['sidecar.istio.io/inject'];
  if (inject !== undefined) return inject === 'true';
  return context.namespaces.get(namespace)?.metadata.labels['istio-injection'] === 'enabled';
}

/** `util.DeploymentInMesh`: judged by containers, label, annotation, then the namespace's label. */
export function templateInMesh(workload: WorkloadResource, context: AnalysisContext): boolean {
  const { annotations, labels, spec } = workload.spec.template;
  return inMesh(annotations, labels, workload.metadata.namespace ?? '', spec.containers, context);
}

/** `util.PodInMesh`: the same for a pod, init containers included. */
export function podInMesh(pod: Pod, context: AnalysisContext): boolean {
  const { annotations, labels, namespace } = pod.metadata;
  const containers = [...pod.spec.containers, ...pod.spec.initContainers];
  return inMesh(annotations, labels, namespace ?? '', containers, context);
}

/** `util.NamespaceInAmbientMode`: enrolled, and not claimed by a sidecar injection label. */
export function namespaceInAmbient(labels: Labels): boolean {
  if (labels['istio-injection'] === 'enabled') return false;
  if ((labels['istio.io/rev'] ?? '') !== '') return false;
  return labels['istio.io/dataplane-mode'] === 'ambient';
}
