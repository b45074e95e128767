import { type Cursor, field } from './decode/cursor';
import {
  compact,
  integer,
  integerOrText,
  list,
  message,
  optionalTexts,
  text,
  texts,
} from './decode/scalars';
import type { LabelSelector, Resource } from './resource';
import { readSelector } from './resource';

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

function readPeer(cursor: Cursor): NetworkPolicyPeer {
  return compact({
    podSelector: message(field(cursor, 'podSelector'), readSelector),
    namespaceSelector: message(field(cursor, 'namespaceSelector'), readSelector),
    ipBlock: message(field(cursor, 'ipBlock'), item =>
      compact({
        cidr: text(field(item, 'cidr')) ?? '',
        except: optionalTexts(field(item, 'except')),
      }),
    ),
  });
}

const readPort = (cursor: Cursor) =>
  compact({
    protocol: text(field(cursor, 'protocol')),
    port: integerOrText(field(cursor, 'port')),
    endPort: integer(field(cursor, 'endPort')),
  });

const readRule =
  (peers: 'to' | 'from') =>
  (cursor: Cursor): NetworkPolicyRule => ({
    peers: list(field(cursor, peers), readPeer),
    ports: list(field(cursor, 'ports'), readPort),
  });

export function readNetworkPolicy(spec: Cursor): NetworkPolicySpec {
  return {
    podSelector: message(field(spec, 'podSelector'), readSelector) ?? {},
    policyTypes: texts(field(spec, 'policyTypes')),
    egress: list(field(spec, 'egress'), readRule('to')),
    ingress: list(field(spec, 'ingress'), readRule('from')),
  };
}
