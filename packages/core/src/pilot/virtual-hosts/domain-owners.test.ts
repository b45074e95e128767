import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { domainLookup } from '../../envoy/matching/domain-index';
import { proxyOfPod } from '../../mesh';
import { meshFromYaml } from '../../mesh/mesh-from-yaml';
import { clientPod } from '../call-through';
import { compileProxy } from '../compile-proxy';

const stamp = (second: number) => new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString();
const hosts = fc.constantFrom(
  'web.default.svc.cluster.local',
  'web.far.svc.cluster.local',
  'web.default',
  'web',
  'a.foo.com',
  'A.Foo.com',
  '*.foo.com',
  '*.com',
  '*.svc.cluster.local',
);
const service = fc.record({
  kind: fc.constant('Service' as const),
  name: fc.constantFrom('web', 'api'),
  namespace: fc.constantFrom('default', 'far'),
  headless: fc.boolean(),
});
const entry = fc.record({
  kind: fc.constant('ServiceEntry' as const),
  host: hosts,
  protocol: fc.constantFrom('HTTP', 'TCP', ''),
});
const virtualService = fc.record({
  kind: fc.constant('VirtualService' as const),
  hosts: fc.uniqueArray(hosts, { minLength: 1, maxLength: 3 }),
  elsewhere: fc.boolean(),
});
const objects = fc.array(fc.oneof(service, entry, virtualService), { maxLength: 8 });
type Generated = typeof objects extends fc.Arbitrary<infer T> ? T : never;

function manifest(object: Generated[number], index: number): string {
  const created = `creationTimestamp: "${stamp(index)}"`;
  switch (object.kind) {
    case 'Service':
      return `
apiVersion: v1
kind: Service
metadata: {name: ${object.name}, namespace: ${object.namespace}, ${created}}
spec: {clusterIP: ${object.headless ? 'None' : `10.96.0.${index + 1}`}, ports: [{name: http, port: 80}]}`;
    case 'ServiceEntry':
      return `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: se-${index}, namespace: default, ${created}}
spec:
  hosts: ["${object.host}"]
  resolution: NONE
  ports: [{number: 80, name: p, protocol: "${object.protocol}"}]`;
    case 'VirtualService':
      return `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: vs-${index}, namespace: default, ${created}}
spec:
  hosts: [${object.hosts.map(host => `"${host}"`).join(', ')}]
  http:
  - match: [{sourceNamespace: ${object.elsewhere ? 'far' : 'default'}}]
    route: [{destination: {host: other.com}}]`;
  }
}

const asked = fc.constantFrom(
  'web',
  'web.',
  'web.default',
  'web.default.svc',
  'web.default.svc.cluster.local',
  'web.default.svc.cluster.local.',
  'x.web.default',
  'web.far',
  'web.far.svc.cluster.local',
  'api.far',
  'a.foo.com',
  'b.foo.com',
  'b.c.foo.com.',
  'foo.com',
  'unknown.org',
  '10.96.0.1',
);

describe('who owns a domain', () => {
  it('is the same asked for one as listed for all', () => {
    fc.assert(
      fc.property(objects, asked, (list, host) => {
        const mesh = meshFromYaml([clientPod, ...list.map(manifest)].join('\n---\n'));
        const proxy = proxyOfPod(mesh, 'default', 'client');
        const config =
          proxy === undefined ? undefined : compileProxy(mesh, proxy).routeConfig('80');
        if (config?.lookup === undefined) throw new Error('no route configuration');
        const { lookup: _, ...listed } = config;
        const all = domainLookup(listed);
        const find = (lookup: typeof all) =>
          lookup.exact(host)?.name ?? lookup.wildcard(host)?.virtualHost.name ?? lookup.any()?.name;
        fc.pre(!config.lookup.isUncertain(host));
        expect(find(config.lookup)).toBe(find(all));
      }),
      { numRuns: 300 },
    );
  });
});
