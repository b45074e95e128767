import { bandsOf } from './bands';
import type { DrawnEdge, DrawnLane, DrawnNode, Frame, PathDrawing } from './drawn';
import { fitText, isHypothetical, isInPod, lanesOf, type Waypoint } from './waypoint';

/** `head` is for the names of lanes; neighbours have their labels on different sides, so `along` is half a label. */
const sizes = { along: 60, lane: 98, head: 104, gap: 6, betweenBands: 20, margin: 18 } as const;
/** Width of a letter of the smaller text. */
const letter = 6.4;

const laneY = (top: number, index: number) => top + index * (sizes.lane + sizes.gap);

interface NodePlace {
  readonly x: number;
  readonly y: number;
  readonly above: boolean;
  readonly along: number;
  readonly width: number;
}

function nodeOf(point: Waypoint, { x, y, above, along, width }: NodePlace): DrawnNode {
  const { step, lane, shape } = point;
  const [label, sublabel] = above ? [-29, -17] : [26, 38];
  // the next label on this side is two places away; the first and the last one end at the frame
  const room = 2 * Math.min(along - 4, x - sizes.head + 4, width - x - 4);
  const letters = Math.floor(room / letter);
  const at = (text: string, dy: number) => ({
    text: fitText(text, letters),
    x,
    y: y + dy,
    anchor: 'middle' as const,
  });
  return {
    ...{ step, lane, shape, x, y },
    label: at(point.label, label),
    sublabel: at(point.sublabel, sublabel),
  };
}

/** Lines leave and enter along the path, so that two of them never meet between steps. */
function curve(from: DrawnNode, to: DrawnNode): string {
  const middle = (from.x + to.x) / 2;
  return `M${from.x},${from.y} C${middle},${from.y} ${middle},${to.y} ${to.x},${to.y}`;
}

/** A line with a point at its end. */
const arrow = (from: number, to: number, y: number) => `M${from},${y} H${to} m-5,-5 l5,5 l-5,5`;

interface Band {
  readonly lanes: readonly DrawnLane[];
  readonly pods: readonly Frame[];
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly DrawnEdge[];
  readonly bottom: number;
}

interface BandPlace {
  readonly index: number;
  readonly top: number;
  readonly width: number;
  readonly along: number;
}

function edgesIn(points: readonly Waypoint[], nodes: readonly DrawnNode[]): readonly DrawnEdge[] {
  return points.slice(1).flatMap((point, index): readonly DrawnEdge[] => {
    const [before, from, to] = [points[index], nodes[index], nodes[index + 1]];
    if (before === undefined || from === undefined || to === undefined) return [];
    const hypothetical = isHypothetical(before, point);
    return [{ id: `${before.id}-${point.id}`, path: curve(from, to), hypothetical }];
  });
}

function drawBand(points: readonly Waypoint[], place: BandPlace): Band {
  const { index, top, width, along } = place;
  const names = lanesOf(points);
  const lanes = names.map((lane, at): DrawnLane => {
    const y = laneY(top, at);
    const name = { x: 12, y: y + sizes.lane / 2 + 4, anchor: 'start' } as const;
    return { id: `${index}-${lane}`, lane, x: 0, y, width, height: sizes.lane, name };
  });
  const bottom = laneY(top, names.length) - sizes.gap;
  const inPod = lanes.filter(({ lane }) => isInPod(lane));
  const podTop = inPod[0]?.y;
  const podX = sizes.head - 8;
  const pods =
    podTop === undefined
      ? []
      : [{ x: podX, y: podTop, width: width - podX, height: bottom - podTop }];
  const nodes = points.map((point, at) =>
    nodeOf(point, {
      x: sizes.head + sizes.margin + along * (at + 0.5),
      y: laneY(top, names.indexOf(point.lane)) + sizes.lane / 2,
      above: at % 2 === 1,
      along,
      width,
    }),
  );
  return { lanes, pods, nodes, edges: edgesIn(points, nodes), bottom };
}

interface Drawn {
  readonly points: readonly Waypoint[];
  readonly band: Band;
}

/** Where a band ends, the line runs out to the right, and comes in again from the left. */
function turn(before: Drawn, after: Drawn, width: number): readonly DrawnEdge[] {
  const [leaves, enters] = [before.points.at(-1), after.points[0]];
  const [from, to] = [before.band.nodes.at(-1), after.band.nodes[0]];
  if (leaves === undefined || enters === undefined) return [];
  if (from === undefined || to === undefined) return [];
  const hypothetical = isHypothetical(leaves, enters);
  const id = `${leaves.id}-${enters.id}`;
  return [
    { id: `${id}-out`, path: arrow(from.x, width - 8, from.y), hypothetical },
    { id: `${id}-in`, path: arrow(sizes.head - 2, to.x - 14, to.y), hypothetical },
  ];
}

/**
 * Lays a path out across: bands of the frame's width below each other, in each a row for every lane that its places are
 * in. Places only ever go forward, so lines cannot cross.
 */
export function drawAcross(points: readonly Waypoint[], width: number): PathDrawing {
  const room = width - sizes.head - 2 * sizes.margin;
  const parts = bandsOf(points, Math.max(Math.floor(room / sizes.along), 2));
  const longest = Math.max(...parts.map(part => part.length), 1);
  const drawn: Drawn[] = [];
  let top = 0;
  for (const [index, part] of parts.entries()) {
    const band = drawBand(part, { index, top, width, along: room / longest });
    drawn.push({ points: part, band });
    top = band.bottom + sizes.betweenBands;
  }
  const turns = drawn.slice(1).flatMap((after, index) => {
    const before = drawn[index];
    return before === undefined ? [] : turn(before, after, width);
  });
  return {
    width,
    height: Math.max(top - sizes.betweenBands, sizes.lane),
    lanes: drawn.flatMap(({ band }) => band.lanes),
    pods: drawn.flatMap(({ band }) => band.pods),
    nodes: drawn.flatMap(({ band }) => band.nodes),
    edges: [...drawn.flatMap(({ band }) => band.edges), ...turns],
  };
}
