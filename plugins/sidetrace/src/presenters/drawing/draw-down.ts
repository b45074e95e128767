import type { DrawnEdge, DrawnLane, DrawnNode, DrawnText, PathDrawing } from './drawn';
import { fitText, isHypothetical, isInPod, lanesOf, type Waypoint } from './waypoint';

const sizes = { along: 46, head: 30, gap: 4, textFrom: 17, letter: 6.6, smallLetter: 6 } as const;

/** The label stands beside its place, on the side with more room. */
function nodeOf(point: Waypoint, place: { x: number; y: number; width: number }): DrawnNode {
  const { x, y, width } = place;
  const { step, lane, shape } = point;
  const toTheLeft = x > width / 2;
  const room = (toTheLeft ? x : width - x) - sizes.textFrom - 4;
  const at = (text: string, dy: number, letter: number): DrawnText => ({
    text: fitText(text, Math.floor(room / letter)),
    x: toTheLeft ? x - sizes.textFrom : x + sizes.textFrom,
    y: y + dy,
    anchor: toTheLeft ? 'end' : 'start',
  });
  return {
    ...{ step, lane, shape, x, y },
    label: at(point.label, point.sublabel === '' ? 4 : -2, sizes.letter),
    sublabel: at(point.sublabel, 11, sizes.smallLetter),
  };
}

/** Lines leave and enter along the path, so that two of them never meet between steps. */
function curve(from: DrawnNode, to: DrawnNode): string {
  const middle = (from.y + to.y) / 2;
  return `M${from.x},${from.y} C${from.x},${middle} ${to.x},${middle} ${to.x},${to.y}`;
}

/** Lays a path out downwards for a narrow frame: a column for every lane that its places are in. */
export function drawDown(points: readonly Waypoint[], width: number): PathDrawing {
  const { along, head, gap } = sizes;
  const names = lanesOf(points);
  const breadth = (width - gap * (names.length - 1)) / Math.max(names.length, 1);
  const height = head + along * Math.max(points.length, 1);
  const laneX = (index: number) => index * (breadth + gap);
  const lanes = names.map((lane, index): DrawnLane => {
    const x = laneX(index);
    const name = { x: x + breadth / 2, y: 19, anchor: 'middle' } as const;
    return { id: lane, lane, x, y: 0, width: breadth, height, name };
  });
  const nodes = points.map((point, index) =>
    nodeOf(point, {
      x: laneX(names.indexOf(point.lane)) + breadth / 2,
      y: head + along * (index + 0.5),
      width,
    }),
  );
  const edges = points.slice(1).flatMap((point, index): readonly DrawnEdge[] => {
    const [before, from, to] = [points[index], nodes[index], nodes[index + 1]];
    if (before === undefined || from === undefined || to === undefined) return [];
    const hypothetical = isHypothetical(before, point);
    return [{ id: `${before.id}-${point.id}`, path: curve(from, to), hypothetical }];
  });
  const podX = lanes.find(({ lane }) => isInPod(lane))?.x;
  const pods =
    podX === undefined
      ? []
      : [{ x: podX, y: head - 4, width: width - podX, height: height - head + 4 }];
  return { width, height, lanes, pods, nodes, edges };
}
