import type { Origin } from '../../origin';
import type { LabelSelector, Labels } from '../../resources';
import type { AdmissionPod } from './admission-pod';
import type { InjectionReason } from './injection-reason';
import type { Injector } from './injector';
import { compileSelector } from './label-selector';
import type { InjectionVersion } from './versions';

/** Namespaces that are never injected (`pkg/kube/inject/inject.go:IgnoredNamespaces`). */
export const ignoredNamespaces: readonly string[] = [
  'kube-system',
  'kube-public',
  'kube-node-lease',
  'local-path-storage',
];

const injectKey = 'sidecar.istio.io/inject';

/** What a called injector decides, and what made it decide so. */
export interface InjectorVerdict {
  readonly required: boolean;
  readonly reason: InjectionReason;
  readonly origin: Origin;
}

/** `pkg/kube/inject/inject.go:injectRequired`: the first question that has an answer decides. */
export function injectRequired(
  pod: AdmissionPod,
  injector: Injector,
  version: InjectionVersion,
): InjectorVerdict {
  const verdict = (required: boolean, reason: InjectionReason, origin: Origin) => ({
    required,
    reason,
    origin,
  });
  if (pod.hostNetwork) return verdict(false, 'host-network', pod.origin('spec.hostNetwork'));
  if (ignoredNamespaces.includes(pod.namespace)) {
    return verdict(false, 'ignored-namespace', pod.origin('metadata.namespace'));
  }
  const { policy } = injector.config;
  if (policy !== 'enabled' && policy !== 'disabled') {
    return verdict(false, 'policy-illegal', injector.origin('policy'));
  }
  return (
    askPod(pod, version) ??
    askSelectors(pod.labels, injector) ??
    verdict(
      policy === 'enabled',
      policy === 'enabled' ? 'policy-enabled' : 'policy-disabled',
      injector.origin('policy'),
    )
  );
}

/** A label, even an empty or odd one, hides the annotation. */
function askPod(pod: AdmissionPod, version: InjectionVersion): InjectorVerdict | undefined {
  const fromLabel = Object.hasOwn(pod.labels, injectKey);
  const holder = fromLabel ? pod.labels : pod.annotations;
  const value = Object.hasOwn(holder, injectKey) ? (holder[injectKey] ?? '') : '';
  const required = readInjectValue(value, version);
  if (required === undefined) return undefined;
  const place = fromLabel ? 'label' : 'annotation';
  return {
    required,
    reason: `inject-${place}-${required ? 'true' : 'false'}`,
    origin: pod.origin(`metadata.${place}s.${injectKey}`),
  };
}

function readInjectValue(value: string, version: InjectionVersion): boolean | undefined {
  if (version.injectValues === 'exact') {
    return value === 'true' || value === 'false' ? value === 'true' : undefined;
  }
  if (value === '') return undefined;
  return ['y', 'yes', 'true', 'on'].includes(value.toLowerCase());
}

/** Never before always; empty and invalid selectors are skipped. */
function askSelectors(labels: Labels, injector: Injector): InjectorVerdict | undefined {
  const { neverInjectSelector, alwaysInjectSelector } = injector.config;
  if (anyMatches(neverInjectSelector, labels)) {
    return {
      required: false,
      reason: 'never-inject-selector',
      origin: injector.origin('neverInjectSelector'),
    };
  }
  if (!anyMatches(alwaysInjectSelector, labels)) return undefined;
  return {
    required: true,
    reason: 'always-inject-selector',
    origin: injector.origin('alwaysInjectSelector'),
  };
}

function anyMatches(selectors: readonly LabelSelector[], labels: Labels): boolean {
  return selectors.some(selector => {
    const compiled = compileSelector(selector);
    return compiled.kind === 'selector' && !compiled.empty && compiled.matches(labels);
  });
}
