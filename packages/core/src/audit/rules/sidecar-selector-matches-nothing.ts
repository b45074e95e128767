import { refOf } from '../../resources';
import { groupBy } from '../group-by';
import { formatSelector, selects } from '../istioctl/selector-index';
import type { Rule } from '../rule';

export const sidecarSelectorMatchesNothing: Rule = {
  id: 'sidecar/selector-matches-nothing',
  level: 'warning',
  title: 'a Sidecar selects no workload',
  why: 'it has no effect; a misspelt label is the usual cause',
  inputs: ['workloads'],
  aliases: ['IST0101'],
  tags: [],
  *check({ mesh }) {
    const byNamespace = groupBy(mesh.workloads, workload => workload.ref.namespace);
    for (const sidecar of mesh.resources.sidecars) {
      const labels = sidecar.spec.workloadSelector?.labels ?? {};
      if (Object.keys(labels).length === 0) continue;
      const workloads = byNamespace.get(sidecar.metadata.namespace ?? '') ?? [];
      if (workloads.some(workload => selects(labels, workload.labels))) continue;
      yield {
        object: refOf(sidecar),
        source: sidecar.source,
        path: 'spec.workloadSelector',
        message: `no workload in the namespace has the labels \`${formatSelector(labels)}\``,
      };
    }
  },
};
