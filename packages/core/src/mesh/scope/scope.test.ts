import { describe, expect, it } from 'vitest';
import { meshFromYaml } from '../mesh-from-yaml';
import { proxyOfPod } from '../proxy/proxies';
import type { MeshOptions } from '../settings/mesh-options';
import { outboundPolicyOf, sidecarScopeOf } from './scope-of';

const pod = (namespace: string, name: string, labels = '{app: x}') => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: ${namespace}, labels: ${labels}}
spec: {nodeName: n, containers: [{name: istio-proxy, args: [proxy, sidecar]}]}
status: {podIP: 10.0.0.1}`;

const entry = (namespace: string, host: string, more = '') => `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: ${host.replace(/[^a-z]/g, '')}-${namespace}, namespace: ${namespace}}
spec: {hosts: ['${host}'], ports: [{number: 80, name: http, protocol: HTTP}], resolution: DNS${more}}`;

const sidecar = (namespace: string, spec: string, name = 'default') => `
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: {name: ${name}, namespace: ${namespace}}
spec: ${spec}`;

function scopeOf(documents: readonly string[], namespace = 'a', options: MeshOptions = {}) {
  const mesh = meshFromYaml([pod(namespace, 'p'), ...documents].join('\n---\n'), options);
  const proxy = proxyOfPod(mesh, namespace, 'p');
  if (proxy === undefined) throw new Error('no proxy');
  return { scope: sidecarScopeOf(mesh, proxy), policy: outboundPolicyOf(mesh, proxy) };
}
const hostsOf = (documents: readonly string[], namespace = 'a', options: MeshOptions = {}) =>
  scopeOf(documents, namespace, options)
    .scope.services.map(({ hostname }) => hostname)
    .sort();

const exact = entry('b', 'en.wikipedia.org');
const wildcard = entry('b', '*.wikipedia.org', ', exportTo: ["*"]').replace(
  'resolution: DNS',
  'resolution: NONE',
);

describe('what a Sidecar imports', () => {
  it('everything public without a Sidecar', () => {
    expect(hostsOf([exact, wildcard])).toEqual(['*.wikipedia.org', 'en.wikipedia.org']);
  });

  it('an exact host does not import a wildcard service around it', () => {
    const own = sidecar('a', '{egress: [{hosts: ["*/en.wikipedia.org"]}]}');
    expect(hostsOf([exact, wildcard, own])).toEqual(['en.wikipedia.org']);
  });

  it('a wildcard imports itself and the hosts within it', () => {
    const own = sidecar('a', '{egress: [{hosts: ["*/*.wikipedia.org"]}]}');
    expect(hostsOf([exact, wildcard, own])).toEqual(['*.wikipedia.org', 'en.wikipedia.org']);
  });

  it('only the namespaces named', () => {
    const own = sidecar('a', '{egress: [{hosts: ["./*"]}]}');
    expect(hostsOf([exact, entry('a', 'own.example.com'), own])).toEqual(['own.example.com']);
  });

  it('an exclusion takes a host out since 1.31, before it is a namespace of nobody', () => {
    const own = sidecar('a', '{egress: [{hosts: ["*/*", "~b/en.wikipedia.org"]}]}');
    expect(hostsOf([exact, wildcard, own])).toEqual(['*.wikipedia.org']);
    expect(hostsOf([exact, wildcard, own], 'a', { istioVersion: '1.30' })).toHaveLength(2);
  });

  it('an entry without exactly one slash is skipped', () => {
    const own = sidecar('a', '{egress: [{hosts: ["en.wikipedia.org", "./*"]}]}');
    expect(hostsOf([exact, own])).toEqual([]);
  });

  it('a listener with a port takes only services that have it', () => {
    const own = sidecar('a', '{egress: [{port: {number: 81, protocol: HTTP}, hosts: ["*/*"]}]}');
    expect(hostsOf([exact, own])).toEqual([]);
  });

  it('a destination that only a VirtualService names is there too', () => {
    const route = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: v, namespace: a}
spec: {hosts: [own.example.com], http: [{route: [{destination: {host: en.wikipedia.org}}]}]}`;
    const own = sidecar('a', '{egress: [{hosts: ["./*"]}]}');
    const hosts = hostsOf([exact, entry('a', 'own.example.com'), route, own]);
    expect(hosts).toEqual(['en.wikipedia.org', 'own.example.com']);
  });
});

describe('who sees a service', () => {
  it.each([
    ['["*"]', true],
    ['["."]', false],
    ['["~"]', false],
    ['["a"]', true],
    ['["c"]', false],
  ])('exportTo %s seen from another namespace: %s', (exportTo, seen) => {
    expect(hostsOf([entry('b', 'x.example.com', `, exportTo: ${exportTo}`)])).toHaveLength(
      seen ? 1 : 0,
    );
  });

  it('the own namespace wins over an older service of the same host', () => {
    const { scope } = scopeOf([entry('0', 'x.example.com'), entry('a', 'x.example.com')]);
    expect(scope.servicesByHostname.get('x.example.com')?.namespace).toBe('a');
  });

  it('a Kubernetes Service wins over an older ServiceEntry of its name elsewhere', () => {
    const service = `
apiVersion: v1
kind: Service
metadata: {name: web, namespace: z}
spec: {clusterIP: 10.96.0.1, ports: [{port: 80, name: http}]}`;
    const squatter = entry('b', 'web.z.svc.cluster.local');
    const { scope } = scopeOf([squatter, service]);
    expect(scope.servicesByHostname.get('web.z.svc.cluster.local')?.registry).toBe('kubernetes');
    const legacy = scopeOf([squatter, service], 'a', {
      flags: { PILOT_UNIFIED_SIDECAR_SCOPE: 'false' },
    });
    expect(legacy.scope.egress[0]?.services.map(item => item.registry)).toEqual(['kubernetes']);
  });
});

