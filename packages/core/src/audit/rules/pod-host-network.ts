import type { Rule } from '../rule';
import { placeOf } from '../rule';

export const podHostNetwork: Rule = {
  id: 'pod/host-network',
  level: 'warning',
  title: 'hostNetwork pods are never injected',
  why: "labels and annotations cannot change it: the pod's traffic is the node's",
  inputs: ['workloads'],
  aliases: [],
  tags: ['S53', 'NSA/CISA', 'ATT&CK M1037'],
  *check({ mesh }) {
    for (const workload of mesh.workloads) {
      if (workload.template.spec.hostNetwork !== true) continue;
      const place = placeOf(workload.origin);
      if (place === undefined) continue;
      const path =
        workload.resource === undefined ? 'spec.hostNetwork' : 'spec.template.spec.hostNetwork';
      yield {
        ...place,
        path,
        message: "runs in the node's network: no sidecar, every host is reachable",
        workloads: [workload.ref],
        hosts: ['*'],
      };
    }
  },
};
