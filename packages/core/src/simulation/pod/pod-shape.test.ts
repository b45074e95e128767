import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Mesh, meshFromYaml } from '../../mesh';
import { stacksOf } from './build-stack';
import { podShapeOf } from './pod-shape';
import { workloadClassOf } from './workload-class';

const object = (kind: string, spec: string, group = 'networking.istio.io/v1') => `---
apiVersion: ${group}
kind: ${kind}
metadata: {name: o, namespace: shop}
spec: ${spec}
`;

/** Objects that choose pods by the label `tier`. */
const choosers = [
  object('Sidecar', '{workloadSelector: {labels: {tier: front}}, egress: [{hosts: ["./*"]}]}'),
  object(
    'DestinationRule',
    '{host: a.example, workloadSelector: {matchLabels: {tier: front}}, trafficPolicy: {tls: {mode: SIMPLE}}}',
  ),
  object(
    'VirtualService',
    '{hosts: [a.example], http: [{match: [{sourceLabels: {tier: front}}], route: [{destination: {host: b.example}}]}]}',
  ),
  object('EnvoyFilter', '{workloadSelector: {labels: {tier: front}}, configPatches: [{}]}'),
  object(
    'ProxyConfig',
    '{selector: {matchLabels: {tier: front}}, environmentVariables: {ISTIO_META_DNS_CAPTURE: "true"}}',
    'networking.istio.io/v1beta1',
  ),
  object(
    'NetworkPolicy',
    '{podSelector: {matchExpressions: [{key: tier, operator: In, values: [front]}]}, policyTypes: [Egress]}',
    'networking.k8s.io/v1',
  ),
];

const pod = (
  name: string,
  ip: string,
  more: { labels?: string; notes?: string; spec?: string },
) => `---
apiVersion: v1
kind: Pod
metadata:
  name: ${name}
  namespace: shop
  labels: {app: ${name}${more.labels ?? ''}}
  annotations: {sidecar.istio.io/status: "{}"${more.notes ?? ''}}
spec:
  nodeName: node-${name}
  serviceAccountName: ${name}
  initContainers: [{name: istio-init, args: [istio-iptables, -p, "15001", -z, "15006", -u, "1337", -m, REDIRECT, -i, "*", -x, "", -b, "*", -d, "15090,15021,15020"]}]
  containers: [{name: app${more.spec ?? ''}}, {name: istio-proxy, args: [proxy, sidecar]}]
status: {podIP: ${ip}, phase: Running}
`;

function told(mesh: Mesh) {
  return mesh.workloads.map(workload => {
    const [stack] = stacksOf(mesh, workload);
    const [own] = workload.pods;
    if (stack === undefined || own === undefined) throw new Error('no pod');
    return {
      shape: podShapeOf(mesh, workload, own),
      ofClass: workloadClassOf(mesh, stack),
    };
  });
}

const text = (...options: readonly string[]) => fc.constantFrom('', ...options);
const variant = fc.record({
  labels: text(', tier: front', ', tier: back', ', security.istio.io/tlsMode: istio'),
  notes: text(
    ', sidecar.istio.io/interceptionMode: TPROXY',
    ', proxy.istio.io/config: "statusPort: 15999"',
  ),
  spec: text(', securityContext: {runAsUser: 1337}', ', env: [{name: A, value: b}]'),
  ip: fc.constantFrom('10.0.0', 'fd00::'),
});

describe('the shape of a pod', () => {
  it('is the same for pods that differ in names, node and address', () => {
    const mesh = meshFromYaml(pod('a', '10.0.0.1', {}) + pod('b', '10.0.0.2', {}));
    const [a, b] = told(mesh);
    expect(a?.shape).toBeTypeOf('string');
    expect(b?.shape).toBe(a?.shape);
  });

  it.each(choosers)('tells pods apart that an object tells apart: %s', chooser => {
    const front = pod('a', '10.0.0.1', { labels: ', tier: front' });
    const back = pod('b', '10.0.0.2', { labels: ', tier: back' });
    const [a, b] = told(meshFromYaml(chooser + front + back));
    expect(b?.shape).not.toBe(a?.shape);
    const [c, d] = told(meshFromYaml(front + back));
    expect(d?.shape).toBe(c?.shape);
  });

  it('is unknown for a pod that is still to be injected', () => {
    const bare = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: shop}\n';
    const spec = 'spec: {containers: [{name: app}]}\n';
    expect(told(meshFromYaml(bare + spec))[0]?.shape).toBeUndefined();
  });

  it('decides the class', () => {
    fc.assert(
      fc.property(
        fc.array(variant, { minLength: 2, maxLength: 6 }),
        fc.subarray(choosers),
        (variants, objects) => {
          const pods = variants.map(({ ip, ...more }, i) =>
            pod(`p${i}`, ip.includes(':') ? `${ip}${i + 1}` : `${ip}.${i + 1}`, more),
          );
          const classes = new Map<string, string>();
          for (const { shape, ofClass } of told(meshFromYaml([...objects, ...pods].join('')))) {
            if (shape === undefined) continue;
            expect(classes.get(shape) ?? ofClass).toBe(ofClass);
            classes.set(shape, ofClass);
          }
        },
      ),
      { numRuns: 200 },
    );
  }, 120_000);
});
