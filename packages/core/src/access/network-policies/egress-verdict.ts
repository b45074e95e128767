import { derive, type Mesh, type PodView, pushTo, selectorMatches } from '../../mesh';
import type { Origin } from '../../origin';
import { type NetworkPolicy, refOf } from '../../resources';
import { type EgressTarget, ruleMatches } from './peer-match';

/** What the NetworkPolicies of a pod say about a packet that it sends. */
export interface EgressVerdict {
  /**
   * `unrestricted`: no policy restricts egress of the pod; `allowed`: a rule lets it out; `unknown`: rules let it out to
   * some of the addresses that may be meant; `denied`: none does.
   */
  readonly kind: 'unrestricted' | 'allowed' | 'unknown' | 'denied';
  /** The policies that restrict the pod, or the one whose rule lets the packet out. */
  readonly policies: readonly Origin[];
}

/** Without policyTypes a policy restricts ingress, and egress when it has egress rules (`networking/v1:NetworkPolicySpec`). */
const restrictsEgress = ({ spec: { policyTypes, egress } }: NetworkPolicy) =>
  policyTypes.length === 0 ? egress.length > 0 : policyTypes.includes('Egress');

const byNamespace = derive(
  mesh => [mesh.resources.networkPolicies],
  mesh => {
    const index = new Map<string, NetworkPolicy[]>();
    for (const policy of mesh.resources.networkPolicies) {
      if (restrictsEgress(policy)) pushTo(index, policy.metadata.namespace ?? '', policy);
    }
    return index;
  },
);

const originOf = (policy: NetworkPolicy): Origin => ({
  kind: 'object',
  object: refOf(policy),
  path: 'spec.egress',
  source: policy.source,
});

/**
 * Whether NetworkPolicies let a pod send a packet: the union of the egress rules of all policies that select it. Pods in
 * the network of their node are not subject to them.
 */
export function egressVerdict(mesh: Mesh, pod: PodView, target: EgressTarget): EgressVerdict {
  const own = byNamespace(mesh).get(pod.namespace) ?? [];
  const selecting =
    pod.spec.hostNetwork === true
      ? []
      : own.filter(({ spec }) => selectorMatches(spec.podSelector, pod.labels));
  if (selecting.length === 0) return { kind: 'unrestricted', policies: [] };
  const answers = selecting.map(policy => ({
    policy,
    matches: policy.spec.egress.map(rule => ruleMatches(mesh, pod.namespace, rule, target)),
  }));
  const open = answers.find(({ matches }) => matches.includes('yes'));
  if (open !== undefined) return { kind: 'allowed', policies: [originOf(open.policy)] };
  const partly = answers.filter(({ matches }) => matches.includes('some'));
  if (partly.length > 0) {
    return { kind: 'unknown', policies: partly.map(({ policy }) => originOf(policy)) };
  }
  return { kind: 'denied', policies: selecting.map(originOf) };
}
