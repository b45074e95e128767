import type { InjectedContainer, InjectedPod } from '../pod/injected-pod';

type Containers = readonly InjectedContainer[];

/**
 * Order after injection (`pkg/kube/inject/webhook.go:reorderPod`): native sidecars come before the user's init containers;
 * a classic istio-init comes after them, so that they are not captured; the proxy is last, or first when the application waits.
 */
export function orderContainers(pod: InjectedPod, proxyFirst: boolean): InjectedPod {
  const containers = (proxyFirst ? moveFirst : moveLast)(pod.containers, 'istio-proxy');
  const native = pod.initContainers.some(container => container.name === 'istio-proxy');
  const steps: readonly (readonly [typeof moveFirst, string])[] = native
    ? [
        [moveFirst, 'enable-core-dump'],
        [moveFirst, 'istio-proxy'],
        [moveFirst, 'istio-validation'],
        [moveFirst, 'istio-init'],
      ]
    : [
        [moveFirst, 'istio-validation'],
        [moveLast, 'istio-init'],
        [moveLast, 'enable-core-dump'],
      ];
  const initContainers = steps.reduce<Containers>(
    (list, [move, name]) => move(list, name),
    pod.initContainers,
  );
  return { ...pod, initContainers, containers };
}

function moveFirst(containers: Containers, name: string): Containers {
  const [found, others] = take(containers, name);
  return found === undefined ? containers : [found, ...others];
}

function moveLast(containers: Containers, name: string): Containers {
  const [found, others] = take(containers, name);
  return found === undefined ? containers : [...others, found];
}

/** The last container of the name, and those of other names. */
function take(
  containers: Containers,
  name: string,
): readonly [InjectedContainer | undefined, Containers] {
  const others = containers.filter(container => container.name !== name);
  return [containers.filter(container => container.name === name).at(-1), others];
}
