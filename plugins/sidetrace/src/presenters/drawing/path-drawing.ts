import type { StepView } from '../trace-view';
import { drawAcross } from './draw-across';
import { drawDown } from './draw-down';
import type { PathDrawing } from './drawn';
import { type Caller, waypoints } from './waypoint';

/** In a narrower frame the lanes are columns. */
const narrowFrame = 520;

interface Options {
  /** Width of the frame in pixels; the drawing is as wide as that. */
  readonly width: number;
  readonly caller?: Caller;
}

/** Lays out a path in a frame: bands across in a wide one, one column of steps down in a narrow one. */
export function drawPath(steps: readonly StepView[], { width, caller }: Options): PathDrawing {
  const points = waypoints(steps, caller);
  return width < narrowFrame ? drawDown(points, width) : drawAcross(points, width);
}
