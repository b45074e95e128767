import { originOf } from '../../mesh';
import type { Origin } from '../../origin';
import type { PodStack } from './pod-stack';

/** A field that each pod of a class has in a manifest of its own: its workload's, or the pod itself. */
export interface OwnOrigin {
  readonly kind: 'own';
  readonly part: 'workload' | 'pod';
  /** Dotted path inside the manifest; empty for the object as a whole. */
  readonly path: string;
}

type ObjectOrigin = Extract<Origin, { readonly kind: 'object' }>;

function isAbout(origin: ObjectOrigin, whole: Origin | undefined): boolean {
  if (whole?.kind !== 'object') return false;
  const { object, source } = origin;
  return (
    object.name === whole.object.name &&
    object.kind === whole.object.kind &&
    object.namespace === whole.object.namespace &&
    source?.file === whole.source?.file &&
    source?.document === whole.source?.document &&
    source?.item === whole.source?.item
  );
}

/** Origin of the manifest that a part stands for. */
function wholeOf(stack: PodStack, part: OwnOrigin['part']): Origin | undefined {
  if (part === 'workload') return stack.workload.origin;
  const pod = stack.workload.pods.find(({ metadata }) => metadata.name === stack.name);
  return pod === undefined ? undefined : originOf(pod, '');
}

/** The origin without the name of the pod's own manifests; any other as it is. */
export function relativeOrigin(stack: PodStack, origin: Origin): Origin | OwnOrigin {
  if (origin.kind !== 'object') return origin;
  for (const part of ['workload', 'pod'] as const) {
    if (isAbout(origin, wholeOf(stack, part))) return { kind: 'own', part, path: origin.path };
  }
  return origin;
}

/** The opposite: the origin as this pod has it. */
export function absoluteOrigin(stack: PodStack, origin: Origin | OwnOrigin): Origin {
  if (origin.kind !== 'own') return origin;
  const whole = wholeOf(stack, origin.part) ?? stack.workload.origin;
  return whole.kind === 'object' ? { ...whole, path: origin.path } : whole;
}
