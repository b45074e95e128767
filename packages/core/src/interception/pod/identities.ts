import type { InjectedPod } from './injected-pod';

/** User and group that a container runs with; absent when only the image decides. */
export interface ContainerIdentity {
  readonly name: string;
  readonly runAsUser?: number;
  readonly runAsGroup?: number;
}

/** Of every container, init containers first; the container's own security context goes before the pod's. */
export function identitiesOf(pod: InjectedPod): readonly ContainerIdentity[] {
  return [...pod.initContainers, ...pod.containers].map(({ name, securityContext }) => {
    const runAsUser = securityContext?.runAsUser ?? pod.securityContext?.runAsUser;
    const runAsGroup = securityContext?.runAsGroup ?? pod.securityContext?.runAsGroup;
    return {
      name,
      ...(runAsUser !== undefined && { runAsUser }),
      ...(runAsGroup !== undefined && { runAsGroup }),
    };
  });
}
