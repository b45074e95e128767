import type { Pod, Sidecar } from '../../resources';
import type { AnalysisContext } from './analysis-context';
import type { Analyzer } from './analyzer';
import { namespaceInAmbient } from './in-mesh';
import { type AnalysisMessage, messageOn } from './message';
import { formatSelector } from './selector-index';

const namesOf = (sidecars: readonly Sidecar[]) =>
  sidecars.map(({ metadata }) => metadata.name).join(' ');

const ineffective = (what: string) =>
  `The policy has no impact: ${what} is in ambient mode, the policy has no impact.`;

const inAmbient = (pod: Pod) =>
  pod.metadata.annotations['ambient.istio.io/redirection'] === 'enabled';

function* conflicts(selected: ReadonlyMap<Pod, readonly Sidecar[]>): Iterable<AnalysisMessage> {
  for (const [pod, sidecars] of selected) {
    if (sidecars.length < 2) continue;
    const { namespace, name } = pod.metadata;
    const message = `The Sidecars [${namesOf(sidecars)}] in namespace "${namespace}" select the same workload pod "${name}", which can lead to undefined behavior.`;
    for (const sidecar of sidecars) yield messageOn('IST0110', sidecar, message, 'metadata.name');
  }
}

function* analyzeSelectors(context: AnalysisContext): Iterable<AnalysisMessage> {
  const selected = new Map<Pod, Sidecar[]>();
  for (const sidecar of context.resources.sidecars) {
    const labels = sidecar.spec.workloadSelector?.labels ?? {};
    if (Object.keys(labels).length === 0) continue;
    const pods = context.podsIn(sidecar.metadata.namespace ?? '').select(labels);
    if (pods.length === 0) {
      const message = `Referenced selector not found: "${formatSelector(labels)}"`;
      yield messageOn('IST0101', sidecar, message, 'spec.workloadSelector.labels');
    }
    if (pods.some(inAmbient)) yield messageOn('IST0167', sidecar, ineffective('selected workload'));
    for (const pod of pods) {
      if (!inAmbient(pod)) selected.set(pod, [...(selected.get(pod) ?? []), sidecar]);
    }
  }
  yield* conflicts(selected);
}

/** Sidecars whose selectors pick nothing or the same pod. Source: `sidecar/selector.go`. */
export const sidecarSelectors: Analyzer = {
  name: 'sidecar.SelectorAnalyzer',
  codes: ['IST0101', 'IST0110', 'IST0167'],
  analyze: analyzeSelectors,
};

/** Several Sidecars without selector, or with an empty one, in a namespace. Source: `sidecar/selector.go`. */
export const sidecarDefaults: Analyzer = {
  name: 'sidecar.DefaultSelectorAnalyzer',
  codes: ['IST0111', 'IST0167'],
  *analyze({ resources, namespaces }) {
    const byNamespace = new Map<string, Sidecar[]>();
    for (const sidecar of resources.sidecars) {
      if (Object.keys(sidecar.spec.workloadSelector?.labels ?? {}).length > 0) continue;
      const namespace = sidecar.metadata.namespace ?? '';
      byNamespace.set(namespace, [...(byNamespace.get(namespace) ?? []), sidecar]);
    }
    for (const [namespace, sidecars] of byNamespace) {
      const ambient = namespaceInAmbient(namespaces.get(namespace)?.metadata.labels ?? {});
      const message = `The Sidecars [${namesOf(sidecars)}] in namespace "${namespace}" have no workload selector, which can lead to undefined behavior.`;
      for (const sidecar of sidecars) {
        if (ambient) yield messageOn('IST0167', sidecar, ineffective('namespace'));
        else if (sidecars.length > 1) yield messageOn('IST0111', sidecar, message);
      }
    }
  },
};
