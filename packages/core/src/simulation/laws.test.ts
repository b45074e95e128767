import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meshFromYaml } from '../mesh/mesh-from-yaml';
import type { SimulateOptions } from './options';
import { simulate, simulateAll } from './simulate';
import type { Call } from './trace';
import { callVariants } from './variants/call-variants';

const hosts = ['pay.example', 'www.pay.example', '*.pay.example', 'items.stock.svc.cluster.local'];

const entry = fc.record({
  host: fc.constantFrom(...hosts),
  namespace: fc.constantFrom('shop', 'bank', 'stock'),
  port: fc.constantFrom(80, 443, 5432),
  protocol: fc.constantFrom('HTTP', 'TLS', 'TCP'),
  resolution: fc.constantFrom('DNS', 'NONE'),
  exportTo: fc.constantFrom('*', '.', 'shop'),
});

const world = fc.record({
  mode: fc.constantFrom('REGISTRY_ONLY', 'ALLOW_ANY', 'ALLOW_ANY_DYNAMIC_DNS'),
  mtls: fc.constantFrom('STRICT', 'PERMISSIVE', 'DISABLE'),
  injected: fc.boolean(),
  sidecar: fc.constantFrom('', '["./*"]', '["*/*"]', '["stock/*"]'),
  policy: fc.constantFrom(
    '',
    '{}',
    '{action: DENY, rules: [{}]}',
    '{rules: [{from: [{source: {namespaces: [shop]}}]}]}',
  ),
  annotation: fc.constantFrom(
    '',
    'excludeOutboundPorts: "443"',
    'excludeOutboundIPRanges: "198.51.100.0/24"',
  ),
  weights: fc.boolean(),
  entries: fc.array(entry, { maxLength: 4 }),
});

type Drawn = typeof world extends fc.Arbitrary<infer T> ? T : never;

function meshOf(drawn: Drawn) {
  const { mode, mtls, injected, sidecar, policy, annotation, weights, entries } = drawn;
  const documents = [
    `apiVersion: v1
kind: ConfigMap
metadata: {name: istio, namespace: istio-system}
data: {mesh: "outboundTrafficPolicy: {mode: ${mode}}"}`,
    ...['shop', 'stock', 'bank'].map(
      name => `apiVersion: v1
kind: Namespace
metadata: {name: ${name}, labels: {istio-injection: ${injected || name !== 'shop' ? 'enabled' : 'disabled'}}}`,
    ),
    ...['shop/web', 'stock/items', 'stock/old'].map(item => {
      const [namespace = '', name = ''] = item.split('/');
      const out = name === 'old' ? ', sidecar.istio.io/inject: "false"' : '';
      const extra =
        name === 'web' && annotation !== '' ? `traffic.sidecar.istio.io/${annotation}` : '';
      return `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: ${namespace}}
spec:
  selector: {matchLabels: {app: ${name === 'old' ? 'items' : name}}}
  template:
    metadata: {labels: {app: ${name === 'old' ? 'items' : name}, v: ${name}${out}}, annotations: {${extra}}}
    spec: {containers: [{name: app, ports: [{containerPort: 8080}]}]}`;
    }),
    `apiVersion: v1
kind: Service
metadata: {name: items, namespace: stock}
spec: {selector: {app: items}, ports: [{name: http, port: 80, targetPort: 8080}]}`,
    `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: default, namespace: stock}
spec: {mtls: {mode: ${mtls}}}`,
    ...(policy === ''
      ? []
      : [
          `apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: p, namespace: stock}\nspec: ${policy}`,
        ]),
    ...(sidecar === ''
      ? []
      : [
          `apiVersion: networking.istio.io/v1\nkind: Sidecar\nmetadata: {name: default, namespace: shop}\nspec: {egress: [{hosts: ${sidecar}}]}`,
        ]),
    ...(weights
      ? [
          `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: split, namespace: shop}\nspec: {hosts: [pay.example], http: [{route: [{destination: {host: pay.example}, weight: 30}, {destination: {host: items.stock.svc.cluster.local}, weight: 70}]}]}`,
        ]
      : []),
    ...entries.map(
      (
        { host, namespace, port, protocol, resolution, exportTo },
        i,
      ) => `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: e${i}, namespace: ${namespace}}
spec: {hosts: ["${host}"], location: MESH_EXTERNAL, resolution: ${host.startsWith('*') ? 'NONE' : resolution}, exportTo: ["${exportTo}"], ports: [{number: ${port}, name: p, protocol: ${protocol}}]}`,
    ),
  ];
  return meshFromYaml(documents.join('\n---\n'));
}

