import { judgePacket, type PolicyPacket, type PolicyVerdict } from '../../mesh';
import type { Origin } from '../../origin';
import type { Run } from '../run';
import type { Candidate } from '../trace';
import type { Exchange } from '../wire/exchange';
import { policiesEnforced, type Refusal, refusalOf } from './judge-connection';

const policyName = (origin: Origin) =>
  origin.kind === 'object' ? `${origin.object.namespace ?? ''}/${origin.object.name}` : '';

const titles: Readonly<Record<PolicyVerdict['kind'], string>> = {
  unrestricted: '',
  allowed: 'lets it through',
  unknown: 'may let it through',
  denied: 'does not let it through',
};

function record(run: Run, packet: PolicyPacket, verdict: PolicyVerdict): void {
  const { kind, policies, considered } = verdict;
  const [origin] = policies;
  const names = policies.map(policyName).join(', ');
  const candidates: readonly Candidate[] = considered.map(item => ({
    ...item,
    name: `NetworkPolicy ${policyName(item.origin)}`,
  }));
  run.recorder.step({
    kind: 'policy',
    lane: 'outside',
    title: `NetworkPolicy ${names} (${packet.direction}) ${titles[kind]}`,
    ...(candidates.length > 0 && { candidates }),
    ...(origin !== undefined && { origin }),
    ...(kind === 'denied' && { blocks: true }),
  });
  run.recorder.assume(policiesEnforced);
}

function refuse(run: Run, { kind, reason, message, origin, packet }: Refusal): Exchange {
  run.recorder.end(kind === 'denied' ? 'denied-by-policy' : 'undetermined');
  run.recorder.block(reason, message, origin, packet);
  return kind === 'denied'
    ? { kind: 'unreachable', how: 'timeout', isExplained: true }
    : { kind: 'unknown' };
}

/**
 * A packet at the border of a pod: on to where it goes when NetworkPolicies let it through. What they deny is dropped; in
 * permit mode it goes on.
 */
export function passPolicies(run: Run, packet: PolicyPacket, goOn: () => Exchange): Exchange {
  const verdict = judgePacket(run.mesh, packet);
  if (verdict.kind === 'unrestricted') return goOn();
  record(run, packet, verdict);
  const refusal = refusalOf(verdict, packet);
  if (refusal === undefined) return goOn();
  const exchange = refuse(run, refusal);
  run.recorder.permit(goOn);
  return exchange;
}
