import type { Origin } from '../../origin';
import type { Container, PodSpec, SecurityContext } from '../../resources';
import type { Argument } from '../options/command-line';
import type { Setting } from '../options/option';
import type { PodMetadata } from './pod-input';

export interface EnvironmentVariable extends Setting {
  readonly name: string;
}

/** A container as far as interception depends on it. */
export interface InjectedContainer {
  readonly name: string;
  readonly args?: readonly Argument[];
  readonly env?: readonly EnvironmentVariable[];
  readonly securityContext?: SecurityContext;
  /** `Always` on an init container makes it a native sidecar. */
  readonly restartPolicy?: string;
}

/** A pod before, while and after the injector works on it. */
export interface InjectedPod {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: ReadonlyMap<string, Setting>;
  readonly initContainers: readonly InjectedContainer[];
  readonly containers: readonly InjectedContainer[];
  readonly securityContext?: SecurityContext;
  /** Where the author's istio-proxy container sets its user; absent when there is no such container. */
  readonly proxyUserOrigin?: Origin;
}

/** The pod as the manifest or the cluster has it. */
export function podAsGiven(pod: PodMetadata & { readonly spec: PodSpec }): InjectedPod {
  const { spec, origin } = pod;
  const read = (list: 'initContainers' | 'containers') =>
    spec[list].map((container, i) => readContainer(container, `spec.${list}.${i}`, origin));
  return {
    namespace: pod.namespace,
    labels: pod.labels,
    annotations: new Map(
      Object.entries(pod.annotations).map(([name, value]) => [
        name,
        { value, origin: origin(`metadata.annotations.${name}`) },
      ]),
    ),
    initContainers: read('initContainers'),
    containers: read('containers'),
    ...(spec.securityContext !== undefined && { securityContext: spec.securityContext }),
    ...proxyUserOrigin(pod),
  };
}

function proxyUserOrigin({
  spec,
  origin,
}: PodMetadata & { readonly spec: PodSpec }): Pick<InjectedPod, 'proxyUserOrigin'> {
  for (const list of ['containers', 'initContainers'] as const) {
    const at = spec[list].findIndex(container => container.name === 'istio-proxy');
    if (at >= 0) return { proxyUserOrigin: origin(`spec.${list}.${at}.securityContext.runAsUser`) };
  }
  return {};
}

/** A container of a manifest; `path` is where it stands. */
export function readContainer(
  container: Container,
  path: string,
  origin: PodMetadata['origin'],
): InjectedContainer {
  const { name, args, env, securityContext, restartPolicy } = container;
  return {
    name,
    ...(args !== undefined && {
      args: args.map((text, i) => ({ text, origin: origin(`${path}.args.${i}`) })),
    }),
    ...(env !== undefined && {
      env: env.map((variable, i) => ({
        name: variable.name,
        value: variable.value ?? '',
        origin: origin(`${path}.env.${i}`),
      })),
    }),
    ...(securityContext !== undefined && { securityContext }),
    ...(restartPolicy !== undefined && { restartPolicy }),
  };
}

/** The container of that name, ordinary ones first (`pkg/kube/inject:FindContainerFromPod`). */
export function findContainer(pod: InjectedPod, name: string): InjectedContainer | undefined {
  const named = (container: InjectedContainer) => container.name === name;
  return pod.containers.find(named) ?? pod.initContainers.find(named);
}
