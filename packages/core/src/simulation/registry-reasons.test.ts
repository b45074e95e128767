import { describe, expect, it } from 'vitest';
import { meshFromYaml } from '../mesh/mesh-from-yaml';
import {
  deployment,
  istio,
  namespace,
  registryOnly,
  security,
  service,
} from '../testing/manifest-text';
import { simulate } from './simulate';
import type { Call } from './trace';

const base = registryOnly + namespace('shop') + namespace('bank') + deployment('web');

function entry(
  namespace: string,
  host: string,
  { port = 443, protocol = 'TLS', more = '', created = '2026-01-01' } = {},
): string {
  const name = `${host.replaceAll('.', '-').replace('*', 'any')}-${port}`;
  const resolution = host.startsWith('*') ? 'NONE' : 'DNS';
  const ports = `{number: ${port}, name: p, protocol: ${protocol}}`;
  const spec = `{hosts: ["${host}"], location: MESH_EXTERNAL, resolution: ${resolution}, ports: [${ports}]${more}}`;
  return istio('ServiceEntry', name, namespace, spec, `${created}T00:00:00Z`);
}

const web = { kind: 'Deployment', namespace: 'shop', name: 'web' } as const;
const pay: Call = { from: web, to: 'pay.example', port: 443, protocol: 'https' };
const ask = (manifests: string, call: Call = pay) => simulate(meshFromYaml(base + manifests), call);

const hidden = ', exportTo: ["."]';
const ownOnly = istio('Sidecar', 'default', 'shop', '{egress: [{hosts: ["./*"]}]}');

describe('objects of the host that the sidecar does not use', () => {
  it('are named when they are not exported', () => {
    const trace = ask(entry('bank', 'pay.example', { more: hidden }));
    expect(trace.reasons).toEqual(['registry-only-no-listener', 'not-exported']);
    expect(trace.near).toMatchObject([
      {
        host: 'pay.example',
        namespace: 'bank',
        why: 'not-exported',
        matched: ['host', 'port', 'protocol'],
        failed: ['visibility'],
        origin: { object: { kind: 'ServiceEntry', name: 'pay-example-443' } },
      },
    ]);
  });
  it('are not, when another object of the host is used', () => {
    const both = entry('bank', 'pay.example', { more: hidden }) + entry('shop', 'pay.example');
    const trace = ask(both);
    expect(trace.reasons).toEqual(['service-entry']);
    expect(trace.near).toBeUndefined();
  });
  it('are not, when they do not have the port', () => {
    const trace = ask(entry('bank', 'pay.example', { more: hidden, port: 8443 }));
    expect(trace.reasons).not.toContain('not-exported');
    expect(trace.near).toMatchObject([
      { why: 'other-port', failed: ['port', 'visibility', 'protocol'] },
    ]);
  });
  it('are named when the Sidecar does not import them, and not under a Sidecar that does', () => {
    const manifests = entry('bank', 'pay.example');
    expect(ask(manifests + ownOnly).reasons).toContain('not-imported-by-sidecar');
    const imports = ownOnly.replace('"./*"', '"./*", "bank/*"');
    expect(ask(manifests + imports).reasons).toEqual(['service-entry']);
  });
  it('are named when the Sidecar takes them on another port only', () => {
    const byPort = ownOnly.replace(
      '[{hosts: ["./*"]}]',
      '[{port: {number: 8443, protocol: TLS, name: tls}, hosts: ["*/*"]}]',
    );
    expect(ask(entry('bank', 'pay.example') + byPort).reasons).toContain('not-imported-by-sidecar');
  });
  it('are shadowed by an entry of the own namespace without this port', () => {
    const trace = ask(
      entry('shop', 'pay.example', { port: 80, protocol: 'HTTP' }) + entry('bank', 'pay.example'),
    );
    expect(trace.reasons).toContain('shadowed-by-own-namespace');
    expect(trace.near?.map(({ why }) => why)).toEqual(['shadowed-by-own-namespace', 'other-port']);
  });
  it('lose to an older one of another namespace, which is told even when the call gets through', () => {
    const older = entry('bank', 'pay.example', { created: '2020-01-01' });
    const younger = entry('istio-system', 'pay.example', { created: '2026-01-01' });
    const trace = ask(older + younger);
    expect(trace.disposition).toBe('delivered');
    expect(trace.reasons).toEqual(['service-entry', 'older-entry-wins']);
  });
  it('are found when a wildcard covers the host', () => {
    const trace = ask(entry('bank', '*.example', { more: hidden }));
    expect(trace.reasons).toContain('not-exported');
    expect(trace.near?.[0]).toMatchObject({ host: '*.example', why: 'not-exported' });
  });
});

