import type { Origin } from '../../origin';
import { findContainer, type InjectedPod } from '../pod/injected-pod';
import type { InterceptionInput } from '../pod/pod-input';
import type { TemplateFacts } from '../template/template';
import { interceptionVersion } from '../versions';
import { invalidAnnotations } from './annotation-checks';
import { overridesKey } from './existing-overrides';
import { reservedMetricsPort } from './metrics-port';

/** Why the API server does not create the pod. Closed and stable. */
export type RejectionCode =
  | 'invalid-annotation'
  | 'invalid-overrides'
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

/** Annotations that cannot be read; the first in alphabetical order gives the message. */
export function rejectAnnotations(input: InterceptionInput): Rejection | undefined {
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

/** What an earlier injection wrote down of the author's containers, and somebody changed since. */
export function rejectOverrides({ pod }: InterceptionInput): Rejection {
  return {
    kind: 'rejected',
    code: 'invalid-overrides',
    message: `failed to run injection template: annotation '${overridesKey}' is not the JSON of a list of containers`,
    origin: pod.origin(`metadata.annotations.${overridesKey}`),
  };
}

/** Metrics merging with a port of Envoy or the agent. */
export function rejectMetricsPort(
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
