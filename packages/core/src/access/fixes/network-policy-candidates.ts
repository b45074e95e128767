import { type Mesh, pushTo } from '../../mesh';
import type { DeniedPacket, Trace } from '../../simulation';
import { applying, type FixCandidate, type Manifest, selectorOf, slug } from './fix-candidate';

type Direction = DeniedPacket['direction'];

/** What is no public address of IPv4 (RFC 1918). */
const privateRanges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];

function peerOf({ address, pod }: DeniedPacket['peer']): Manifest {
  if (pod !== undefined) {
    return {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': pod.namespace } },
      podSelector: { matchLabels: selectorOf(pod.labels) },
    };
  }
  if (address === undefined) return { ipBlock: { cidr: '0.0.0.0/0', except: privateRanges } };
  return { ipBlock: { cidr: `${address}/${address.includes(':') ? 128 : 32}` } };
}

/** Queries go over UDP, and over TCP when an answer is cut (RFC 7766). */
const portsOf = ({ port, protocol }: DeniedPacket): readonly Manifest[] =>
  port === 53 && protocol === 'UDP'
    ? [
        { port, protocol },
        { port, protocol: 'TCP' },
      ]
    : [{ port, protocol }];

const peersKey: Readonly<Record<Direction, 'from' | 'to'>> = { ingress: 'from', egress: 'to' };

const ruleOf = (packet: DeniedPacket): Manifest => ({
  [peersKey[packet.direction]]: [peerOf(packet.peer)],
  ports: portsOf(packet),
});

function freeName(mesh: Mesh, namespace: string, wanted: string): string {
  const taken = new Set(
    mesh.resources.networkPolicies
      .filter(({ metadata }) => metadata.namespace === namespace)
      .map(({ metadata }) => metadata.name),
  );
  let name = wanted;
  for (let number = 2; taken.has(name); number++) name = `${wanted}-${number}`;
  return name;
}

/** One policy for what a pod lacks in one direction. */
function policyFor(
  mesh: Mesh,
  { direction, pod }: DeniedPacket,
  packets: readonly DeniedPacket[],
): Manifest {
  const { namespace } = pod;
  const labels = selectorOf(pod.labels);
  const names = slug(Object.values(labels).join('-')).slice(0, 40);
  const name = freeName(mesh, namespace, `${names === '' ? 'pods' : names}-${direction}`);
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace },
    spec: {
      podSelector: Object.keys(labels).length === 0 ? {} : { matchLabels: labels },
      policyTypes: [direction === 'egress' ? 'Egress' : 'Ingress'],
      [direction]: packets.map(ruleOf),
    },
  };
}

const borderKey = ({ direction, pod }: DeniedPacket) =>
  JSON.stringify([direction, pod.namespace, selectorOf(pod.labels)]);

/** Policies that let through every packet of the call that others deny, at the sender and at the receiver. */
export function admitting(mesh: Mesh, trace: Trace): readonly FixCandidate[] {
  const byBorder = new Map<string, DeniedPacket[]>();
  for (const { packet } of trace.blockers) {
    if (packet === undefined) continue;
    pushTo(byBorder, borderKey(packet), packet);
  }
  const manifests = [...byBorder.values()].flatMap(packets =>
    packets.slice(0, 1).map(first => policyFor(mesh, first, packets)),
  );
  if (manifests.length === 0) return [];
  const namespaces = [
    ...new Set(trace.blockers.flatMap(({ packet }) => packet?.pod.namespace ?? [])),
  ];
  const title = `let the packets of this call through the NetworkPolicies of ${namespaces.map(name => `\`${name}\``).join(' and ')}`;
  return [applying('network-policy', title, ...manifests)];
}
