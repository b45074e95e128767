import type { NetworkPolicy } from '../../resources';
import { derive, getOrMake, pushTo } from '../derive';
import type { Mesh } from '../mesh';
import { selectorTruth } from './label-truth';
import { knownLabelsOf, type PolicyPod } from './policy-end';

type Direction = 'egress' | 'ingress';

/** Without policyTypes a policy restricts ingress, and egress when it has egress rules (`networking/v1:NetworkPolicySpec`). */
export function restricts({ spec }: NetworkPolicy, direction: Direction): boolean {
  const { policyTypes, egress } = spec;
  if (policyTypes.length === 0) return direction === 'ingress' || egress.length > 0;
  return policyTypes.includes(direction === 'egress' ? 'Egress' : 'Ingress');
}

/** Policies that restrict a pod in one direction. */
export interface SelectingPolicies {
  readonly surely: readonly NetworkPolicy[];
  /** It depends on labels that the input does not say. */
  readonly perhaps: readonly NetworkPolicy[];
}

interface Index {
  readonly byNamespace: ReadonlyMap<string, readonly NetworkPolicy[]>;
  readonly selected: Map<PolicyPod, Readonly<Record<Direction, SelectingPolicies>>>;
}

const indexOf = derive(
  mesh => [mesh.resources.networkPolicies],
  (mesh): Index => {
    const byNamespace = new Map<string, NetworkPolicy[]>();
    for (const policy of mesh.resources.networkPolicies) {
      pushTo(byNamespace, policy.metadata.namespace ?? '', policy);
    }
    return { byNamespace, selected: new Map() };
  },
);

const none: SelectingPolicies = { surely: [], perhaps: [] };

function select(policies: readonly NetworkPolicy[], pod: PolicyPod): SelectingPolicies {
  if (policies.length === 0) return none;
  const known = knownLabelsOf(pod);
  const truths = policies.map(policy => selectorTruth(policy.spec.podSelector, known));
  return {
    surely: policies.filter((_, i) => truths[i] === true),
    perhaps: policies.filter((_, i) => truths[i] === undefined),
  };
}

/** The policies of its namespace that select a pod. Those on the network of their node are not subject to any. */
export function selectingPolicies(
  mesh: Mesh,
  pod: PolicyPod,
  direction: Direction,
): SelectingPolicies {
  if (mesh.resources.networkPolicies.length === 0 || pod.spec.hostNetwork === true) return none;
  const { byNamespace, selected } = indexOf(mesh);
  const own = byNamespace.get(pod.namespace);
  if (own === undefined) return none;
  return getOrMake(selected, pod, () => ({
    egress: select(
      own.filter(policy => restricts(policy, 'egress')),
      pod,
    ),
    ingress: select(
      own.filter(policy => restricts(policy, 'ingress')),
      pod,
    ),
  }))[direction];
}
