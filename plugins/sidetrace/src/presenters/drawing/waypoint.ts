import type { Lane, StepView } from '../trace-view';
import type { DrawnNode } from './drawn';

/** Who calls: the drawing begins there, before the first step. */
export interface Caller {
  readonly lane: Lane;
  readonly label: string;
}

/** A place on the path before it is laid out. */
export interface Waypoint {
  readonly id: string;
  readonly step: StepView | undefined;
  readonly lane: Lane;
  readonly shape: DrawnNode['shape'];
  readonly label: string;
  readonly sublabel: string;
  readonly state: StepView['state'];
}

const laneOrder: readonly Lane[] = ['outside', 'gateway', 'kernel', 'envoy', 'application'];
const podLanes: readonly Lane[] = ['kernel', 'envoy', 'application'];

export const isInPod = (lane: Lane): boolean => podLanes.includes(lane);

/** The lanes that these places are in, from outside to the application. */
export function lanesOf(points: readonly Waypoint[]): readonly Lane[] {
  const used = new Set(points.map(({ lane }) => lane));
  return laneOrder.filter(lane => used.has(lane));
}

function shapeOf({ state, kind, lane }: StepView): DrawnNode['shape'] {
  if (state === 'stops') return 'stop';
  if (kind === 'netfilter-rule' || kind === 'redirect') return 'rule';
  if (kind === 'netfilter-hook') return 'hook';
  if (lane === 'envoy' || lane === 'gateway') return 'proxy';
  return lane === 'kernel' ? 'hook' : 'endpoint';
}

/** The caller and the steps, one place each. */
export function waypoints(
  steps: readonly StepView[],
  caller: Caller | undefined,
): readonly Waypoint[] {
  const places = steps.map((step): Waypoint => {
    const { number, lane, label, sublabel, state } = step;
    return { id: String(number), step, lane, shape: shapeOf(step), label, sublabel, state };
  });
  if (caller === undefined) return places;
  const start: Waypoint = {
    ...caller,
    id: 'start',
    step: undefined,
    shape: 'start',
    sublabel: '',
    state: 'passed',
  };
  return [start, ...places];
}

/** Whether the line between two places is one that is not gone. */
export const isHypothetical = (from: Waypoint, to: Waypoint): boolean =>
  to.state === 'hypothetical' || from.state !== 'passed';

/** The text itself, or its beginning where the room is too small. */
export function fitText(text: string, letters: number): string {
  return text.length <= letters ? text : `${text.slice(0, Math.max(letters - 1, 1)).trimEnd()}…`;
}