describe('what nearly takes a call', () => {
  it('is a port of another protocol', () => {
    const trace = ask(entry('shop', 'pay.example', { protocol: 'HTTP' }));
    expect(trace.near).toMatchObject([{ why: 'other-protocol', failed: ['protocol'] }]);
  });
  it('is a host that is spelt alike, before one of the same domain', () => {
    const hosts = ['pay.shop.example', 'pya.shop.example', 'www.shop.example'];
    const trace = ask(
      hosts
        .slice(1)
        .map(host => entry('shop', host))
        .join(''),
      {
        ...pay,
        to: 'pay.shop.example',
      },
    );
    expect(trace.near?.map(({ host, why }) => [host, why])).toEqual([
      ['pya.shop.example', 'spelling'],
      ['www.shop.example', 'same-domain'],
    ]);
  });
  it('is nothing when no name is near, and nothing for a call by address', () => {
    const manifests = entry('shop', 'rates.other');
    expect(ask(manifests).near).toBeUndefined();
    expect(ask(manifests, { ...pay, to: '198.51.100.7', sni: '' }).near).toBeUndefined();
  });
  it('is told for calls that ALLOW_ANY lets through, too', () => {
    const allow = base.replace('REGISTRY_ONLY', 'ALLOW_ANY');
    const trace = simulate(
      meshFromYaml(allow + entry('bank', 'pay.example', { more: hidden })),
      pay,
    );
    expect(trace.reasons).toEqual(['allow-any', 'not-exported']);
  });
});

describe('behind an entry that is not exported', () => {
  const gateway = `
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: gateway, namespace: bank}
spec:
  selector: {matchLabels: {app: gateway}}
  template:
    metadata: {labels: {app: gateway}, annotations: {inject.istio.io/templates: gateway}}
    spec: {containers: [{name: istio-proxy, image: auto}]}
${service('gateway', 'bank', '{name: tls, port: 443, targetPort: 8443}')}${istio('Gateway', 'gateway', 'bank', '{selector: {app: gateway}, servers: [{port: {number: 443, name: tls, protocol: TLS}, tls: {mode: PASSTHROUGH}, hosts: [pay.example]}]}')}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: through, namespace: bank}
spec:
  hosts: [pay.example]
  gateways: [mesh, gateway]
  exportTo: ["."]
  tls:
    - {match: [{gateways: [mesh], sniHosts: [pay.example]}], route: [{destination: {host: gateway.bank.svc.cluster.local}}]}
    - {match: [{gateways: [gateway], sniHosts: [pay.example]}], route: [{destination: {host: pay.example}}]}
${security('AuthorizationPolicy', 'nobody', 'bank', '{}')}`;
  it('the policy of the egress gateway is a blocker as well', () => {
    const trace = ask(entry('bank', 'pay.example', { more: hidden }) + gateway);
    expect(trace.blockers.map(({ reason }) => reason)).toEqual([
      'registry-only-no-listener',
      'rbac-denied',
    ]);
    expect(trace.reasons).toEqual(['registry-only-no-listener', 'not-exported']);
  });
});

describe('what is not modelled', () => {
  const filter = (selector: string, context: string) => `
---
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: {name: filter, namespace: shop}
spec: {${selector}configPatches: [{applyTo: LISTENER, match: {context: ${context}}, patch: {operation: MERGE, value: {}}}]}`;
  it('is an EnvoyFilter that selects the pod and patches this direction', () => {
    const trace = ask(filter('workloadSelector: {labels: {app: web}}, ', 'SIDECAR_OUTBOUND'));
    expect(trace.reasons).toContain('envoy-filter-present');
    expect(trace.unmodelled).toMatchObject([{ object: { kind: 'EnvoyFilter', name: 'filter' } }]);
  });
  it.each([
    ['another workload', filter('workloadSelector: {labels: {app: api}}, ', 'ANY')],
    ['another direction', filter('', 'SIDECAR_INBOUND')],
    ['gateways', filter('', 'GATEWAY')],
  ])('is none that is for %s', (_, manifests) => {
    const trace = ask(manifests);
    expect(trace.reasons).not.toContain('envoy-filter-present');
    expect(trace.unmodelled).toEqual([]);
  });
});

describe('an address that nobody gives', () => {
  const excluding = (range: string) =>
    base.replace(
      'annotations: {}',
      `annotations: {traffic.sidecar.istio.io/excludeOutboundIPRanges: "${range}"}`,
    );
  const simulated = (range: string, call: Call = pay, world = {}) =>
    simulate(meshFromYaml(excluding(range)), call, { world });
  it('leaves it open whether a public range excludes it', () => {
    const trace = simulated('198.51.100.0/24');
    expect(trace.disposition).toBe('undetermined');
    expect(trace.reasons).toEqual(['address-not-given']);
    expect(trace.blockers[0]?.message).toContain('198.51.100.0/24');
    expect(trace.symptom.code).toBe('unknown');
  });
  it('does not matter to private ranges, nor when everything is excluded', () => {
    expect(simulated('10.0.0.0/8').reasons).toEqual(['registry-only-no-listener']);
    expect(simulated('0.0.0.0/0').reasons[0]).toBe('excluded-range');
  });
  it('decides when it is given', () => {
    const inside = simulated('198.51.100.0/24', { ...pay, address: '198.51.100.7' });
    expect(inside.reasons[0]).toBe('excluded-range');
    const outside = simulated('198.51.100.0/24', pay, { dns: { 'pay.example': ['192.0.2.9'] } });
    expect(outside.reasons).toEqual(['registry-only-no-listener']);
  });
});

describe('a client that speaks TLS to a port with TLS origination', () => {
  it('does not get through', () => {
    const rule = istio(
      'DestinationRule',
      'pay',
      'shop',
      '{host: pay.example, trafficPolicy: {tls: {mode: SIMPLE}}}',
    );
    const trace = ask(entry('shop', 'pay.example') + rule);
    expect(trace.disposition).toBe('upstream-failed');
    expect(trace.symptom.code).toBe('tls:wrong_version_number');
  });
});
