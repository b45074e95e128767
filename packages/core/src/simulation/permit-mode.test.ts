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
import type { SimulateOptions } from './options';
import { simulate } from './simulate';
import type { Call } from './trace';

const shop =
  registryOnly +
  namespace('shop') +
  namespace('plain', '') +
  deployment('web') +
  deployment('tool', { where: 'plain' }) +
  namespace('stock') +
  deployment('items', { where: 'stock' }) +
  service('items', 'stock', '{name: http, port: 80, targetPort: 8080}');

const strict = security('PeerAuthentication', 'default', 'stock', '{mtls: {mode: STRICT}}');

const onlyBatch = security(
  'AuthorizationPolicy',
  'only-batch',
  'stock',
  '{action: ALLOW, rules: [{from: [{source: {namespaces: [batch]}}]}]}',
);

const ownOnly = istio('Sidecar', 'default', 'shop', '{egress: [{hosts: ["./*"]}]}');

const web = { kind: 'Deployment', namespace: 'shop', name: 'web' } as const;
const tool = { kind: 'Deployment', namespace: 'plain', name: 'tool' } as const;
const items = {
  from: web,
  to: 'items.stock.svc.cluster.local',
  port: 80,
  protocol: 'http',
} as const;

function blockersOf(manifests: string, call: Call, options: SimulateOptions = {}) {
  const trace = simulate(meshFromYaml(shop + manifests), call, options);
  return { ...trace, codes: trace.blockers.map(({ reason }) => reason) };
}

describe('after a block the walk goes on', () => {
  it('to the policy of the receiving side, as a registered destination would be called', () => {
    const found = blockersOf(ownOnly + strict + onlyBatch, items);
    expect(found.codes).toEqual(['registry-only-no-listener', 'rbac-denied']);
    expect(found.disposition).toBe('closed-by-proxy');
    expect(found.symptom.code).toBe('http:closed');
    expect(found.reasons).not.toContain('rbac-denied');
  });
  it('past a listener without chain for plaintext, to the policy behind it', () => {
    const found = blockersOf(strict + onlyBatch, { ...items, from: tool });
    expect(found.codes).toEqual(['plaintext-to-strict', 'rbac-denied']);
    expect(found.disposition).toBe('closed-by-proxy');
  });
  it('past a policy that denies, to an application that does not listen', () => {
    const found = blockersOf(onlyBatch, items, { world: { appPorts: [] } });
    expect(found.codes).toEqual(['rbac-denied', 'endpoint-refuses']);
    expect(found.disposition).toBe('denied-by-policy');
  });
  it('past a host without matching route, to a destination that refuses', () => {
    const routes =
      istio(
        'ServiceEntry',
        'pay',
        'shop',
        '{hosts: [pay.example], ports: [{number: 80, name: http, protocol: HTTP}], resolution: NONE}',
      ) +
      istio(
        'VirtualService',
        'pay',
        'shop',
        '{hosts: [pay.example], http: [{match: [{uri: {prefix: /v1}}], route: [{destination: {host: pay.example}}]}]}',
      );
    const call = { from: web, to: 'pay.example', address: '198.51.100.7', port: 80 } as const;
    const world = { refusingAddresses: ['198.51.100.7'] };
    const found = blockersOf(routes, { ...call, protocol: 'http' }, { world });
    expect(found.codes).toEqual(['no-route', 'endpoint-refuses']);
    expect(found.symptom.code).toBe('http:404');
  });
  it('past a cluster that does not exist', () => {
    const subset = istio(
      'VirtualService',
      'items',
      'stock',
      '{hosts: [items.stock.svc.cluster.local], http: [{route: [{destination: {host: items.stock.svc.cluster.local, subset: v9}}]}]}',
    );
    expect(blockersOf(subset + onlyBatch, items).codes).toEqual(['cluster-missing', 'rbac-denied']);
  });
  it('past a proxy that is not running, to its policy', () => {
    const call = { from: web, to: 'news.example', port: 443, protocol: 'https' } as const;
    const found = blockersOf('', call, { proxyState: 'not-started' });
    expect(found.codes).toEqual(['before-proxy-start', 'registry-only-no-listener']);
    expect(found.symptom.code).toBe('connect:refused');
  });
  it('past a name that does not resolve', () => {
    const call = { from: web, to: 'news.example', port: 443, protocol: 'https' } as const;
    const found = blockersOf('', call, { world: { otherNames: 'nxdomain' } });
    expect(found.codes).toEqual(['name-not-resolved', 'registry-only-no-listener']);
    expect(found.disposition).toBe('not-sent');
  });
  it('past the inspectors that wait', () => {
    const found = blockersOf(onlyBatch, { ...items, protocol: 'tcp', serverFirst: true });
    expect(found.codes[0]).toBe('sniffing-waits');
    expect(found.disposition).toBe('waiting');
  });
  it('unless only the first is asked for', () => {
    const found = blockersOf(ownOnly + strict + onlyBatch, items, { firstBlockOnly: true });
    expect(found.codes).toEqual(['registry-only-no-listener']);
    expect(found.hops.some(({ hypothetical }) => hypothetical === true)).toBe(false);
  });
  it('and marks what follows as hypothetical, without touching what the application sees', () => {
    const plain = blockersOf(strict + onlyBatch, { ...items, from: tool });
    expect(plain.symptom.reached).toBeUndefined();
    expect(plain.hops.filter(({ hypothetical }) => hypothetical === true).length).toBeGreaterThan(
      0,
    );
    const open = blockersOf('', { ...items, from: tool });
    expect(open.hops.some(({ hypothetical }) => hypothetical === true)).toBe(false);
    expect(open.blockers).toEqual([]);
  });
});

describe('an egress gateway behind a block', () => {
  const gateway = `${namespace('egress')}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: gateway, namespace: egress}
spec:
  selector: {matchLabels: {istio: egress}}
  template:
    metadata: {labels: {istio: egress}, annotations: {inject.istio.io/templates: gateway}}
    spec: {containers: [{name: istio-proxy, image: auto}]}
---
apiVersion: v1
kind: Service
metadata: {name: gateway, namespace: egress}
spec: {selector: {istio: egress}, ports: [{name: http, port: 80, targetPort: 8080}]}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: gateway, namespace: egress}
spec:
  selector: {istio: egress}
  servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}]
${security('AuthorizationPolicy', 'only-batch', 'egress', '{action: ALLOW, rules: [{from: [{source: {namespaces: [batch]}}]}]}')}`;
  it('shows its own policy after REGISTRY_ONLY', () => {
    const found = blockersOf(gateway, {
      from: web,
      to: 'gateway.egress.svc.cluster.local',
      host: 'news.example',
      port: 80,
      protocol: 'http',
    });
    expect(found.codes.slice(0, 2)).toEqual(['registry-only-no-virtual-host', 'rbac-denied']);
    expect(found.symptom.code).toBe('http:502');
  });
  it('refuses connections to a port that it does not serve', () => {
    const https = gateway.replace(
      'ports: [{name: http,',
      'ports: [{name: tls, port: 443}, {name: http,',
    );
    const call = { to: 'gateway.egress.svc.cluster.local', port: 443, protocol: 'https' } as const;
    const found = blockersOf(https, { ...call, from: tool });
    expect(found.codes).toEqual(['application-not-listening']);
    expect(found.disposition).toBe('refused');
  });
});
