import { cidrContains, type IpAddress, isPrivateRange, parseCidr } from '../../net';
import type { LabelSelector, NetworkPolicy, NetworkPolicyRule } from '../../resources';
import { derive } from '../derive';
import type { Mesh } from '../mesh';
import { namespaceLabels } from '../settings/discovery';
import { every, type KnownLabels, selectorTruth, type Truth } from './label-truth';
import { knownLabelsOf, type PolicyEnd, type PolicyPacket, type PolicyPod } from './policy-end';

type Peer = NetworkPolicyRule['peers'][number];
type PolicyPort = NetworkPolicyRule['ports'][number];

/** `address`, `labels`: it depends on an address, or on labels, that the input does not say. */
export type RuleMatch = 'yes' | 'no' | 'address' | 'labels';

const asMatch = (truth: Truth): RuleMatch =>
  truth === undefined ? 'labels' : truth ? 'yes' : 'no';

/** An ipBlock against an address, or against all public addresses when none is given. */
function blockMatches(
  { cidr, except = [] }: NonNullable<Peer['ipBlock']>,
  address: IpAddress | undefined,
): RuleMatch {
  const range = parseCidr(cidr);
  const holes = except.flatMap(item => parseCidr(item) ?? []);
  if (range === undefined) return 'no';
  if (address !== undefined) {
    const inside = cidrContains(range, address) && !holes.some(item => cidrContains(item, address));
    return inside ? 'yes' : 'no';
  }
  if (isPrivateRange(range)) return 'no';
  return range.length === 0 && holes.every(isPrivateRange) ? 'yes' : 'address';
}

const namespacesKnown = derive(
  mesh => [mesh.resources.namespaces],
  mesh => {
    const given = new Set(mesh.resources.namespaces.map(({ metadata }) => metadata.name));
    const labelsOf = namespaceLabels(mesh.resources);
    return (name: string): KnownLabels => ({
      labels: labelsOf(name),
      isOpen: () => !given.has(name),
    });
  },
);

function podMatches(
  mesh: Mesh,
  policyNamespace: string,
  {
    podSelector = {},
    namespaceSelector,
  }: { podSelector?: LabelSelector; namespaceSelector?: LabelSelector },
  pod: PolicyPod,
): Truth {
  const inNamespace =
    namespaceSelector === undefined
      ? pod.namespace === policyNamespace
      : selectorTruth(namespaceSelector, namespacesKnown(mesh)(pod.namespace));
  return every([inNamespace, selectorTruth(podSelector, knownLabelsOf(pod))]);
}

/**
 * `k8s.io/api/networking/v1:NetworkPolicyPeer`: selectors choose pods, an ipBlock addresses; both together is not
 * allowed. Pods on the network of their node are seen as the node.
 */
function peerMatches(
  mesh: Mesh,
  policyNamespace: string,
  { podSelector, namespaceSelector, ipBlock }: Peer,
  { pod, address }: PolicyEnd,
): RuleMatch {
  if (ipBlock !== undefined) return blockMatches(ipBlock, address);
  if (pod === undefined || pod.spec.hostNetwork === true) return 'no';
  const selectors = {
    ...(podSelector !== undefined && { podSelector }),
    ...(namespaceSelector !== undefined && { namespaceSelector }),
  };
  return asMatch(podMatches(mesh, policyNamespace, selectors, pod));
}

/** Ports of the containers that run beside each other, native sidecars among them. */
function declaredPorts({ spec }: PolicyPod) {
  const sidecars = spec.initContainers.filter(({ restartPolicy }) => restartPolicy === 'Always');
  return [...spec.containers, ...sidecars].flatMap(({ ports = [] }) => ports);
}

/** `networking/v1:NetworkPolicyPort`; a name is that of a port of the pod that gets the packet. */
function portMatches(
  item: PolicyPort,
  receiver: PolicyPod | undefined,
  { port, protocol }: PolicyPacket,
): boolean {
  if ((item.protocol ?? 'TCP') !== protocol) return false;
  if (item.port === undefined) return true;
  if (typeof item.port === 'number') {
    return item.port <= port && port <= (item.endPort ?? item.port);
  }
  return (receiver === undefined ? [] : declaredPorts(receiver)).some(
    declared =>
      declared.name === item.port &&
      declared.containerPort === port &&
      (declared.protocol ?? 'TCP') === protocol,
  );
}

/** What of a rule fits a packet; no ports or no peers stand for all of them. */
export interface RuleFit {
  readonly ports: boolean;
  readonly peers: RuleMatch;
}

function anyOf(matches: readonly RuleMatch[]): RuleMatch {
  const ordered = ['yes', 'labels', 'address'] as const;
  return ordered.find(match => matches.includes(match)) ?? 'no';
}

/** One rule of a policy against a packet. */
export function ruleFit(
  mesh: Mesh,
  { metadata: { namespace = '' } }: NetworkPolicy,
  { peers, ports }: NetworkPolicyRule,
  packet: PolicyPacket,
): RuleFit {
  const receiver = packet.direction === 'egress' ? packet.peer.pod : packet.pod;
  return {
    ports: ports.length === 0 || ports.some(item => portMatches(item, receiver, packet)),
    peers:
      peers.length === 0
        ? 'yes'
        : anyOf(peers.map(peer => peerMatches(mesh, namespace, peer, packet.peer))),
  };
}

/** Whether a rule lets a packet through. */
export const ruleMatch = ({ ports, peers }: RuleFit): RuleMatch => (ports ? peers : 'no');