const call: fc.Arbitrary<Call> = fc
  .record({
    to: fc.constantFrom(
      'pay.example',
      'www.pay.example',
      'items.stock',
      '198.51.100.7',
      'nothing.example',
    ),
    port: fc.constantFrom(80, 443, 5432, 15001, 15020),
    protocol: fc.constantFrom('http', 'https', 'tcp', 'udp', 'http2'),
    serverFirst: fc.boolean(),
    uid: fc.constantFrom(undefined, 1337),
  })
  .map(({ to, port, protocol, serverFirst, uid }) => ({
    from: { kind: 'Deployment', namespace: 'shop', name: 'web' },
    to,
    port,
    protocol,
    ...(serverFirst && protocol === 'tcp' && { serverFirst }),
    ...(uid !== undefined && { uid }),
  }));

const options: fc.Arbitrary<SimulateOptions> = fc.constantFrom(
  {},
  { proxyState: 'not-started' },
  { world: { otherNames: 'nxdomain' } },
  { world: { silentAddresses: ['198.51.100.7'], refusingAddresses: ['203.0.113.1'] } },
);

const drawn = fc.record({ world, call, options });

describe('every call', () => {
  it('gets through without a blocker, or does not and has one', () => {
    fc.assert(
      fc.property(drawn, ({ world: given, call: asked, options: with_ }) => {
        const trace = simulate(meshOf(given), asked, with_);
        expect(trace.blockers.length > 0).toBe(trace.disposition !== 'delivered');
        expect(new Set(trace.reasons).size).toBe(trace.reasons.length);
      }),
      { numRuns: 120 },
    );
  });
  it('ends the same whether or not the walk goes on after its block', () => {
    fc.assert(
      fc.property(drawn, ({ world: given, call: asked, options: with_ }) => {
        const mesh = meshOf(given);
        const whole = simulate(mesh, asked, with_);
        const short = simulate(mesh, asked, { ...with_, firstBlockOnly: true });
        const { disposition, reasons, symptom, accessLog } = whole;
        expect({ ...short, near: undefined }).toMatchObject({
          disposition,
          reasons,
          symptom,
          accessLog,
        });
        expect(short.blockers).toEqual(whole.blockers.slice(0, 1));
      }),
      { numRuns: 60 },
    );
  });
  it('is answered the same again, and by its first way', () => {
    fc.assert(
      fc.property(drawn, ({ world: given, call: asked, options: with_ }) => {
        const mesh = meshOf(given);
        const trace = simulate(mesh, asked, with_);
        expect(simulate(meshOf(given), asked, with_)).toEqual(trace);
        const all = simulateAll(mesh, asked, with_);
        expect(all[0]?.symptom).toEqual(trace.symptom);
        expect(trace.alternatives?.length ?? 1).toBe(all.length);
        expect(structuredClone(trace)).toEqual(trace);
      }),
      { numRuns: 50 },
    );
  });
  it('has variants of which the first is the call as asked', () => {
    fc.assert(
      fc.property(drawn, ({ world: given, call: asked, options: with_ }) => {
        const mesh = meshOf(given);
        const variants = callVariants(mesh, asked, with_);
        expect(variants[0]).toEqual({ trace: simulate(mesh, asked, with_) });
        expect(variants.filter(({ when }) => when === undefined)).toHaveLength(1);
      }),
      { numRuns: 20 },
    );
  });
});
