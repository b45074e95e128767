import type { Waypoint } from './waypoint';

/** A band is at least so full before a change of lane ends it. */
const fullEnough = 0.6;

/**
 * Cuts a path into bands of at most `capacity` places. A band rather ends where the path changes its lane: then the band
 * needs fewer lanes.
 */
export function bandsOf(
  points: readonly Waypoint[],
  capacity: number,
): readonly (readonly Waypoint[])[] {
  const bands: (readonly Waypoint[])[] = [];
  let from = 0;
  while (points.length - from > capacity) {
    let end = from + capacity;
    const earliest = from + Math.ceil(capacity * fullEnough);
    for (let at = end; at >= earliest; at -= 1) {
      if (points[at]?.lane !== points[at - 1]?.lane) {
        end = at;
        break;
      }
    }
    bands.push(points.slice(from, end));
    from = end;
  }
  bands.push(points.slice(from));
  return bands;
}
