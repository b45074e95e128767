import type { Assumption, Origin } from '../../origin';
import type { Labels } from '../../resources';
import type { AdmissionPod } from './admission-pod';
import { type InjectorVerdict, injectRequired } from './inject-required';
import type { InjectionReason } from './injection-reason';
import type { InjectionSetup, InjectionWebhook, Injector } from './injector';
import { compileSelector } from './label-selector';
import type { InjectionVersion } from './versions';

/** A webhook whose two selectors match, and what the injector behind it says. */
export interface WebhookCall extends InjectorVerdict {
  readonly webhook: InjectionWebhook;
  readonly injector: Injector;
}

/** Whether a pod gets a sidecar, and the object and field that decided it. */
export interface InjectionDecision {
  readonly injected: boolean;
  readonly reason: InjectionReason;
  readonly origin: Origin;
  /** Every call in the API server's order; two control planes may both inject. */
  readonly calls: readonly WebhookCall[];
  /** The answer depends on the Namespace object, which the input lacks and no option stands for. */
  readonly missing?: 'namespace';
  /** What was taken as given to get the answer. */
  readonly assumption?: Assumption;
}

/** The namespace as the webhooks see it. */
export interface AdmissionNamespace {
  readonly name: string;
  readonly labels: Labels;
  /** Origin of the label of that name, or of the object when it has no such label. */
  readonly origin: (label: string) => Origin;
}

const byConfiguration = (a: InjectionWebhook, b: InjectionWebhook) =>
  a.configuration < b.configuration ? -1 : Number(a.configuration > b.configuration);

/**
 * The API server calls each webhook whose namespaceSelector and objectSelector match, configurations by name; each
 * injector decides for itself. The first that injects decides, else the first that was called.
 */
export function decideInjection(
  pod: AdmissionPod,
  namespace: AdmissionNamespace,
  setup: InjectionSetup,
  version: InjectionVersion,
): InjectionDecision {
  const labels = { 'kubernetes.io/metadata.name': namespace.name, ...namespace.labels };
  const calls = [...setup.webhooks].sort(byConfiguration).flatMap((webhook): WebhookCall[] => {
    if (!selectorMatches(webhook.namespaceSelector, labels)) return [];
    if (!selectorMatches(webhook.objectSelector, pod.labels)) return [];
    return setup.injectors
      .filter(injector => injector.service === webhook.service)
      .slice(0, 1)
      .map(injector => ({ ...injectRequired(pod, injector, version), webhook, injector }));
  });
  const deciding = calls.find(call => call.required) ?? calls[0];
  if (deciding === undefined) {
    return {
      injected: false,
      reason: 'no-webhook-match',
      origin: originOfNoMatch(pod, namespace),
      calls,
    };
  }
  const { required, reason, origin } = deciding;
  return { injected: required, reason, origin, calls };
}

/** True when an API server with this selector would call the webhook; it refuses invalid ones, so they never match. */
export function selectorMatches(
  selector: InjectionWebhook['namespaceSelector'],
  labels: Labels,
): boolean {
  const compiled = compileSelector(selector);
  return compiled.kind === 'selector' && compiled.matches(labels);
}

/** The label that kept the webhooks away: the pod's own refusal, else the namespace's labels, else that there is none. */
function originOfNoMatch(pod: AdmissionPod, namespace: AdmissionNamespace): Origin {
  const has = (labels: Labels, key: string) => Object.hasOwn(labels, key);
  if (pod.labels['sidecar.istio.io/inject'] === 'false') {
    return pod.origin('metadata.labels.sidecar.istio.io/inject');
  }
  if (has(namespace.labels, 'istio-injection')) return namespace.origin('istio-injection');
  if (has(namespace.labels, 'istio.io/rev')) return namespace.origin('istio.io/rev');
  return has(pod.labels, 'istio.io/rev')
    ? pod.origin('metadata.labels.istio.io/rev')
    : namespace.origin('istio-injection');
}
