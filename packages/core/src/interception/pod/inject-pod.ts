import type { Origin } from '../../origin';
import { interceptionVersion } from '../versions';
import { invalidAnnotations } from './annotation-checks';
import { orderContainers } from './container-order';
import { helmTruth } from './helm-values';
import {
  findContainer,
  type InjectedContainer,
  type InjectedPod,
  podAsGiven,
} from './injected-pod';
import { type InjectionStatus, readInjectionStatus } from './injection-status';
import { mergeContainers } from './merge-container';
import { reservedMetricsPort } from './metrics-port';
import { isNative, nativeByDefault } from './native-sidecar';
import {
  deploymentTemplateNames,
  type OtherTemplateName,
  otherTemplate,
  otherTemplateNames,
} from './other-templates';
import type { InterceptionInput } from './pod-input';
import { isOpenShift, proxyIds } from './proxy-ids';
import { sidecarTemplate } from './sidecar-template';
import type { RenderedTemplate, TemplateFacts } from './template';
import { trafficOptions } from './traffic-options';
import { adjustInitUser, dropOpenShiftUser } from './user-proxy';

/** Why the API server does not create the pod. Closed and stable. */
export type RejectionCode =
  | 'invalid-annotation'
  | 'reserved-metrics-port'
  | 'unknown-template'
  | 'template-not-rendered'
  | 'template-not-modelled';

export interface Rejection {
  readonly kind: 'rejected';
  readonly code: RejectionCode;
  readonly message: string;
  readonly origin: Origin;
  /** Sorted; only with `invalid-annotation`. */
  readonly invalidAnnotations?: readonly string[];
}

export type Injection = { readonly kind: 'injected'; readonly pod: InjectedPod } | Rejection;

const templatesKey = 'inject.istio.io/templates';

/** What the injector makes of a pod that it takes up (`pkg/kube/inject/webhook.go:injectPod`). */
export function injectPod(input: InterceptionInput): Injection {
  const given = podAsGiven(input.pod);
  const original = isOpenShift(input) ? dropOpenShiftUser(given) : given;
  const rejected = rejectAnnotations(input);
  if (rejected !== undefined) return rejected;
  const facts = templateFacts(input, original);
  let pod = original;
  const rendered: RenderedTemplate[] = [];
  for (const name of templateNames(input)) {
    const template = renderTemplate(name, input, facts);
    if ('kind' in template) return template;
    pod = applyTemplate(pod, template, movesProxy(input, facts));
    rendered.push(template);
  }
  const reserved = rejectMetricsPort(input, pod, facts);
  if (reserved !== undefined) return reserved;
  const final = adjustInitUser(
    reapply(pod, original, rendered),
    original,
    input.proxySettings.config.interceptionMode === 'TPROXY',
  );
  return { kind: 'injected', pod: orderContainers(final, proxyFirst(input)) };
}

function rejectAnnotations(input: InterceptionInput): Rejection | undefined {
  const { pod, proxySettings } = input;
  const { annotationError } = proxySettings;
  const names = [
    ...invalidAnnotations(pod.annotations, interceptionVersion(input.istioVersion)),
    ...(annotationError === undefined ? [] : ['proxy.istio.io/config']),
  ].sort();
  const [name] = names;
  if (name === undefined) return undefined;
  const why = name === 'proxy.istio.io/config' ? `: ${annotationError ?? ''}` : '';
  return {
    kind: 'rejected',
    code: 'invalid-annotation',
    message: `invalid value '${pod.annotations[name] ?? ''}' for annotation '${name}'${why}`,
    origin: pod.origin(`metadata.annotations.${name}`),
    invalidAnnotations: names,
  };
}

function rejectMetricsPort(
  input: InterceptionInput,
  pod: InjectedPod,
  { version }: TemplateFacts,
): Rejection | undefined {
  const name = version.checksMetricsPort ? reservedMetricsPort(input) : undefined;
  if (name === undefined || findContainer(pod, 'istio-proxy') === undefined) return undefined;
  return {
    kind: 'rejected',
    code: 'reserved-metrics-port',
    message: `failed to process pod: port ${input.pod.annotations[name] ?? ''} of annotation '${name}' is reserved for Istio`,
    origin: input.pod.origin(`metadata.annotations.${name}`),
  };
}

/** What the templates read of a pod. */
export function templateFacts(input: InterceptionInput, pod: InjectedPod): TemplateFacts {
  const version = interceptionVersion(input.istioVersion);
  const native = isNative(
    pod.annotations.get('sidecar.istio.io/nativeSidecar')?.value,
    nativeByDefault(input, version),
    version,
  );
  const annotation = (name: string) => pod.annotations.get(name);
  return {
    annotation,
    options: trafficOptions(input, annotation),
    ids: proxyIds(input),
    native,
    version,
  };
}

/** The annotation's names, trimmed, in its order; without it the sidecar template. */
function templateNames({ pod }: InterceptionInput): readonly string[] {
  return Object.hasOwn(pod.annotations, templatesKey)
    ? (pod.annotations[templatesKey] ?? '').split(',').map(name => name.trim())
    : ['sidecar'];
}

function renderTemplate(
  name: string,
  input: InterceptionInput,
  facts: TemplateFacts,
): RenderedTemplate | Rejection {
  const origin = input.pod.origin(`metadata.annotations.${templatesKey}`);
  const other = otherTemplateNames.find(known => known === name);
  if (name !== 'sidecar' && other === undefined) {
    const modelled = !deploymentTemplateNames.includes(name);
    return {
      kind: 'rejected',
      code: modelled ? 'unknown-template' : 'template-not-modelled',
      message: `requested template ${JSON.stringify(name)} ${modelled ? 'not found' : 'is not for pods that users write'}`,
      origin,
    };
  }
  return (
    render(other, input, facts) ?? {
      kind: 'rejected',
      code: 'template-not-rendered',
      message:
        'failed to run injection template: failed applying injection overlay: strategic merge: invalid JSON document',
      origin: facts.options.includeOutboundPorts?.origin ?? origin,
    }
  );
}

function render(
  other: OtherTemplateName | undefined,
  input: InterceptionInput,
  facts: TemplateFacts,
): RenderedTemplate | undefined {
  return other === undefined
    ? sidecarTemplate(input, facts)
    : otherTemplate(other, input, facts.ids);
}

/** Only the words `true` and `false` of the annotation count here, unlike in the template. */
function movesProxy(input: InterceptionInput, { version }: TemplateFacts): boolean {
  const annotation = input.pod.annotations['sidecar.istio.io/nativeSidecar'];
  if (annotation === 'true' || annotation === 'false') return annotation === 'true';
  return nativeByDefault(input, version);
}

/** A proxy container that the author wrote among the ordinary ones moves to where a native template has it. */
function applyTemplate(
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
function reapply(
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

/** The effective configuration, the mesh's or the Helm value: any that holds the application puts the proxy first. */
function proxyFirst(input: InterceptionInput): boolean {
  return (
    input.proxySettings.config.holdApplicationUntilProxyStarts === true ||
    helmTruth(input.helm, 'global.proxy.holdApplicationUntilProxyStarts')
  );
}
