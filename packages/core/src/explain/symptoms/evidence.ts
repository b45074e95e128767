import type { Origin } from '../../origin';
import type { ReasonCode, Step, Trace } from '../../simulation';
import { reasonTexts } from '../reason-texts';

/** What a reason comes from. */
export interface Evidence {
  readonly message: string;
  readonly origin?: Origin;
}

const evidence = (message: string, origin: Origin | undefined): Evidence => ({
  message,
  ...(origin !== undefined && { origin }),
});

/** Steps whose object gave a reason that is no blocker. */
const stepsOf: ReadonlyMap<ReasonCode, readonly Step['kind'][]> = new Map([
  ['allow-any', ['route', 'filter-chain']],
  ['dynamic-forward-proxy', ['route', 'filter-chain']],
  ['service-entry', ['cluster']],
  ['kubernetes-service', ['cluster']],
  ['wildcard-host', ['cluster']],
  ['port-captured-by-tcp-entry', ['filter-chain', 'cluster']],
  ['virtual-service-route', ['route', 'filter-chain']],
]);

function stepOrigin({ hops }: Trace, reason: ReasonCode): Origin | undefined {
  const kinds = stepsOf.get(reason) ?? [];
  const steps = hops.flatMap(hop => hop.steps).filter(step => step.hypothetical !== true);
  return kinds
    .map(kind => steps.findLast(step => step.kind === kind)?.origin)
    .find(origin => origin !== undefined);
}

function ofReason(trace: Trace, reason: ReasonCode): Evidence {
  const { meaning } = reasonTexts[reason];
  const blocker = trace.blockers.find(item => item.reason === reason);
  if (blocker !== undefined) return evidence(blocker.message, blocker.origin);
  const near = trace.near?.find(({ why }) => why === reason);
  if (near !== undefined) return evidence(`${meaning}: \`${near.host}\``, near.origin);
  const origin = stepOrigin(trace, reason);
  return origin === undefined ? (trace.bypass ?? { message: meaning }) : evidence(meaning, origin);
}

/** Reasons of a trace, each with what it comes from. */
export function evidenceOf(trace: Trace): ReadonlyMap<ReasonCode, Evidence> {
  return new Map(trace.reasons.map(reason => [reason, ofReason(trace, reason)]));
}
