import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildMesh, findWorkload, type Mesh } from '../mesh';
import { meshFromYaml } from '../mesh/mesh-from-yaml';
import {
  deployment,
  namespace,
  outbound,
  service,
  entry as serviceEntry,
  tls,
} from '../testing/manifest-text';
import { dispositions } from './codes';
import { trafficPaths } from './paths/traffic-paths';
import { simulate } from './simulate';
import type { Call } from './trace';

const base = (mode: string, annotations = '') =>
  outbound(mode) +
  namespace('shop') +
  deployment('web', { annotations }) +
  service('web', 'shop', '{name: http, port: 80, targetPort: 8080}');

const entry = serviceEntry('api.pay.example', tls);

const ref = { kind: 'Deployment', namespace: 'shop', name: 'web' } as const;
const https = (to: string): Call => ({ from: ref, to, port: 443, protocol: 'https' });
const ask = (mesh: Mesh, call: Call) => simulate(mesh, call);

describe('a call that leaves a pod', () => {
  it('passes through under ALLOW_ANY', () => {
    const trace = ask(meshFromYaml(base('ALLOW_ANY')), https('api.pay.example'));
    expect(trace).toMatchObject({ disposition: 'delivered', reasons: ['allow-any'] });
    expect(trace.symptom).toMatchObject({ captured: 'outbound:15001', via: 'envoy' });
  });
  it('is closed in the TLS handshake under REGISTRY_ONLY', () => {
    const trace = ask(meshFromYaml(base('REGISTRY_ONLY')), https('api.pay.example'));
    expect(trace.disposition).toBe('closed-by-proxy');
    expect(trace.reasons).toEqual(['registry-only-no-listener']);
    expect(trace.symptom.code).toBe('tls:closed');
    expect(trace.blockers).toHaveLength(1);
  });
  it('is routed by the ServiceEntry that registers it', () => {
    const trace = ask(meshFromYaml(base('REGISTRY_ONLY') + entry), https('api.pay.example'));
    expect(trace).toMatchObject({ disposition: 'delivered', reasons: ['service-entry'] });
  });
  it('is not opened by an entry for another host', () => {
    const trace = ask(meshFromYaml(base('REGISTRY_ONLY') + entry), https('api.other.example'));
    expect(trace.reasons).toContain('sni-mismatch');
  });
  it('goes around the sidecar on an excluded port', () => {
    const excluded = 'traffic.sidecar.istio.io/excludeOutboundPorts: "443"';
    const trace = ask(meshFromYaml(base('REGISTRY_ONLY', excluded)), https('api.pay.example'));
    expect(trace.disposition).toBe('delivered');
    expect(trace.reasons).toEqual(['excluded-port', 'network-policy-not-supplied']);
    expect(trace.symptom.via).toBe('direct');
  });
  it('is refused before the proxy runs', () => {
    const mesh = meshFromYaml(base('ALLOW_ANY'));
    const trace = simulate(mesh, https('203.0.113.9'), { proxyState: 'not-started' });
    expect(trace).toMatchObject({ disposition: 'refused', reasons: ['before-proxy-start'] });
  });
  it('says so when there is no such workload', () => {
    const trace = ask(meshFromYaml(base('ALLOW_ANY')), {
      ...https('a.example'),
      from: { ...ref, name: 'x' },
    });
    expect(trace.disposition).toBe('not-running');
    expect(trace.symptom.summary).toBe('no pod comes up that could make the call');
  });
});

describe('laws of a trace', () => {
  const calls = fc.record({
    from: fc.constant(ref),
    to: fc.constantFrom(
      'api.pay.example',
      'b.example',
      '203.0.113.7',
      '10.96.0.1',
      '127.0.0.1',
      'web',
      '::1',
      '',
    ),
    port: fc.integer({ min: 0, max: 65535 }),
    protocol: fc.constantFrom('http', 'http2', 'https', 'tls', 'tcp', 'udp'),
    uid: fc.constantFrom(0, 1000, 1337),
    serverFirst: fc.boolean(),
  });
  const mesh = meshFromYaml(base('REGISTRY_ONLY') + entry);
  it('ends in exactly one disposition, and equal calls give equal traces', () => {
    fc.assert(
      fc.property(calls, call => {
        const trace = simulate(mesh, call);
        expect(dispositions).toContain(trace.disposition);
        expect(simulate(mesh, call)).toEqual(trace);
      }),
      { numRuns: 100 },
    );
  });
  it('never captures more when a port is excluded', () => {
    fc.assert(
      fc.property(calls, fc.constantFrom(80, 443, 9000), (call, port) => {
        const annotation = `traffic.sidecar.istio.io/excludeOutboundPorts: "${port}"`;
        const excluded = meshFromYaml(base('REGISTRY_ONLY', annotation) + entry);
        const before = simulate(mesh, call).symptom.captured;
        const after = simulate(excluded, call).symptom.captured;
        expect(after === undefined || after === before).toBe(true);
      }),
      { numRuns: 20 },
    );
  });
});

describe('the six kinds of traffic', () => {
  const mesh = meshFromYaml(base('ALLOW_ANY'));
  const paths = trafficPaths(mesh, ref);
  const answer = (kind: string) => paths.find(path => path.kind === kind);
  it('are all shown', () => {
    expect(paths.map(({ kind }) => kind)).toEqual([
      'remote-to-local',
      'local-to-remote',
      'prometheus-to-local',
      'local-to-local',
      'envoy-internal',
      'sidecar-to-istiod',
    ]);
  });
  it('agree with the published description where the kernel does', () => {
    expect(answer('remote-to-local')).toMatchObject({ answer: 'through Envoy, once' });
    expect(answer('local-to-remote')?.note).toBeUndefined();
    expect(answer('local-to-local')).toMatchObject({ answer: 'through Envoy, twice' });
  });
  it('say where it is otherwise, and why', () => {
    expect(answer('prometheus-to-local')?.note).toContain('conntrack');
    expect(answer('envoy-internal')?.note).toContain('here: ISTIO_OUTPUT rule 4');
    expect(answer('sidecar-to-istiod')).toMatchObject({ answer: 'direct, Envoy does not see it' });
  });
  it('know no workload that is not there', () => {
    expect(findWorkload(mesh, 'shop/none')).toBeUndefined();
    expect(trafficPaths(buildMesh(mesh.resources, {}), { ...ref, name: 'none' })).toEqual([]);
  });
});
