import { egressLimitedIn } from '../facts/egress-limits';
import type { Rule } from '../rule';
import { placeOf } from '../rule';

export const egressNoL3Enforcement: Rule = {
  id: 'egress/no-l3-enforcement',
  level: 'warning',
  title: 'nothing but the sidecar blocks',
  why: 'REGISTRY_ONLY is enforced by a process in the pod itself; no NetworkPolicy limits what leaves the pod',
  inputs: ['workloads', 'network-policies'],
  aliases: [],
  tags: ['S07', 'PCI DSS 1.3.2', 'NSA/CISA', 'CIS 5.3.2'],
  *check({ mesh, scopes }) {
    const isLimited = egressLimitedIn(mesh);
    for (const { policy, workloads } of scopes()) {
      const place = placeOf(policy.origin);
      if (policy.mode !== 'REGISTRY_ONLY' || place === undefined) continue;
      const open = workloads.filter(workload => !isLimited(workload));
      if (open.length === 0) continue;
      yield {
        ...place,
        message: `no NetworkPolicy limits the egress of ${open.length} workloads under REGISTRY_ONLY`,
        workloads: open.map(workload => workload.ref),
        hosts: ['*'],
      };
    }
  },
};
