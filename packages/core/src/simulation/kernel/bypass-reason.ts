import type { IpAddress } from '../../net';
import type { Match, RuleStep, Walk } from '../../netfilter';
import type { Origin } from '../../origin';
import type { ReasonCode } from '../codes';
import type { PodStack } from '../pod/pod-stack';

/** Why a packet is not handed to the proxy, and what decided it. */
export interface Bypass {
  readonly reason: ReasonCode;
  readonly message: string;
  readonly origin?: Origin;
}

/** What is asked about. */
interface Packet {
  readonly protocol: 'tcp' | 'udp';
  readonly destination: IpAddress;
  readonly port: number;
}

/** Port of HBONE, which the rules exempt from inbound redirection. */
const hbonePort = 15008;

const has = (step: RuleStep, kind: Match['kind']) =>
  step.rule.matches.find(match => match.kind === kind);

const isLoopback = (ip: string) => ip.startsWith('127.') || ip === '::1';

/** The rule that let the packet go: the last one that returned or accepted in a chain of Istio's. */
function releasing(walk: Walk): RuleStep | undefined {
  const rules = walk.hooks.flatMap(hook => hook.rules.filter(step => step.matched));
  return rules.findLast(
    ({ rule, table }) =>
      (table === 'nat' || table === 'mangle') &&
      (rule.target.kind === 'RETURN' || rule.target.kind === 'ACCEPT'),
  );
}

function ownerReason(step: RuleStep, stack: PodStack): Bypass['reason'] | undefined {
  const uid = has(step, 'owner-uid');
  const gid = has(step, 'owner-gid');
  if (uid?.kind === 'owner-uid' && !uid.negated) return 'proxy-uid';
  if (gid?.kind !== 'owner-gid') return undefined;
  const own = stack.proxy?.user.gid ?? 1337;
  const isProxy = gid.ranges.some(({ from, to }) => from <= own && own <= to);
  if (!gid.negated && isProxy) return 'proxy-gid';
  return has(step, 'out-interface') === undefined ? 'owner-group' : undefined;
}

/** Ports of Envoy's bootstrap and of the agent, which Istio's own rules leave alone. */
function isOwnPort({ proxy }: PodStack, port: number): boolean {
  if (proxy === undefined) return false;
  return [proxy.agentPort, proxy.statusPort, proxy.prometheusPort, hbonePort].includes(port);
}

function classify(
  step: RuleStep,
  stack: PodStack,
  { destination, port }: Packet,
): Bypass['reason'] {
  const owner = ownerReason(step, stack);
  const device = has(step, 'out-interface');
  if (device !== undefined && owner === undefined) {
    return isLoopback(destination) ? 'loopback' : 'own-address';
  }
  if (owner !== undefined) return owner;
  if (has(step, 'destination-port') !== undefined)
    return isOwnPort(stack, port) ? 'proxy-port' : 'excluded-port';
  if (has(step, 'source') !== undefined) return 'own-address';
  if (has(step, 'in-interface') !== undefined) return 'excluded-interface';
  const range = has(step, 'destination');
  if (range?.kind === 'destination' && isLoopback(range.cidr.address)) return 'loopback';
  return range === undefined ? 'not-included-range' : 'excluded-range';
}

/** Why the kernel does not hand a call to the proxy. */
export function bypassReason(stack: PodStack, walk: Walk, packet: Packet): Bypass {
  const { rules, notCaptured } = stack;
  if (rules === undefined) {
    return notCaptured ?? { reason: 'not-injected', message: 'no rules are programmed in the pod' };
  }
  if (packet.protocol === 'udp') {
    return { reason: 'udp', message: 'UDP is never redirected' };
  }
  const six = packet.destination.includes(':');
  if (six && rules.ruleset.v6.length === 0) {
    return { reason: 'ipv6-not-captured', message: 'no IPv6 rules are programmed in the pod' };
  }
  const step = releasing(walk);
  if (step === undefined) {
    return { reason: 'not-included-range', message: 'no rule redirects this destination' };
  }
  const reason = classify(step, stack, packet);
  const message = `${step.table} ${step.chain} rule ${step.number} lets it pass: ${step.rule.text}`;
  const { origin } = step.rule;
  return { reason, message, ...(origin !== undefined && { origin }) };
}
