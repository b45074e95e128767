import { describe, expect, it } from 'vitest';
import { applyChanges, type MeshChange } from '../../mesh';
import { meshFromYaml } from '../../mesh/mesh-from-yaml';
import { type Call, type SimulateOptions, simulate } from '../../simulation';
import {
  deployment,
  entry,
  http,
  istio,
  namespace,
  networkPolicy,
  outbound,
  security,
  service,
  tls,
} from '../../testing/manifest-text';
import { parseYaml } from '../../yaml';
import { succeeds } from '../matrix/judge';
import { type FixKind, fixKinds } from './fix-candidate';
import { suggestFixes } from './suggest-fixes';

const inShop = namespace('shop') + deployment('web');
const registryOnly = outbound('REGISTRY_ONLY') + inShop;
const allowAny = outbound('ALLOW_ANY') + inShop;
const stock =
  namespace('stock') +
  deployment('items', { where: 'stock' }) +
  service('items', 'stock', '{name: http, port: 80, targetPort: 8080}');
const pay = (ports: string, more = '', where = 'shop') =>
  entry('pay.example', ports, { where, name: 'pay', more });

const web = { kind: 'Deployment', namespace: 'shop', name: 'web' } as const;
const https: Call = { from: web, to: 'pay.example', port: 443, protocol: 'https' };
const page: Call = { from: web, to: 'pay.example', port: 80, protocol: 'http' };
const items: Call = { ...page, to: 'items.stock.svc.cluster.local' };
const strict = security('PeerAuthentication', 'default', 'stock', '{mtls: {mode: STRICT}}');

const limits = (where: string, types: string, rules = '') =>
  networkPolicy(`{podSelector: {}, policyTypes: ${types}, ${rules}}`, {
    name: 'web-egress',
    where,
  });
const dnsOnly = '{ports: [{port: 53, protocol: UDP}]}';

interface Case {
  readonly kind: FixKind;
  readonly manifests: string;
  readonly call: Call;
  readonly options?: SimulateOptions;
}

