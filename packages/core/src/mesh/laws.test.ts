import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeResources, type RawResource } from '../resources';
import { buildMesh } from './build-mesh';
import { applyChanges } from './changes/apply-changes';
import { destinationRuleFor } from './destination-rules/rule-for';
import { nameTableOf } from './dns/name-table';
import { endpointsOf } from './endpoints/endpoints';
import { serviceTargetsOf } from './endpoints/service-targets';
import type { Mesh } from './mesh';
import { rawFromYaml } from './mesh-from-yaml';
import { proxiesOf } from './proxy/proxies';
import { sidecarScopeOf } from './scope/scope-of';
import { inboundMtlsOf } from './security/inbound-mtls';
import { collectReach } from './slice/reach';
import { selectResources } from './slice/select-resources';
import { sliceMesh } from './slice/slice-mesh';

const namespaces = ['a', 'b', 'istio-system'] as const;
const hosts = [
  'x.example.com',
  'y.example.com',
  '*.example.com',
  'web.a.svc.cluster.local',
] as const;
const exports = [
  '',
  'exportTo: ["."]',
  'exportTo: ["*"]',
  'exportTo: ["a"]',
  'exportTo: ["~"]',
] as const;
const imports = ['./*', '*/*', 'b/*', '*/x.example.com', '~b/y.example.com'] as const;

const join = (...parts: readonly string[]) => parts.filter(part => part !== '').join(', ');
const metadata = (name: string, namespace: string, minute: number | undefined) =>
  `metadata: {name: ${name}, namespace: ${namespace}${minute === undefined ? '' : `, creationTimestamp: "2026-01-01T00:0${minute}:00Z"`}}`;

const place = fc.constantFrom(...namespaces);
const age = fc.option(fc.nat(3), { nil: undefined });

const entry = fc
  .tuple(
    place,
    fc.constantFrom(...hosts),
    fc.constantFrom(...exports),
    fc.constantFrom('DNS', 'STATIC', 'NONE'),
    age,
    fc.nat(2),
  )
  .map(
    ([namespace, host, exportTo, resolution, minute, index]) => `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
${metadata(`se-${index}-${hosts.indexOf(host)}`, namespace, minute)}
spec: {${join(`hosts: ["${host}"]`, 'ports: [{number: 80, name: http, protocol: HTTP}]', `resolution: ${resolution}`, exportTo)}}`,
  );
const service = fc.tuple(place, age).map(
  ([namespace, minute]) => `
apiVersion: v1
kind: Service
${metadata('web', namespace, minute)}
spec: {selector: {app: web}, ports: [{port: 80, name: http}]}`,
);
const workload = fc.tuple(place, fc.constantFrom('web', 'client')).map(
  ([namespace, name]) => `
apiVersion: apps/v1
kind: Deployment
${metadata(name, namespace, undefined)}
spec: {template: {metadata: {labels: {app: ${name}, sidecar.istio.io/inject: "true"}}, spec: {containers: [{name: app}]}}}`,
);
const sidecar = fc.tuple(place, fc.subarray([...imports], { minLength: 1 }), age, fc.boolean()).map(
  ([namespace, list, minute, selects]) => `
apiVersion: networking.istio.io/v1
kind: Sidecar
${metadata(`sc-${selects}`, namespace, minute)}
spec: {${join(selects ? 'workloadSelector: {labels: {app: client}}' : '', `egress: [{hosts: [${list.map(item => `"${item}"`).join(', ')}]}]`)}}`,
);
const route = fc
  .tuple(
    place,
    fc.constantFrom(...hosts),
    fc.constantFrom(...hosts),
    fc.constantFrom(...exports),
    age,
  )
  .map(
    ([namespace, host, target, exportTo, minute]) => `
apiVersion: networking.istio.io/v1
kind: VirtualService
${metadata(`vs-${hosts.indexOf(host)}`, namespace, minute)}
spec: {${join(`hosts: ["${host}"]`, `http: [{route: [{destination: {host: "${target}"}}]}]`, exportTo)}}`,
  );
const rule = fc
  .tuple(place, fc.constantFrom(...hosts), fc.constantFrom(...exports), age, fc.nat(1))
  .map(
    ([namespace, host, exportTo, minute, index]) => `
apiVersion: networking.istio.io/v1
kind: DestinationRule
${metadata(`dr-${index}`, namespace, minute)}
spec: {${join(`host: "${host}"`, exportTo, `subsets: [{name: s${index}, labels: {v: "1"}}]`)}}`,
  );
