import { helmTruth } from '../pod/helm-values';
import { type InjectedPod, podAsGiven } from '../pod/injected-pod';
import type { InterceptionInput } from '../pod/pod-input';
import {
  deploymentTemplateNames,
  type OtherTemplateName,
  otherTemplate,
  otherTemplateNames,
} from '../template/other-templates';
import { sidecarTemplate } from '../template/sidecar-template';
import type { RenderedTemplate, TemplateFacts } from '../template/template';
import { trafficOptions } from '../template/traffic-options';
import { interceptionVersion } from '../versions';
import { applyTemplate, movesProxy, reapply } from './apply-template';
import { orderContainers } from './container-order';
import { existingOverrides } from './existing-overrides';
import { isNative, nativeByDefault } from './native-sidecar';
import { isOpenShift, proxyIds } from './proxy-ids';
import { type Rejection, rejectAnnotations, rejectMetricsPort, rejectOverrides } from './rejection';
import { adjustInitUser, dropOpenShiftUser } from './user-proxy';

export type Injection = { readonly kind: 'injected'; readonly pod: InjectedPod } | Rejection;

const templatesKey = 'inject.istio.io/templates';

/** What the injector makes of a pod that it takes up (`pkg/kube/inject/webhook.go:injectPod`). */
export function injectPod(input: InterceptionInput): Injection {
  const given = podAsGiven(input.pod);
  const original = isOpenShift(input) ? dropOpenShiftUser(given) : given;
  const rejected = rejectAnnotations(input);
  if (rejected !== undefined) return rejected;
  const overrides = existingOverrides(original);
  if (overrides === undefined) return rejectOverrides(input);
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
    reapply(pod, { original, overrides }, rendered),
    original,
    input.proxySettings.config.interceptionMode === 'TPROXY',
  );
  return { kind: 'injected', pod: orderContainers(final, proxyFirst(input)) };
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

/** The effective configuration, the mesh's or the Helm value: any that holds the application puts the proxy first. */
function proxyFirst(input: InterceptionInput): boolean {
  return (
    input.proxySettings.config.holdApplicationUntilProxyStarts === true ||
    helmTruth(input.helm, 'global.proxy.holdApplicationUntilProxyStarts')
  );
}
