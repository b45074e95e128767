import type { Pod, PodSpec } from '../../resources';

/** True when the pod has been through the injector: its proxy container, with the injector's mark or its setup container. */
export function isInjectedAlready(
  spec: PodSpec,
  annotations: Readonly<Record<string, string>>,
): boolean {
  const has = (wanted: string) =>
    spec.initContainers.some(({ name }) => name === wanted) ||
    spec.containers.some(({ name }) => name === wanted);
  const marked = Object.hasOwn(annotations, 'sidecar.istio.io/status');
  return has('istio-proxy') && (marked || has('istio-init') || has('istio-validation'));
}

/** True when the pod was read from a cluster, so that what it lacks was not added. */
export function isRunningPod({ spec }: Pod): boolean {
  return spec.status.phase !== undefined || spec.status.podIP !== undefined;
}
