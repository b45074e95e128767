import type { PodSpec, ServicePort } from '../../resources';

/**
 * The container port behind a service port: `targetPort` as a number, or the container port of that name and protocol;
 * `undefined` when no container has it (`pilot/pkg/serviceregistry/kube/controller:FindPort`).
 */
export function findTargetPort(pod: PodSpec, port: ServicePort): number | undefined {
  const { targetPort = port.port } = port;
  if (typeof targetPort === 'number') return targetPort === 0 ? port.port : targetPort;
  const natives = pod.initContainers.filter(({ restartPolicy }) => restartPolicy === 'Always');
  for (const container of [...pod.containers, ...natives]) {
    for (const { name, containerPort, protocol = 'TCP' } of container.ports ?? []) {
      if (name === targetPort && protocol === port.protocol) return containerPort;
    }
  }
  return undefined;
}