const cases: readonly Case[] = [
  { kind: 'register', manifests: registryOnly, call: https },
  { kind: 'register', manifests: registryOnly, call: page },
  {
    kind: 'register',
    manifests: registryOnly,
    call: { ...https, to: '198.51.100.7', port: 5432, protocol: 'tcp' },
  },
  {
    kind: 'register',
    manifests: registryOnly + pay(tls),
    call: { ...https, sni: 'www.pay.example' },
  },
  {
    kind: 'export',
    manifests: registryOnly + namespace('bank') + pay(tls, ', exportTo: ["."]', 'bank'),
    call: https,
  },
  {
    kind: 'import',
    manifests:
      registryOnly +
      namespace('bank') +
      pay(tls, '', 'bank') +
      istio('Sidecar', 'default', 'shop', '{egress: [{hosts: ["./*", "istio-system/*"]}]}'),
    call: https,
  },
  {
    kind: 'import',
    manifests:
      registryOnly +
      namespace('bank') +
      pay(tls, '', 'bank') +
      istio(
        'Sidecar',
        'default',
        'shop',
        '{egress: [{port: {number: 9080, protocol: HTTP, name: http}, hosts: ["./*"]}]}',
      ),
    call: https,
  },
  { kind: 'add-port', manifests: registryOnly + pay(http), call: https },
  {
    kind: 'protocol',
    manifests: registryOnly + pay('{number: 443, name: http, protocol: HTTP}'),
    call: https,
  },
  {
    kind: 'protocol',
    manifests: registryOnly + pay('{number: 5433, name: db, protocol: HTTP}'),
    call: { ...https, port: 5433, protocol: 'tcp', serverFirst: true },
    options: { world: { serverFirstPorts: [5433] } },
  },
  {
    kind: 'port-name',
    manifests:
      registryOnly +
      namespace('stock') +
      deployment('items', { where: 'stock' }) +
      service('items', 'stock', '{name: http-web, port: 443, targetPort: 8080}'),
    call: { ...https, to: 'items.stock.svc.cluster.local', insecure: true },
  },
  {
    kind: 'resolution',
    manifests: registryOnly + pay(http).replace('resolution: DNS', 'resolution: STATIC'),
    call: page,
  },
  {
    kind: 'originate-tls',
    manifests: registryOnly + pay('{number: 80, name: http, protocol: HTTP, targetPort: 443}'),
    call: page,
    options: { world: { tlsOnlyPorts: [443] } },
  },
  {
    kind: 'single-tls',
    manifests:
      registryOnly +
      pay(tls) +
      istio(
        'DestinationRule',
        'pay',
        'shop',
        '{host: pay.example, trafficPolicy: {tls: {mode: SIMPLE}}}',
      ),
    call: https,
  },
  {
    kind: 'server-name',
    manifests:
      registryOnly +
      pay('{number: 80, name: http, protocol: HTTP, targetPort: 443}') +
      istio(
        'DestinationRule',
        'pay',
        'shop',
        '{host: pay.example, trafficPolicy: {tls: {mode: SIMPLE, sni: old.example, subjectAltNames: [pay.example]}}}',
      ),
    call: page,
    options: { world: { certificates: [{ host: '*', issuer: 'public' }] } },
  },
  {
    kind: 'mesh-tls',
    manifests:
      allowAny +
      stock +
      strict +
      istio(
        'DestinationRule',
        'items',
        'shop',
        '{host: items.stock.svc.cluster.local, trafficPolicy: {tls: {mode: DISABLE}}}',
      ),
    call: items,
  },
  {
    kind: 'permissive',
    manifests:
      outbound('ALLOW_ANY') +
      namespace('shop', 'istio-injection: disabled') +
      deployment('web') +
      stock +
      strict,
    call: items,
  },
  {
    kind: 'allow',
    manifests: allowAny + stock + security('AuthorizationPolicy', 'nobody', 'stock', '{}'),
    call: items,
  },
  {
    kind: 'network-policy',
    manifests: allowAny + stock + limits('shop', '[Egress]') + limits('stock', '[Ingress]'),
    call: items,
  },
  {
    kind: 'network-policy',
    manifests: allowAny + limits('shop', '[Egress]', `egress: [${dnsOnly}]`),
    call: https,
  },
  {
    kind: 'network-policy',
    manifests: allowAny + limits('shop', '[Egress]', `egress: [${dnsOnly}]`),
    call: { ...https, to: '198.51.100.7' },
  },
  {
    kind: 'subset',
    manifests:
      allowAny +
      namespace('stock') +
      deployment('items', { where: 'stock', labels: ', version: v2' }) +
      service('items', 'stock', '{name: http, port: 80, targetPort: 8080}') +
      istio(
        'VirtualService',
        'items',
        'stock',
        '{hosts: [items.stock.svc.cluster.local], http: [{route: [{destination: {host: items.stock.svc.cluster.local, subset: v2}}]}]}',
      ),
    call: items,
  },
  {
    kind: 'dns-capture',
    manifests:
      registryOnly +
      pay(tls, ', addresses: [240.0.0.9], endpoints: [{address: 198.51.100.9}]').replace(
        'resolution: DNS',
        'resolution: STATIC',
      ),
    call: https,
    options: { world: { otherNames: 'nxdomain' } },
  },
];

/** The documents of a suggestion, as somebody applies them. */
function changesIn(yaml: string): readonly MeshChange[] {
  return yaml
    .split('---\n')
    .filter(text => text.trim() !== '')
    .map(text => {
      const read = parseYaml(text);
      if (!read.ok) throw new Error(`no YAML: ${text}`);
      return {
        kind: 'apply',
        resource: { value: read.value, source: { file: 'fix.yaml', document: 0, line: 1 } },
      };
    });
}

