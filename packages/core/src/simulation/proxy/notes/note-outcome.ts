import type { EnvoyWalk } from '../../../envoy';
import type { Run } from '../../run';
import type { Payload } from '../../wire/payload';
import type { EnvoyPlace } from '../upstream/upstream-hosts';
import { type Blocking, endingOf, isBlackHole, protocolReason } from './ending';
import { reasonOfForward } from './forward-reason';

/** Every step that blocks, the one that decides first. */
function blockings(walk: EnvoyWalk): readonly Blocking[] {
  const steps = walk.steps.flatMap(step =>
    step.ends === undefined ? [] : [{ outcome: step.ends, step }],
  );
  return steps.length === 0 ? [{ outcome: walk.outcome }] : steps;
}

/** Writes down why the call goes on or ends at this Envoy, and what of its configuration would end it as well. */
export function noteOutcome(run: Run, place: EnvoyPlace, payload: Payload): void {
  const { walk } = place;
  const { recorder } = run;
  const [first, ...others] = blockings(walk);
  const ending = first === undefined ? undefined : endingOf(first, place, payload);
  if (ending === undefined) {
    for (const reason of reasonOfForward(place)) recorder.reason(reason);
    return;
  }
  recorder.end(ending.disposition);
  recorder.block(ending.reason, ending.message, ending.origin ?? first?.step?.origin);
  const named = isBlackHole(walk) && ending.reason === 'registry-only-no-filter-chain';
  const protocol = named ? protocolReason(walk, payload) : undefined;
  if (protocol !== undefined) recorder.reason(protocol);
  recorder.permit(() => blockAll(run, others, place, payload));
}

function blockAll(run: Run, all: readonly Blocking[], place: EnvoyPlace, payload: Payload): void {
  for (const item of all) {
    const ending = endingOf(item, place, payload);
    if (ending === undefined) continue;
    run.recorder.block(ending.reason, ending.message, ending.origin ?? item.step?.origin);
  }
}

/** What would end a call that this Envoy is asked about again. */
export function noteFurther(run: Run, place: EnvoyPlace, payload: Payload): void {
  blockAll(run, blockings(place.walk), place, payload);
}