describe('which Sidecar applies and who decides the outbound policy', () => {
  const registryOnly = '{outboundTrafficPolicy: {mode: REGISTRY_ONLY}}';

  it('the mesh without any', () => {
    expect(scopeOf([]).policy).toMatchObject({ mode: 'ALLOW_ANY', level: 'mesh' });
  });

  it('the root namespace, then the namespace, then the workload', () => {
    const root = sidecar('istio-system', registryOnly);
    const own = sidecar('a', '{outboundTrafficPolicy: {mode: ALLOW_ANY}}');
    const selecting = sidecar(
      'a',
      `{workloadSelector: {labels: {app: x}}, outboundTrafficPolicy: {mode: REGISTRY_ONLY}}`,
      'sel',
    );
    expect(scopeOf([root]).policy).toMatchObject({ mode: 'REGISTRY_ONLY', level: 'root' });
    expect(scopeOf([root, own]).policy).toMatchObject({ mode: 'ALLOW_ANY', level: 'namespace' });
    expect(scopeOf([root, own, selecting]).policy).toMatchObject({
      mode: 'REGISTRY_ONLY',
      level: 'workload',
    });
  });

  it('a selector that does not match leaves it to the root namespace', () => {
    const selecting = sidecar(
      'a',
      '{workloadSelector: {labels: {app: other}}, outboundTrafficPolicy: {mode: ALLOW_ANY}}',
    );
    const root = sidecar('istio-system', registryOnly);
    expect(scopeOf([selecting, root]).policy.level).toBe('root');
  });

  it('a Sidecar of the root namespace with a selector is for that namespace only', () => {
    const root = sidecar(
      'istio-system',
      `{workloadSelector: {labels: {app: x}}, outboundTrafficPolicy: {mode: REGISTRY_ONLY}}`,
    );
    expect(scopeOf([root]).policy.level).toBe('mesh');
  });

  it('an empty message is REGISTRY_ONLY', () => {
    const own = sidecar('a', '{outboundTrafficPolicy: {}}');
    expect(scopeOf([own]).policy).toMatchObject({ mode: 'REGISTRY_ONLY', level: 'namespace' });
  });
});

describe('ports of imported services', () => {
  const two = entry('b', 'two.example.com').replace(
    'ports: [',
    'ports: [{number: 8000, name: tcp, protocol: TCP}, ',
  );
  const portsOf = (documents: readonly string[]) =>
    scopeOf(documents).scope.services.map(({ hostname, ports }) => [
      hostname,
      ports.map(({ port }) => port),
    ]);

  it('a listener with a port takes that port only', () => {
    const own = sidecar('a', '{egress: [{port: {number: 8000, protocol: TCP}, hosts: ["*/*"]}]}');
    expect(portsOf([two, own])).toEqual([['two.example.com', [8000]]]);
  });

  it('listeners for each port give the cluster of both', () => {
    const listener = (port: number) => `{port: {number: ${port}, protocol: TCP}, hosts: ["*/*"]}`;
    const own = sidecar('a', `{egress: [${listener(8000)}, ${listener(80)}]}`);
    expect(portsOf([two, own])).toEqual([['two.example.com', [8000, 80]]]);
  });

  it('a destination that only a VirtualService names has the ports that it names', () => {
    const route = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: v, namespace: a}
spec: {hosts: [own.example.com], http: [{route: [{destination: {host: two.example.com, port: {number: 80}}}]}]}`;
    const own = sidecar('a', '{egress: [{hosts: ["./*"]}]}');
    expect(portsOf([two, route, own])).toEqual([['two.example.com', [80]]]);
  });

  it.each([
    ['another source namespace', '{sourceNamespace: z}', []],
    ['another and any', '{sourceNamespace: z}, {uri: {prefix: /a}}', []],
    [
      'another and the own',
      '{sourceNamespace: z}, {sourceNamespace: a}',
      [['two.example.com', [8000, 80]]],
    ],
    ['any', '{uri: {prefix: /a}}', [['two.example.com', [8000, 80]]]],
  ])('a rule with matches for %s names its destination accordingly', (_, match, expected) => {
    const route = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: v, namespace: a}
spec: {hosts: [own.example.com], http: [{match: [${match}], route: [{destination: {host: two.example.com}}]}]}`;
    const own = sidecar('a', '{egress: [{hosts: ["./*"]}]}');
    expect(portsOf([two, route, own])).toEqual(expected);
  });
});