const policy = fc.tuple(place, fc.constantFrom('STRICT', 'DISABLE', 'UNSET'), age).map(
  ([namespace, mode, minute]) => `
apiVersion: security.istio.io/v1
kind: PeerAuthentication
${metadata('pa', namespace, minute)}
spec: {mtls: {mode: ${mode}}}`,
);
const client = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: asker, namespace: a}
spec: {template: {metadata: {labels: {app: client, sidecar.istio.io/inject: "true"}}, spec: {containers: [{name: app}]}}}`;

const object = fc.oneof(entry, entry, service, workload, sidecar, route, rule, policy);
const identity = (document: string) =>
  document
    .split('\n')
    .slice(2, 4)
    .join()
    .replace(/, creation.*/, '');
const manifests = fc
  .uniqueArray(object, { maxLength: 14, selector: identity })
  .map(documents => [client, ...documents]);

const raw = (documents: readonly string[]): readonly RawResource[] =>
  rawFromYaml(documents.join('\n---\n'));
const options = { flags: {} };
const build = (documents: readonly string[]) =>
  buildMesh(decodeResources(raw(documents)).resources, options);

/** Everything that the compilers ask a mesh about one workload. */
function answers(mesh: Mesh, name = 'asker') {
  const found = mesh.workloads.find(({ ref }) => ref.name === name);
  return (found === undefined ? [] : proxiesOf(mesh, found)).map(proxy => {
    const scope = sidecarScopeOf(mesh, proxy);
    const describe = ({
      hostname,
      namespace,
      ports,
      defaultAddress,
      autoAllocated,
    }: (typeof scope.services)[number]) => ({
      hostname,
      namespace,
      ports: ports.map(({ port }) => port),
      defaultAddress,
      autoAllocated,
    });
    return {
      ips: proxy.ips,
      egress: scope.egress.map(({ services, virtualServices }) => ({
        services: services.map(describe),
        routes: virtualServices.map(item => `${item.namespace}/${item.name}`),
      })),
      clusters: scope.services.map(item => ({
        ...describe(item),
        endpoints: endpointsOf(mesh, item).map(({ address, port, tlsMode }) => ({
          address,
          port,
          tlsMode,
        })),
        rule: destinationRuleFor(mesh, proxy, item)?.from.map(
          ({ metadata: { name: ruleName } }) => ruleName,
        ),
      })),
      policy: scope.outboundPolicy.mode,
      names: [...nameTableOf(mesh, proxy)].map(([host, { addresses }]) => ({ host, addresses })),
      targets: serviceTargetsOf(mesh, proxy).map(({ service: { hostname }, targetPort }) => ({
        hostname,
        targetPort,
      })),
      mtls: inboundMtlsOf(mesh, proxy).mode,
    };
  });
}

describe('laws of a mesh', () => {
  it('the order of the manifests changes nothing', () => {
    const shuffled = manifests.chain(documents =>
      fc.tuple(
        fc.constant(documents),
        fc.shuffledSubarray(documents, { minLength: documents.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([documents, others]) => {
        expect(answers(build(others))).toEqual(answers(build(documents)));
      }),
      { numRuns: 60 },
    );
  });

  it('applying an object to a mesh that has been asked is building with it', () => {
    fc.assert(
      fc.property(manifests, object, (documents, added) => {
        const base = build(documents);
        answers(base);
        const [resource] = raw([added]);
        const { mesh } = applyChanges(
          base,
          resource === undefined ? [] : [{ kind: 'apply', resource }],
        );
        expect(answers(mesh)).toEqual(answers(buildMesh(mesh.resources, options)));
      }),
      { numRuns: 60 },
    );
  });

  it('removing what was added leads back', () => {
    const fresh = `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: fresh, namespace: a}
spec: {hosts: [x.example.com], ports: [{number: 80, name: http, protocol: HTTP}], resolution: STATIC, addresses: [192.0.2.1]}`;
    const [resource] = raw([fresh]);
    const addition = resource === undefined ? [] : [{ kind: 'apply', resource } as const];
    const removal = {
      kind: 'remove',
      object: { kind: 'ServiceEntry', namespace: 'a', name: 'fresh' },
    } as const;
    fc.assert(
      fc.property(manifests, documents => {
        const base = build(documents);
        const before = answers(base);
        const { mesh: added } = applyChanges(base, addition);
        const { mesh: removed } = applyChanges(added, [removal]);
        expect(
          added.services.some(({ origin }) => 'object' in origin && origin.object.name === 'fresh'),
        ).toBe(true);
        expect(answers(removed)).toEqual(before);
      }),
      { numRuns: 30 },
    );
  });

  it('the outbound mode of a what-if is that of every workload without a word of its own', () => {
    const { mesh } = applyChanges(build([client]), [
      { kind: 'set-outbound', mode: 'REGISTRY_ONLY' },
    ]);
    expect(answers(mesh).map(({ policy: mode }) => mode)).toEqual(['REGISTRY_ONLY']);
    const { issues } = applyChanges(mesh, [{ kind: 'set-outbound', mode: 'registry_only' }]);
    expect(issues.map(({ code }) => code)).toEqual(['change-not-applied']);
  });

  it('the part that a workload reaches answers as the whole', () => {
    fc.assert(
      fc.property(manifests, documents => {
        const whole = build(documents);
        const asker = whole.workloads.find(({ ref }) => ref.name === 'asker');
        if (asker === undefined) throw new Error('no asker');
        const resources = selectResources(whole, collectReach(whole, asker));
        const part = buildMesh(resources, sliceMesh(whole, asker).options);
        expect(answers(part)).toEqual(answers(whole));
      }),
      { numRuns: 80 },
    );
  });

  it('a narrower Sidecar never imports more', () => {
    const narrow = `
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: {name: narrow, namespace: a}
spec: {workloadSelector: {labels: {app: client}}, egress: [{hosts: ["./*"]}]}`;
    const wide = narrow.replace('./*', '*/*');
    const others = manifests.map(documents =>
      documents.filter(item => !item.includes('kind: Sidecar')),
    );
    const imported = (documents: readonly string[]) =>
      answers(build(documents)).flatMap(({ egress }) =>
        egress.flatMap(({ services }) => services.map(({ hostname }) => hostname)),
      );
    fc.assert(
      fc.property(others, documents => {
        const all = new Set(imported([...documents, wide]));
        expect(imported([...documents, narrow]).filter(host => !all.has(host))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});
