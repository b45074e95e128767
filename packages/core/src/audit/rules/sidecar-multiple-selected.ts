import { type Labels, refOf, type Sidecar } from '../../resources';
import { groupBy } from '../group-by';
import { selects } from '../istioctl/selector-index';
import type { Rule } from '../rule';

/** The selector, when it selects by at least one label. */
function selectorOf(sidecar: Sidecar): Labels | undefined {
  const labels = sidecar.spec.workloadSelector?.labels ?? {};
  return Object.keys(labels).length === 0 ? undefined : labels;
}

export const sidecarMultipleSelected: Rule = {
  id: 'sidecar/multiple-selected',
  level: 'error',
  title: 'several Sidecars select one workload',
  why: 'which of them applies is not defined beyond their age',
  inputs: ['workloads'],
  aliases: ['IST0110', 'IST0111'],
  tags: [],
  *check({ mesh }) {
    const byNamespace = groupBy(
      mesh.resources.sidecars.filter(sidecar => selectorOf(sidecar) !== undefined),
      sidecar => sidecar.metadata.namespace ?? '',
    );
    for (const workload of mesh.workloads) {
      const fitting = (byNamespace.get(workload.ref.namespace) ?? []).filter(sidecar =>
        selects(selectorOf(sidecar) ?? {}, workload.labels),
      );
      if (fitting.length < 2) continue;
      const names = fitting.map(sidecar => `\`${sidecar.metadata.name}\``).join(', ');
      for (const sidecar of fitting) {
        yield {
          object: refOf(sidecar),
          source: sidecar.source,
          path: 'spec.workloadSelector',
          message: `${names} all select \`${workload.ref.name}\``,
          workloads: [workload.ref],
        };
      }
    }
  },
};
