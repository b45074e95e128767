import { findContainer, type InjectedContainer, type InjectedPod } from '../pod/injected-pod';
import type { InterceptionInput } from '../pod/pod-input';
import type { RenderedTemplate, TemplateFacts } from '../template/template';
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

/** The author's own containers of the injected names are laid over the template again, unless an earlier injection made them. */
export function reapply(
  pod: InjectedPod,
  original: InjectedPod,
  rendered: readonly RenderedTemplate[],
): InjectedPod {
  const status = readInjectionStatus(original.annotations.get('sidecar.istio.io/status')?.value);
  const names = (list: 'initContainers' | 'containers') =>
    rendered.flatMap(template => template[list].map(container => container.name));
  return {
    ...pod,
    containers: overlay(pod.containers, names('containers'), status, 'containers', original),
    initContainers: overlay(
      pod.initContainers,
      names('initContainers'),
      status,
      'initContainers',
      original,
    ),
  };
}

function overlay(
  containers: readonly InjectedContainer[],
  names: readonly string[],
  status: InjectionStatus,
  list: keyof InjectionStatus,
  original: InjectedPod,
): readonly InjectedContainer[] {
  const overlays = names.flatMap(name => {
    if (status[list].includes(name)) return [];
    const own =
      list === 'containers'
        ? original.containers.find(container => container.name === name)
        : findContainer(original, name);
    return own === undefined ? [] : [own];
  });
  return mergeContainers(containers, overlays);
}
