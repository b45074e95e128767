import type { Origin } from '../../origin';
import type { NetworkPolicy } from '../../resources';
import type { Mesh } from '../mesh';
import { originOf } from '../registry/kubernetes-service';
import type { PolicyPacket } from './policy-end';
import { type RuleFit, type RuleMatch, ruleFit, ruleMatch } from './rule-match';
import { selectingPolicies } from './selecting-policies';

/** A policy that was asked and does not let the packet through, and what of its nearest rule does not fit. */
export interface ConsideredPolicy {
  readonly origin: Origin;
  readonly matched: readonly string[];
  readonly failed: readonly string[];
}

/** What NetworkPolicies say about a packet. */
export interface PolicyVerdict {
  /**
   * `unrestricted`: no policy restricts the pod in this direction; `allowed`: a rule lets the packet through; `unknown`: it
   * depends on what the input does not say; `denied`: no rule does.
   */
  readonly kind: 'unrestricted' | 'allowed' | 'unknown' | 'denied';
  /** The policies that restrict the pod, or the one whose rule lets the packet through. */
  readonly policies: readonly Origin[];
  /** What the input does not say. */
  readonly lacks?: 'address' | 'labels';
  /** Of those that do not let it through: why not. */
  readonly considered: readonly ConsideredPolicy[];
}

interface Asked {
  readonly policy: NetworkPolicy;
  readonly fits: readonly RuleFit[];
  readonly match: RuleMatch;
  /** Place among the rules of the one that counts. */
  readonly rule: number;
}

const order: readonly RuleMatch[] = ['yes', 'labels', 'address', 'no'];

function ask(mesh: Mesh, policy: NetworkPolicy, packet: PolicyPacket): Asked {
  const fits = policy.spec[packet.direction].map(rule => ruleFit(mesh, policy, rule, packet));
  const matches = fits.map(ruleMatch);
  const match = order.find(item => matches.includes(item)) ?? 'no';
  return { policy, fits, match, rule: matches.indexOf(match) };
}

const ruleOrigin = ({ policy, rule, fits }: Asked, { direction }: PolicyPacket): Origin =>
  originOf(policy, fits.length === 0 ? 'spec' : `spec.${direction}.${rule}`);

const policyOrigin = ({ policy, fits }: Asked, { direction }: PolicyPacket): Origin =>
  originOf(policy, fits.length === 0 ? 'spec' : `spec.${direction}`);

function consider(asked: Asked, packet: PolicyPacket): ConsideredPolicy {
  const nearest =
    asked.fits.find(({ peers }) => peers !== 'no') ?? asked.fits.find(({ ports }) => ports);
  const origin = policyOrigin(asked, packet);
  if (nearest === undefined) {
    return {
      origin,
      matched: [],
      failed: asked.fits.length === 0 ? ['has no rule'] : ['peer', 'port'],
    };
  }
  const peer = nearest.peers === 'no' ? [] : ['peer'];
  return {
    origin,
    matched: [...peer, ...(nearest.ports ? ['port'] : [])],
    failed: [...(nearest.peers === 'no' ? ['peer'] : []), ...(nearest.ports ? [] : ['port'])],
  };
}

function verdictOf(
  surely: readonly Asked[],
  perhaps: readonly Asked[],
  packet: PolicyPacket,
): PolicyVerdict {
  const considered = surely
    .filter(({ match }) => match !== 'yes')
    .map(item => consider(item, packet));
  const open = surely.find(({ match }) => match === 'yes');
  if (open !== undefined)
    return { kind: 'allowed', policies: [ruleOrigin(open, packet)], considered };
  const [first] = perhaps;
  if (surely.length === 0 && first !== undefined && perhaps.every(({ match }) => match === 'yes')) {
    return { kind: 'allowed', policies: perhaps.map(item => ruleOrigin(item, packet)), considered };
  }
  // of policies that may or may not select the pod each may restrict it when no other does, and else only open it
  const doubtful = [
    ...surely.filter(({ match }) => match !== 'no'),
    ...perhaps.filter(({ match }) => surely.length === 0 || match !== 'no'),
  ];
  if (doubtful.length === 0) {
    return { kind: 'denied', policies: surely.map(item => policyOrigin(item, packet)), considered };
  }
  const byAddress = doubtful.every(item => item.match === 'address' && surely.includes(item));
  return {
    kind: 'unknown',
    lacks: byAddress ? 'address' : 'labels',
    policies: doubtful.map(item => policyOrigin(item, packet)),
    considered,
  };
}

/** A pod cannot shut itself out, nor its node (`networking/v1`, concept "The two sorts of pod isolation"). */
const isAlwaysAllowed = ({ pod, peer }: PolicyPacket) =>
  peer.pod === pod || (pod.hostIp !== undefined && pod.hostIp === peer.address);

/**
 * Whether NetworkPolicies let a packet leave or enter a pod: the union of the rules of all policies that select it
 * (Kubernetes `networking.k8s.io/v1`). Without any in that direction everything passes.
 */
export function judgePacket(mesh: Mesh, packet: PolicyPacket): PolicyVerdict {
  const { surely, perhaps } = selectingPolicies(mesh, packet.pod, packet.direction);
  if ((surely.length === 0 && perhaps.length === 0) || isAlwaysAllowed(packet)) {
    return { kind: 'unrestricted', policies: [], considered: [] };
  }
  return verdictOf(
    surely.map(policy => ask(mesh, policy, packet)),
    perhaps.map(policy => ask(mesh, policy, packet)),
    packet,
  );
}
