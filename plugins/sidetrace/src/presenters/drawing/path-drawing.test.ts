import { describe, expect, test } from 'vitest';
import type { Lane, StepView } from '../trace-view';
import type { PathDrawing } from './drawn';
import { drawPath } from './path-drawing';

const lanes: readonly Lane[] = ['outside', 'gateway', 'kernel', 'envoy', 'application'];

const step = (number: number, lane: Lane, state: StepView['state'] = 'passed'): StepView => ({
  ...{ number, lane, state, kind: 'cluster', title: 'x', label: `label ${number}`, sublabel: 'y' },
  passedOver: [],
});
const path = (...places: readonly Lane[]) => places.map((lane, index) => step(index + 1, lane));

/** Whether every place of the drawing is inside of its frame, in a lane of its own kind. */
function isInside({ width, height, nodes, lanes: drawn }: PathDrawing) {
  return nodes.every(
    ({ lane, x, y }) =>
      x > 0 &&
      x < width &&
      y > 0 &&
      y < height &&
      drawn.some(
        frame =>
          frame.lane === lane &&
          x > frame.x &&
          x < frame.x + frame.width &&
          y > frame.y &&
          y < frame.y + frame.height,
      ),
  );
}

describe('a drawing', () => {
  test.each([240, 304, 519, 520, 620, 900, 1600])(
    'of %i pixels stays inside of its frame, however long the path',
    width => {
      for (let length = 0; length <= 40; length += 1) {
        // every third step is two lanes further on
        const places = Array.from({ length }, (_, at) => lanes[(Math.floor(at / 3) * 2) % 5]);
        const drawing = drawPath(path(...places.map(lane => lane ?? 'kernel')), { width });
        expect(drawing.width).toBe(width);
        expect(drawing.nodes).toHaveLength(length);
        expect(isInside(drawing)).toBe(true);
      }
    },
  );

  test('goes forward only within a band', () => {
    const { nodes } = drawPath(path('kernel', 'envoy', 'kernel', 'outside'), { width: 900 });
    expect(nodes.map(({ x }) => x)).toEqual(nodes.map(({ x }) => x).sort((a, b) => a - b));
  });

  test('dashes what would follow a block', () => {
    const steps = [
      step(1, 'application'),
      step(2, 'envoy', 'stops'),
      step(3, 'outside', 'hypothetical'),
    ];
    const { edges } = drawPath(steps, { width: 900 });
    expect(edges.map(({ hypothetical }) => hypothetical)).toEqual([false, true]);
  });

  test('has a lane for a gateway only on a path through one, outside of the pod', () => {
    const without = drawPath(path('kernel', 'outside'), { width: 900 });
    expect(without.lanes.map(({ lane }) => lane)).toEqual(['outside', 'kernel']);
    const { lanes: drawn, pods } = drawPath(path('kernel', 'gateway', 'outside'), { width: 900 });
    const gateway = drawn.find(({ lane }) => lane === 'gateway');
    expect(gateway?.y).toBeLessThan(pods[0]?.y ?? 0);
  });

  test('begins with the caller, which has no number', () => {
    const caller = { lane: 'application', label: 'container web' } as const;
    const { nodes, edges } = drawPath(path('kernel'), { width: 900, caller });
    expect(nodes.map(node => node.step?.number)).toEqual([undefined, 1]);
    expect(edges).toHaveLength(1);
  });

  test('a band ends where the path changes its lane, if it is full enough by then', () => {
    const places: readonly Lane[] = [
      ...Array<Lane>(7).fill('kernel'),
      ...Array<Lane>(5).fill('envoy'),
    ];
    const { lanes: drawn } = drawPath(path(...places), { width: 620 });
    expect(drawn.map(({ id }) => id)).toEqual(['0-kernel', '1-envoy']);
  });

  test('runs down in a narrow frame, and cuts a label that is longer than its side', () => {
    const long = { ...step(1, 'kernel'), label: 'x'.repeat(80) };
    const { nodes, lanes: drawn } = drawPath([long, step(2, 'envoy')], { width: 300 });
    expect(nodes.map(({ y }) => y)).toEqual([53, 99]);
    expect(drawn.map(({ height }) => height)).toEqual([122, 122]);
    expect(nodes[0]?.label.text).toMatch(/^x{10,40}…$/);
  });
});
