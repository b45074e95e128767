import { type Mesh, restricts, selectorMatches, type Workload } from '../../mesh';
import type { NetworkPolicySpec } from '../../resources';
import { groupBy } from '../group-by';

/** A rule without peers and ports lets everything out. */
const allowsEverything = ({ egress }: NetworkPolicySpec) =>
  egress.some(({ peers, ports }) => peers.length === 0 && ports.length === 0);

/** Whether NetworkPolicies limit what leaves a workload's pods; what several allow adds up. */
export function egressLimitedIn(mesh: Mesh): (workload: Workload) => boolean {
  const policies = groupBy(
    mesh.resources.networkPolicies.filter(policy => restricts(policy, 'egress')),
    policy => policy.metadata.namespace ?? '',
  );
  return ({ ref, labels }) => {
    const chosen = (policies.get(ref.namespace) ?? []).filter(({ spec }) =>
      selectorMatches(spec.podSelector, labels),
    );
    return chosen.length > 0 && !chosen.some(({ spec }) => allowsEverything(spec));
  };
}
