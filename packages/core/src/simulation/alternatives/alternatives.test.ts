import { describe, expect, it } from 'vitest';
import { meshFromYaml } from '../../mesh/mesh-from-yaml';
import { deployment, istio, namespace, security, service } from '../../testing/manifest-text';
import { simulate, simulateAll } from '../simulate';

const itemsOf = (version: string) =>
  deployment(`items-${version}`, { where: 'stock', app: 'items', labels: `, version: ${version}` });

const base =
  namespace('stock') +
  service('items', 'stock', '{name: http, port: 80, targetPort: 8080}') +
  deployment('web', { where: 'stock' });

const strict = security('PeerAuthentication', 'default', 'stock', '{mtls: {mode: STRICT}}');

const denied = security(
  'AuthorizationPolicy',
  'v2',
  'stock',
  '{selector: {matchLabels: {version: v2}}}',
);

const web = { kind: 'Deployment', namespace: 'stock', name: 'web' } as const;
const items = {
  from: web,
  to: 'items.stock.svc.cluster.local',
  port: 80,
  protocol: 'http',
} as const;
const v1 = itemsOf('v1');
const v2 = itemsOf('v2');

describe('endpoints that differ', () => {
  it('are each told, with how the call ends there', () => {
    const trace = simulate(meshFromYaml(base + v1 + v2 + denied), items);
    expect(trace.alternatives?.map(({ code, disposition }) => [code, disposition])).toEqual([
      ['http:200', 'delivered'],
      ['http:403', 'denied-by-policy'],
    ]);
    expect(trace.reasons).toContain('endpoints-differ');
    expect(trace.symptom.code).toBe('http:200');
  });
  it('can be asked for one by one', () => {
    const mesh = meshFromYaml(base + v1 + v2 + denied);
    const endpoint = simulate(mesh, items).alternatives?.[1]?.endpoint ?? '';
    const trace = simulate(mesh, items, { endpoint });
    expect(trace.disposition).toBe('denied-by-policy');
    expect(trace.alternatives).toBeUndefined();
  });
  it('are none when the pods are of one workload', () => {
    const trace = simulate(meshFromYaml(base + v1), items);
    expect(trace.alternatives).toBeUndefined();
  });
  it('count behind a cluster IP that no proxy resolves, too', () => {
    const plain = base.replace('istio-injection: enabled', 'istio-injection: disabled');
    const injected = v1.replaceAll('version: v1', 'version: v1, sidecar.istio.io/inject: "true"');
    const mesh = meshFromYaml(
      plain.replace('istio-injection: disabled', 'a: b') + injected + v2 + strict,
    );
    const codes = simulateAll(mesh, items).map(({ symptom }) => symptom.code);
    expect(codes).toEqual(['http:closed', 'http:200']);
  });
  it('are servers outside that do not answer', () => {
    const entry = `
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: pay, namespace: stock}
spec:
  hosts: [pay.example]
  location: MESH_EXTERNAL
  resolution: STATIC
  endpoints: [{address: 198.51.100.7}, {address: 198.51.100.8}]
  ports: [{number: 80, name: http, protocol: HTTP}]`;
    const call = { ...items, to: 'pay.example' };
    const world = { refusingAddresses: ['198.51.100.8'] };
    const trace = simulate(meshFromYaml(base + entry), call, { world });
    expect(trace.alternatives?.map(({ endpoint, code }) => [endpoint, code])).toEqual([
      ['198.51.100.7:80', 'http:200'],
      ['198.51.100.8:80', 'http:503'],
    ]);
  });
});

describe('a cluster of a weighted route', () => {
  it('gets the Host and headers of its own destination', () => {
    const route = `${istio('ServiceEntry', 'pay', 'stock', '{hosts: [a.example, b.example], location: MESH_EXTERNAL, resolution: STATIC, endpoints: [{address: 198.51.100.7}], ports: [{number: 80, name: http, protocol: HTTP}]}')}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: pay, namespace: stock}
spec:
  hosts: [a.example]
  http:
    - route:
        - {destination: {host: a.example}, weight: 60}
        - {destination: {host: b.example}, weight: 40, headers: {request: {set: {Host: b.example}}}}`;
    const traces = simulateAll(meshFromYaml(base + route), { ...items, to: 'a.example' });
    expect(traces.map(({ symptom }) => symptom.reached?.authority)).toEqual([
      'a.example',
      'b.example',
    ]);
  });
});

describe('clusters of a weighted route', () => {
  const route = (second: string) => `
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: items, namespace: stock}
spec:
  hosts: [items.stock.svc.cluster.local]
  http:
    - route:
        - {destination: {host: items.stock.svc.cluster.local}, weight: 20}
        - {destination: {host: ${second}}, weight: 80}`;
  it('are told in the order of their weights', () => {
    const trace = simulate(meshFromYaml(base + v1 + route('gone.stock.svc.cluster.local')), items);
    expect(trace.alternatives?.map(({ weight, code }) => [weight, code])).toEqual([
      [80, 'http:503'],
      [20, 'http:200'],
    ]);
    expect(trace.symptom.code).toBe('http:503');
    expect(trace.reasons).toContain('weighted-routes');
  });
});
