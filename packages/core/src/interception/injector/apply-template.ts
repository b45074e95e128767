import { findContainer, type InjectedContainer, type InjectedPod } from '../pod/injected-pod';
import type { InterceptionInput } from '../pod/pod-input';
import type { RenderedTemplate, TemplateFacts } from '../template/template';
import type { Overrides } from './existing-overrides';
import { type InjectionStatus, readInjectionStatus } from './injection-status';
import { mergeContainers } from './merge-container';
import { nativeByDefault } from './native-sidecar';

/** Only the words `true` and `false` of the annotation count here, unlike in the template. */
export function movesProxy(input: InterceptionInput, { version }: TemplateFacts): boolean {
  const annotation = input.pod.annotations['sidecar.istio.io/nativeSidecar'];
  if (annotation === 'true' || annotation === 'false') return annotation === 'true';
  return nativeByDefault(input, version);
}

/** A proxy container that the author wrote among the ordinary ones moves to where a native template has it. */
export function applyTemplate(
  pod: InjectedPod,
  template: RenderedTemplate,
  movesNative: boolean,
): InjectedPod {
  const isProxy = ({ name }: InjectedContainer) => name === 'istio-proxy';
  const moves =
    movesNative && template.initContainers.some(isProxy) && pod.containers.some(isProxy);
  const containers = moves ? pod.containers.filter(item => !isProxy(item)) : pod.containers;
  const initContainers = moves
    ? [...pod.initContainers, ...pod.containers.filter(isProxy)]
    : pod.initContainers;
  return {
    ...pod,
    annotations: new Map([...pod.annotations, ...template.annotations]),
    initContainers: mergeContainers(initContainers, template.initContainers),
    containers: mergeContainers(containers, template.containers),
  };
}

/** Containers of the author: as the pod has them now, and as it had them before an earlier injection. */
interface OwnContainers {
  readonly original: InjectedPod;
  readonly overrides: Overrides;
}

/**
 * The author's own containers of the injected names are laid over the template again: as an earlier injection wrote them
 * down, else as they stand in the pod, unless that injection made them
 * (`pkg/kube/inject/webhook.go:reapplyOverwrittenContainers`).
 */
export function reapply(
  pod: InjectedPod,
  own: OwnContainers,
  rendered: readonly RenderedTemplate[],
): InjectedPod {
  const status = readInjectionStatus(
    own.original.annotations.get('sidecar.istio.io/status')?.value,
  );
  const overlay = (list: keyof InjectionStatus) => {
    const names = rendered.flatMap(template => template[list].map(container => container.name));
    const made = new Set(status[list]);
    const overlays = names.flatMap(name => (made.has(name) ? [] : (find(own, list, name) ?? [])));
    return mergeContainers(pod[list], overlays);
  };
  return {
    ...pod,
    containers: overlay('containers'),
    initContainers: overlay('initContainers'),
  };
}

function find({ original, overrides }: OwnContainers, list: keyof InjectionStatus, name: string) {
  const named = (container: InjectedContainer) => container.name === name;
  const kept = overrides[list].find(named);
  if (kept !== undefined) return kept;
  return list === 'containers' ? original.containers.find(named) : findContainer(original, name);
}
