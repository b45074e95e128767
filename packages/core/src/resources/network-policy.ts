import type { LabelSelector, Resource } from './resource';

export interface NetworkPolicyPeer {
  readonly podSelector?: LabelSelector;
  readonly namespaceSelector?: LabelSelector;
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}
export interface NetworkPolicyRule {
  /** Absent or empty: every peer. */
  readonly peers: readonly NetworkPolicyPeer[];
  /** Absent or empty: every port. */
  readonly ports: readonly {
    readonly protocol?: string;
    readonly port?: number | string;
    readonly endPort?: number;
  }[];
}
export interface NetworkPolicySpec {
  readonly podSelector: LabelSelector;
  readonly policyTypes: readonly string[];
  readonly egress: readonly NetworkPolicyRule[];
  readonly ingress: readonly NetworkPolicyRule[];
}
export type NetworkPolicy = Resource<'NetworkPolicy', NetworkPolicySpec>;
