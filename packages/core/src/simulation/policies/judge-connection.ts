import {
  judgePacket,
  type Mesh,
  type PolicyEnd,
  type PolicyPacket,
  type PolicyVerdict,
} from '../../mesh';
import { formatObjectRef, type Origin } from '../../origin';
import type { ReasonCode } from '../codes';

/** A packet that NetworkPolicies do not let through, or of which it cannot be told. */
export interface Refusal {
  readonly kind: 'denied' | 'unknown';
  readonly reason: ReasonCode;
  readonly message: string;
  readonly origin?: Origin;
}

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
      return { ...base, kind: 'denied', reason: 'network-policy-denied', message };
    }
    case 'unknown': {
      const lacks = verdict.lacks ?? 'labels';
      const message = `whether ${names} lets ${packetText(packet)} depends on ${lacking[lacks]}`;
      const reason = lacks === 'address' ? 'address-not-given' : 'labels-not-given';
      return { ...base, kind: 'unknown', reason, message };
    }
  }
}

export interface JudgedConnection {
  readonly packet: PolicyPacket;
  readonly verdict: PolicyVerdict;
}

/** A packet between two ends as the policies of the sender see it, then those of the receiver. */
export function judgeConnection(
  mesh: Mesh,
  from: PolicyEnd,
  to: PolicyEnd,
  { port, protocol }: Pick<PolicyPacket, 'port' | 'protocol'>,
): readonly JudgedConnection[] {
  const packets: readonly PolicyPacket[] = [
    ...(from.pod === undefined
      ? []
      : [{ direction: 'egress' as const, pod: from.pod, peer: to, port, protocol }]),
    ...(to.pod === undefined
      ? []
      : [{ direction: 'ingress' as const, pod: to.pod, peer: from, port, protocol }]),
  ];
  return packets.map(packet => ({ packet, verdict: judgePacket(mesh, packet) }));
}

/** The first policy in the way of a packet between two ends: one that denies before one of which it cannot be told. */
export function refusalBetween(
  mesh: Mesh,
  from: PolicyEnd,
  to: PolicyEnd,
  at: Pick<PolicyPacket, 'port' | 'protocol'>,
): Refusal | undefined {
  const refusals = judgeConnection(mesh, from, to, at).flatMap(
    ({ verdict, packet }) => refusalOf(verdict, packet) ?? [],
  );
  return refusals.find(({ kind }) => kind === 'denied') ?? refusals[0];
}
