import type { Assumption, Origin } from '../../origin';
import type { Labels } from '../../resources';
import type { AdmissionPod } from './admission-pod';
import { decideInjection, type InjectionDecision } from './decide-injection';
import type { InjectionSetup } from './injector';
import type { InjectionVersion } from './versions';

/** What the labels of a namespace that nobody showed may be. */
const hypotheses: readonly Labels[] = [
  {},
  { 'istio-injection': 'enabled' },
  { 'istio-injection': 'disabled' },
];

/**
 * Decides for a pod whose Namespace object is not in the input. When every namespace would lead to the same answer that is
 * the answer; else the caller's word counts, as an assumption; without it `missing` says that the answer is not known.
 */
export function decideWithoutNamespace(
  pod: AdmissionPod,
  setup: InjectionSetup,
  version: InjectionVersion,
  injectDefault: boolean | undefined,
): InjectionDecision {
  const decide = (labels: Labels) =>
    decideInjection(
      pod,
      { name: pod.namespace, labels, origin: () => namespaceOrigin(pod.namespace) },
      setup,
      version,
    );
  const [unlabelled, ...others] = hypotheses.map(decide);
  const first = unlabelled ?? decide({});
  if (others.every(({ injected }) => injected === first.injected)) return first;
  if (injectDefault === undefined) return { ...first, missing: 'namespace' };
  const decision = injectDefault ? decide({ 'istio-injection': 'enabled' }) : first;
  return { ...decision, assumption: assumed(pod.namespace, injectDefault) };
}

function namespaceOrigin(name: string): Origin {
  return { kind: 'object', object: { kind: 'Namespace', name }, path: 'metadata.labels' };
}

function assumed(namespace: string, inMesh: boolean): Assumption {
  return {
    code: 'namespace-labels-assumed',
    message: `namespace \`${namespace}\` is not in the input; it is taken to be ${inMesh ? '' : 'not '}in the mesh`,
    origin: { kind: 'option', option: 'injectDefault' },
  };
}
