import type { Lane, StepView } from './trace-view';

export type Orientation = 'across' | 'down';

/** A lane: a row across, or a column down. */
export interface DrawnLane {
  readonly lane: Lane;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface DrawnNode {
  readonly step: StepView;
  readonly x: number;
  readonly y: number;
  readonly shape: 'endpoint' | 'hook' | 'rule' | 'proxy' | 'stop';
}

export interface DrawnEdge {
  readonly id: string;
  readonly path: string;
  /** What would follow a block. */
  readonly hypothetical: boolean;
}

export interface PathDrawing {
  readonly width: number;
  readonly height: number;
  readonly lanes: readonly DrawnLane[];
  /** Frame around the lanes of the pod; absent when the path never enters one. */
  readonly pod: Omit<DrawnLane, 'lane'>;
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly DrawnEdge[];
}

const laneOrder: readonly Lane[] = ['outside', 'gateway', 'kernel', 'envoy', 'application'];
const podLanes: readonly Lane[] = ['kernel', 'envoy', 'application'];

/** Sizes in SVG units: `along` the path, `lane` across it, `head` for the names of lanes. */
const sizes = {
  across: { along: 53, lane: 92, head: 112, gap: 8 },
  down: { along: 58, lane: 76, head: 30, gap: 4 },
} as const;

/** Room at both ends for labels that are wider than a step. */
const margin = 24;

function shapeOf({ state, kind, lane }: StepView): DrawnNode['shape'] {
  if (state === 'stops') return 'stop';
  if (kind === 'netfilter-rule' || kind === 'redirect') return 'rule';
  if (lane === 'envoy' || lane === 'gateway') return 'proxy';
  return lane === 'kernel' ? 'hook' : 'endpoint';
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Lines leave and enter along the path, so that two of them never meet between steps. */
function curve(from: Point, to: Point, orientation: Orientation): string {
  if (orientation === 'across') {
    const middle = (from.x + to.x) / 2;
    return `M${from.x},${from.y} C${middle},${from.y} ${middle},${to.y} ${to.x},${to.y}`;
  }
  const middle = (from.y + to.y) / 2;
  return `M${from.x},${from.y} C${from.x},${middle} ${to.x},${middle} ${to.x},${to.y}`;
}

/**
 * Lays out a path: one place along the path for each step, one lane for where it happens. Steps only ever go forward, so
 * lines cannot cross. The gateway has a lane only when the path goes through one.
 */
export function drawPath(steps: readonly StepView[], orientation: Orientation): PathDrawing {
  const { along, lane: breadth, head, gap } = sizes[orientation];
  const used = new Set(steps.map(({ lane }) => lane));
  const lanes = laneOrder.filter(lane => lane !== 'gateway' || used.has('gateway'));
  const across = orientation === 'across';
  const length = head + along * Math.max(steps.length, 1) + (across ? 2 * margin : 0);
  const laneStart = (index: number) => index * (breadth + gap);
  const total = laneStart(lanes.length) - gap;

  const rectangle = (start: number, size: number, from: number) =>
    across
      ? { x: from, y: start, width: length - from, height: size }
      : { x: start, y: from, width: size, height: length - from };
  const nodes = steps.map((step, index): DrawnNode => {
    const along0 = head + along * (index + 0.5) + (across ? margin : 0);
    const across0 = laneStart(lanes.indexOf(step.lane)) + breadth / 2;
    const [x, y] = across ? [along0, across0] : [across0, along0];
    return { step, x, y, shape: shapeOf(step) };
  });
  const edges = nodes.slice(1).flatMap((node, index): DrawnEdge[] => {
    const before = nodes[index];
    if (before === undefined) return [];
    return [
      {
        id: `${before.step.number}-${node.step.number}`,
        path: curve(before, node, orientation),
        hypothetical: node.step.state === 'hypothetical' || before.step.state !== 'passed',
      },
    ];
  });
  const podStart = laneStart(lanes.findIndex(lane => podLanes.includes(lane)));
  return {
    width: across ? length : total,
    height: across ? total : length,
    lanes: lanes.map((lane, index) => ({ lane, ...rectangle(laneStart(index), breadth, 0) })),
    pod: rectangle(podStart, total - podStart, across ? head - 8 : head - 4),
    nodes,
    edges,
  };
}