describe('a suggested fix', () => {
  it('of every kind is shown', () => {
    expect([...new Set(cases.map(({ kind }) => kind))].sort()).toEqual([...fixKinds].sort());
  });
  it.each(cases.map(item => [item.kind, item] as const))(
    '%s makes the call succeed',
    (kind, item) => {
      const mesh = meshFromYaml(item.manifests);
      const trace = simulate(mesh, item.call, item.options);
      expect(succeeds(trace) && !trace.reasons.includes('missing-tls-origination')).toBe(false);
      const fixes = suggestFixes(mesh, trace, item.options);
      expect(fixes.flatMap(({ kinds }) => kinds)).toContain(kind);
      for (const fix of fixes) {
        const applied = applyChanges(mesh, fix.changes);
        expect(applied.issues.filter(({ severity }) => severity === 'error')).toEqual([]);
        expect(succeeds(simulate(applied.mesh, item.call, item.options))).toBe(true);
      }
    },
  );
  it.each(cases.map(item => [item.kind, item] as const))(
    '%s is written as YAML that does the same',
    (_, item) => {
      const mesh = meshFromYaml(item.manifests);
      const trace = simulate(mesh, item.call, item.options);
      for (const fix of suggestFixes(mesh, trace, item.options)) {
        const annotations = fix.changes.filter(change => change.kind === 'annotate');
        const applied = applyChanges(mesh, [...changesIn(fix.yaml), ...annotations]);
        expect(simulate(applied.mesh, item.call, item.options)).toMatchObject({
          disposition: fix.after.disposition,
          reasons: fix.after.reasons,
        });
      }
    },
  );
  it('adds policies with names of their own at both ends, for every packet of the call', () => {
    const mesh = meshFromYaml(
      allowAny + stock + limits('shop', '[Egress]') + limits('stock', '[Ingress]'),
    );
    const fixes = suggestFixes(mesh, simulate(mesh, items));
    expect(fixes).toHaveLength(1);
    const manifests = changesIn(fixes[0]?.yaml ?? '').map(
      change => change.kind === 'apply' && change.resource.value,
    );
    expect(manifests).toEqual([
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: 'web-egress-2', namespace: 'shop' },
        spec: {
          podSelector: { matchLabels: { app: 'web' } },
          policyTypes: ['Egress'],
          egress: [
            {
              to: [
                {
                  namespaceSelector: {
                    matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' },
                  },
                  podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
                },
              ],
              ports: [
                { port: 53, protocol: 'UDP' },
                { port: 53, protocol: 'TCP' },
              ],
            },
            {
              to: [
                {
                  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'stock' } },
                  podSelector: { matchLabels: { app: 'items' } },
                },
              ],
              ports: [{ port: 8080, protocol: 'TCP' }],
            },
          ],
        },
      },
      expect.objectContaining({ metadata: { name: 'items-ingress', namespace: 'stock' } }),
    ]);
  });
  it('takes several steps where one is not enough', () => {
    const manifests =
      registryOnly +
      stock +
      istio('Sidecar', 'default', 'shop', '{egress: [{hosts: ["./*"]}]}') +
      security('AuthorizationPolicy', 'nobody', 'stock', '{}');
    const mesh = meshFromYaml(manifests);
    const [fix] = suggestFixes(mesh, simulate(mesh, items));
    expect(fix?.kinds).toEqual(['import', 'allow']);
    expect(fix?.after.disposition).toBe('delivered');
  });
  it('is none for a call that gets through, or that nothing of the mesh can help', () => {
    const mesh = meshFromYaml(allowAny);
    expect(suggestFixes(mesh, simulate(mesh, https))).toEqual([]);
    const options = { world: { refusingAddresses: ['203.0.113.1'] } };
    expect(suggestFixes(mesh, simulate(mesh, https, options), options)).toEqual([]);
  });
  it('keeps what else the object says', () => {
    const mesh = meshFromYaml(
      registryOnly +
        namespace('bank') +
        pay(tls, ', exportTo: ["."], subjectAltNames: [pay.example]', 'bank'),
    );
    const [fix] = suggestFixes(mesh, simulate(mesh, https));
    expect(fix?.yaml).toContain('subjectAltNames:\n    - pay.example');
    expect(fix?.yaml).toContain('exportTo:\n    - "."\n    - shop');
  });
});
