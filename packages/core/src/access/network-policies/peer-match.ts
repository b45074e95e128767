import { type Mesh, namespaceLabels, type PodView, selectorMatches } from '../../mesh';
import { cidrContains, type IpAddress, isPrivateRange, parseCidr } from '../../net';
import type { NetworkPolicy } from '../../resources';

type Rule = NetworkPolicy['spec']['egress'][number];
type Peer = Rule['peers'][number];

/** Where a packet goes: to a pod, to an address outside, or to a public address that nobody gives. */
export interface EgressTarget {
  readonly pod?: PodView;
  readonly address?: IpAddress;
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP';
}

/** `some`: of the public addresses that may be meant, only some. */
export type Match = 'yes' | 'some' | 'no';

/** An ipBlock against an address, or against all public addresses when none is given. */
function blockMatches(
  { cidr, except = [] }: NonNullable<Peer['ipBlock']>,
  address: IpAddress | undefined,
): Match {
  const range = parseCidr(cidr);
  const holes = except.flatMap(item => parseCidr(item) ?? []);
  if (range === undefined) return 'no';
  if (address !== undefined) {
    const inside = cidrContains(range, address) && !holes.some(item => cidrContains(item, address));
    return inside ? 'yes' : 'no';
  }
  if (isPrivateRange(range)) return 'no';
  return range.length === 0 && holes.every(isPrivateRange) ? 'yes' : 'some';
}

/** `k8s.io/api/networking/v1:NetworkPolicyPeer`: selectors choose pods, an ipBlock addresses; both together is not allowed. */
function peerMatches(
  mesh: Mesh,
  policyNamespace: string,
  peer: Peer,
  { pod, address }: EgressTarget,
): Match {
  const { podSelector, namespaceSelector, ipBlock } = peer;
  if (ipBlock !== undefined) return blockMatches(ipBlock, pod?.ips[0] ?? address);
  if (pod === undefined) return 'no';
  const inNamespace =
    namespaceSelector === undefined
      ? pod.namespace === policyNamespace
      : selectorMatches(namespaceSelector, namespaceLabels(mesh.resources)(pod.namespace));
  const isSelected = podSelector === undefined || selectorMatches(podSelector, pod.labels);
  return inNamespace && isSelected ? 'yes' : 'no';
}

/** A named port is one of the destination's containers. */
function portMatches(item: Rule['ports'][number], { pod, port, protocol }: EgressTarget): boolean {
  if ((item.protocol ?? 'TCP') !== protocol) return false;
  if (item.port === undefined) return true;
  if (typeof item.port === 'number') {
    return item.port <= port && port <= (item.endPort ?? item.port);
  }
  const declared = pod?.spec.containers.flatMap(({ ports = [] }) => ports) ?? [];
  return declared.some(({ name, containerPort }) => name === item.port && containerPort === port);
}

/** Whether one rule of a policy lets a packet out; rules without peers or ports stand for all of them. */
export function ruleMatches(
  mesh: Mesh,
  policyNamespace: string,
  { peers, ports }: Rule,
  target: EgressTarget,
): Match {
  if (ports.length > 0 && !ports.some(item => portMatches(item, target))) return 'no';
  if (peers.length === 0) return 'yes';
  const matches = peers.map(peer => peerMatches(mesh, policyNamespace, peer, target));
  if (matches.includes('yes')) return 'yes';
  return matches.includes('some') ? 'some' : 'no';
}
