import type { Labels } from '../../resources';
import type { AnalysisContext } from './analysis-context';
import type { Analyzer } from './analyzer';
import { messageOn } from './message';
import { indexByLabels, type SelectorIndex } from './selector-index';

const topologyLabels = [
  'topology.kubernetes.io/region',
  'topology.kubernetes.io/zone',
  'topology.istio.io/subzone',
];

/** Pod labels with those that the registry adds from the node the pod runs on. */
function podLabels({ resources }: AnalysisContext): SelectorIndex<Labels> {
  const nodes = new Map(
    resources.other.filter(item => item.kind === 'Node').map(node => [node.metadata.name, node]),
  );
  const all = resources.pods.map((pod): Labels => {
    const node = nodes.get(pod.spec.nodeName ?? '');
    if (node === undefined) return pod.metadata.labels;
    const { labels, name } = node.metadata;
    const added = topologyLabels.flatMap(key =>
      labels[key] === undefined ? [] : [[key, labels[key]]],
    );
    return { ...pod.metadata.labels, ...Object.fromEntries(added), 'kubernetes.io/hostname': name };
  });
  return indexByLabels(all, labels => labels);
}

/** Rules for unknown hosts, and subsets without a pod; of two with one name the last counts. Source: `destinationrule/subset.go`. */
export const subsetPods: Analyzer = {
  name: 'destinationrule.SubsetSelectPodAnalyzer',
  codes: ['IST0173', 'IST0174'],
  *analyze(context) {
    const pods = podLabels(context);
    for (const rule of context.resources.destinationRules) {
      const { host, subsets, exportTo = [] } = rule.spec;
      const known = context.hosts.find(rule.metadata.namespace ?? '', exportTo, host);
      if (known === undefined) {
        const message = `The host ${host} defined in the DestinationRule does not match any services in the mesh.`;
        yield messageOn('IST0174', rule, message, 'spec.host');
        continue;
      }
      const last = new Map(subsets.map((subset, index) => [subset.name, index]));
      for (const [index, subset] of subsets.entries()) {
        if (last.get(subset.name) !== index) continue;
        if (pods.select({ ...known.workloadSelector, ...subset.labels }).length > 0) continue;
        const message = `The Subset ${subset.name} defined in the DestinationRule does not select any pods. Which may lead to 503 UH (NoHealthyUpstream).`;
        yield messageOn('IST0173', rule, message, `spec.subsets.${index}`);
      }
    }
  },
};
