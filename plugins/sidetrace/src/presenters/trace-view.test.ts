import { type Mesh, simulate } from '@sidetrace/core';
import { describe, expect, test } from 'vitest';
import { demoMesh } from '../testing/demo-mesh';
import { gatewayMesh } from '../testing/gateway-mesh';
import { traceView } from './trace-view';

const viewOf = (mesh: Mesh, from: string, to: string) => {
  const [namespace = '', name = ''] = from.split('/');
  const call = { from: { kind: 'Deployment', namespace, name }, to, port: 443 } as const;
  return traceView(simulate(mesh, { ...call, protocol: 'https' }));
};
const lanesOf = (view: ReturnType<typeof traceView>) =>
  view.steps.map(({ lane }) => lane).filter((lane, index, all) => lane !== all[index - 1]);

describe('a trace as people read it', () => {
  test('numbers the steps of all hops in one row', () => {
    const { hops, steps } = viewOf(demoMesh(), 'shop/web', 'api.payments.example');
    expect(hops.flatMap(hop => hop.steps)).toEqual(steps);
    expect(steps.map(({ number }) => number)).toEqual(steps.map((_, index) => index + 1));
  });

  test('names who calls in few words, in the lane of its own', () => {
    const { caller } = viewOf(demoMesh(), 'shop/web', 'api.payments.example');
    expect(caller).toEqual({ lane: 'application', label: 'container web' });
  });

  test('marks what stops the call and what would follow', () => {
    const { steps, blocked } = viewOf(demoMesh(), 'shop/web', 'news.example');
    expect(blocked).toBe(true);
    const stop = steps.findIndex(({ state }) => state === 'stops');
    expect(stop).toBeGreaterThan(0);
    expect(steps.slice(stop + 1).every(({ state }) => state === 'hypothetical')).toBe(true);
  });
});

describe('a gateway on the way', () => {
  const mesh = gatewayMesh();

  test('has a lane for its kernel and its Envoy', () => {
    const lanes = lanesOf(viewOf(mesh, 'shop/web', 'api.payments.example'));
    expect(lanes.slice(-4)).toEqual(['envoy', 'kernel', 'gateway', 'outside']);
  });

  test('is the pod itself for a call that begins there', () => {
    const lanes = lanesOf(viewOf(mesh, 'egress/egressgateway', 'api.payments.example'));
    expect(lanes).not.toContain('gateway');
  });
});

test('the pod of a called service is outside of the lanes of the own pod', () => {
  const from = { kind: 'Deployment', namespace: 'batch', name: 'report' };
  const hook = { kind: 'netfilter-hook', lane: 'kernel', title: 'x' } as const;
  const hop = { role: 'endpoint', steps: [hook] } as const;
  const trace = simulate(demoMesh(), { from, to: 'rates.example', port: 80, protocol: 'http' });
  const { steps } = traceView({
    ...trace,
    hops: [
      { ...hop, place: 'process', title: 'container report of batch/report' },
      { ...hop, place: 'pod-network', title: 'network of shop/web' },
    ],
  });
  expect(steps.map(({ lane }) => lane)).toEqual(['kernel', 'outside']);
});
