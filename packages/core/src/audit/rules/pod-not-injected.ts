import { injectionOf, isInjected } from '../../mesh';
import { groupBy } from '../group-by';
import type { Rule } from '../rule';
import { placeOf } from '../rule';

export const podNotInjected: Rule = {
  id: 'pod/not-injected',
  level: 'warning',
  title: 'a workload without sidecar in a namespace of the mesh',
  why: 'its calls are not captured: no policy, no telemetry, every host reachable',
  inputs: ['workloads'],
  aliases: ['IST0102', 'IST0103'],
  tags: ['NSA/CISA', 'ATT&CK M1037'],
  *check({ mesh }) {
    for (const [namespace, workloads] of groupBy(
      mesh.workloads,
      workload => workload.ref.namespace,
    )) {
      const without = workloads.filter(workload => !isInjected(mesh, workload));
      if (without.length === 0 || without.length === workloads.length) continue;
      for (const workload of without) {
        const place = placeOf(workload.origin);
        if (place === undefined || workload.template.spec.hostNetwork === true) continue;
        yield {
          ...place,
          message: `not injected (${injectionOf(mesh, workload).reason}) while others in \`${namespace}\` are`,
          workloads: [workload.ref],
          hosts: ['*'],
        };
      }
    }
  },
};
