import {
  isAddedLater,
  judgePacket,
  type Mesh,
  type PolicyEnd,
  type PolicyPacket,
  type PolicyPod,
  type PolicyVerdict,
} from '../../mesh';
import { type Assumption, formatObjectRef, type Origin } from '../../origin';
import type { ReasonCode } from '../codes';
import type { DeniedPacket, PolicyPodRef } from '../trace';

/** A packet that NetworkPolicies do not let through, or of which it cannot be told. */
export interface Refusal {
  readonly kind: 'denied' | 'unknown';
  readonly reason: ReasonCode;
  readonly message: string;
  readonly origin?: Origin;
  /** Of a denied one. */
  readonly packet?: DeniedPacket;
}

const podRef = ({ namespace, labels }: PolicyPod): PolicyPodRef => ({
  namespace,
  labels: Object.fromEntries(Object.entries(labels).filter(([key]) => !isAddedLater(key))),
});

const deniedPacket = ({ direction, pod, peer, port, protocol }: PolicyPacket): DeniedPacket => ({
  direction,
  pod: podRef(pod),
  peer: {
    ...(peer.address !== undefined && { address: peer.address }),
    ...(peer.pod !== undefined && { pod: podRef(peer.pod) }),
  },
  port,
  protocol,
});

const nameOf = (origin: Origin) =>
  origin.kind === 'object' ? formatObjectRef(origin.object) : 'a NetworkPolicy';

const nameOfEnd = ({ address, pod }: PolicyEnd): string =>
  address ?? (pod === undefined ? 'a public address' : `a pod of ${pod.namespace}`);

function packetText({ direction, peer, port, protocol }: PolicyPacket): string {
  return direction === 'egress'
    ? `${protocol} to ${nameOfEnd(peer)} port ${port} leave the pod`
    : `${protocol} from ${nameOfEnd(peer)} in on port ${port}`;
}

const lacking = {
  address: 'an address that is not given',
  labels: 'labels that the input does not say',
} as const;

/** What a verdict means for the packet; `undefined` when it passes. */
export function refusalOf(verdict: PolicyVerdict, packet: PolicyPacket): Refusal | undefined {
  const [origin] = verdict.policies;
  const base = origin === undefined ? {} : { origin };
  const names = verdict.policies.map(nameOf).join(', ');
  switch (verdict.kind) {
    case 'unrestricted':
    case 'allowed':
      return undefined;
    case 'denied': {
      const message = `no rule of ${names} lets ${packetText(packet)}`;
      const denied = deniedPacket(packet);
      return { ...base, kind: 'denied', reason: 'network-policy-denied', message, packet: denied };
    }
    case 'unknown': {
      const lacks = verdict.lacks ?? 'labels';
      const message = `whether ${names} lets ${packetText(packet)} depends on ${lacking[lacks]}`;
      const reason = lacks === 'address' ? 'address-not-given' : 'labels-not-given';
      return { ...base, kind: 'unknown', reason, message };
    }
  }
}

function packetsOf(
  from: PolicyEnd,
  to: PolicyEnd,
  at: Pick<PolicyPacket, 'port' | 'protocol'>,
): readonly PolicyPacket[] {
  return [
    ...(from.pod === undefined
      ? []
      : [{ direction: 'egress' as const, pod: from.pod, peer: to, ...at }]),
    ...(to.pod === undefined
      ? []
      : [{ direction: 'ingress' as const, pod: to.pod, peer: from, ...at }]),
  ];
}

/** What every answer rests on in which a policy takes part. */
export const policiesEnforced: Assumption = {
  code: 'network-policy-enforced',
  message: 'the CNI plugin enforces NetworkPolicies, and drops what they deny without an answer',
};

/** What all policies together say about a packet between two ends. */
export interface ConnectionVerdict {
  /** A policy takes part. */
  readonly isRestricted: boolean;
  /** The first in the way: one that denies before one of which it cannot be told. */
  readonly refusal?: Refusal;
}

/** A packet between two ends as the policies of the sender see it, and those of the receiver. */
export function judgeConnection(
  mesh: Mesh,
  from: PolicyEnd,
  to: PolicyEnd,
  at: Pick<PolicyPacket, 'port' | 'protocol'>,
): ConnectionVerdict {
  const judged = packetsOf(from, to, at).map(packet => ({
    packet,
    verdict: judgePacket(mesh, packet),
  }));
  const refusals = judged.flatMap(({ verdict, packet }) => refusalOf(verdict, packet) ?? []);
  const refusal = refusals.find(({ kind }) => kind === 'denied') ?? refusals[0];
  return {
    isRestricted: judged.some(({ verdict }) => verdict.kind !== 'unrestricted'),
    ...(refusal !== undefined && { refusal }),
  };
}
