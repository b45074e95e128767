import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Mesh, meshFromYaml } from '../../mesh';
import { simulateAll, stacksOf } from '../../simulation';
import type { AccessRow } from '../row';
import { rowId } from '../row-id';
import { accessMatrix } from './access-matrix';
import { callOfTarget } from './call-of-target';
import { externalAccess } from './external-access';
import { judgeTrace, mergeJudgements } from './judge';
import { frameOf } from './subjects';

/** Every cell by itself: nothing shared between pods, workloads or hosts. */
function oneByOne(mesh: Mesh): readonly AccessRow[] {
  const { subjects, targets } = frameOf(mesh, {});
  return subjects.flatMap(({ workload }) =>
    targets.flatMap(target => {
      const judged = stacksOf(mesh, workload).map(({ name }) => {
        const call = callOfTarget(workload, target, name);
        const traces = simulateAll(mesh, call, { firstBlockOnly: true });
        return mergeJudgements(traces.map(trace => judgeTrace(mesh, trace, target)));
      });
      const merged = mergeJudgements(judged.filter(item => item !== undefined));
      const { host, port, protocol } = target;
      const id = rowId(workload.ref, target);
      const { ref } = workload;
      return merged === undefined ? [] : [{ id, workload: ref, host, port, protocol, ...merged }];
    }),
  );
}

const namespaces = ['red', 'blue', 'green'] as const;
const hosts = ['api.pay.example', 'db.pay.example', '*.wild.example', 'x.wild.example', 'web.red'];
const ports = [
  '{number: 443, name: tls, protocol: TLS}',
  '{number: 80, name: http, protocol: HTTP}',
  '{number: 9000, name: tcp, protocol: TCP}',
  '{number: 443, name: https, protocol: HTTPS}',
];

const namespace = fc.constantFrom(...namespaces);
const host = fc.constantFrom(...hosts);
const exportTo = fc.constantFrom('', 'exportTo: ["."]', 'exportTo: [red]');

const entry = fc
  .record({
    namespace,
    host,
    exportTo,
    port: fc.constantFrom(...ports),
    where: fc.constantFrom(
      'resolution: DNS',
      'resolution: NONE',
      'resolution: STATIC\n  addresses: [172.16.0.1]\n  endpoints: [{address: 198.18.0.1}]',
      'resolution: STATIC\n  addresses: [172.16.0.2]\n  endpoints: [{address: 10.0.0.1}]',
      'resolution: STATIC\n  addresses: [10.0.0.2]\n  endpoints: [{address: 10.0.0.3}]',
      'resolution: STATIC\n  addresses: [172.16.0.0/16]\n  endpoints: [{address: 198.18.0.9}]',
    ),
  })
  .map(
    item => `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: e, namespace: ${item.namespace}}
spec:
  hosts: ["${item.host}"]
  location: MESH_EXTERNAL
  ${item.exportTo}
  ports: [${item.port}]
  ${item.where}`,
  );

const sidecar = fc
  .record({
    namespace,
    hosts: fc.constantFrom('"*/*"', '"./*"', '"./*", "red/*"', '"*/api.pay.example"'),
    mode: fc.constantFrom('', 'outboundTrafficPolicy: {mode: ALLOW_ANY}'),
  })
  .map(
    item => `apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: {name: s, namespace: ${item.namespace}}
spec:
  egress: [{hosts: [${item.hosts}]}]
  ${item.mode}`,
  );

const route = fc
  .record({ namespace, host, to: fc.constantFrom('db.pay.example', 'app.blue.svc.cluster.local') })
  .map(
    item => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: v, namespace: ${item.namespace}}
spec:
  hosts: ["${item.host}"]
  http:
  - match: [{sourceLabels: {tier: front}}]
    route: [{destination: {host: app.blue.svc.cluster.local, port: {number: 80}}}]
  - route: [{destination: {host: ${item.to}, port: {number: 80}}}]`,
  );

const rule = fc
  .record({ namespace, host, mode: fc.constantFrom('SIMPLE', 'DISABLE', 'ISTIO_MUTUAL') })
  .map(
    item => `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: d, namespace: ${item.namespace}}
spec:
  host: "${item.host}"
  trafficPolicy: {tls: {mode: ${item.mode}}}`,
  );

const policy = fc
  .constantFrom(
    'rules: [{from: [{source: {principals: ["cluster.local/ns/red/sa/one"]}}]}]',
    'rules: [{from: [{source: {namespaces: [green]}}]}]',
    'action: DENY\n  rules: [{from: [{source: {ipBlocks: [10.0.0.1/32]}}]}]',
  )
  .map(
    spec => `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: p, namespace: blue}
spec:
  ${spec}`,
  );

const pod = fc
  .record({
    namespace,
    kind: fc.constantFrom('init', 'none', 'excluded', 'dns'),
    account: fc.constantFrom('one', 'two'),
    user: fc.constantFrom('', 'securityContext: {runAsUser: 1337},'),
    tier: fc.constantFrom('front', 'back'),
  })
  .map(item => {
    const excluded =
      item.kind === 'excluded'
        ? ', annotations: {traffic.sidecar.istio.io/excludeOutboundIPRanges: 172.16.0.0/16}'
        : '';
    const proxy = item.kind === 'none' ? ', annotations: {sidecar.istio.io/inject: "false"}' : '';
    const dns =
      item.kind === 'dns'
        ? ', annotations: {proxy.istio.io/config: \'{proxyMetadata: {ISTIO_META_DNS_CAPTURE: "true"}}\'}'
        : '';
    return `metadata: {labels: {app: app, tier: ${item.tier}}${excluded}${proxy}${dns}}
    spec: {${item.user} serviceAccountName: ${item.account}, containers: [{name: app}]}#${item.namespace}`;
  });

const workloadText = (text: string, index: number) => {
  const [template = '', place = 'red'] = text.split('#');
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: w${index}, namespace: ${place}}
spec:
  selector: {matchLabels: {app: app}}
  template:
    ${template}`;
};

const service = `apiVersion: v1
kind: Service
metadata: {name: app, namespace: blue}
spec: {clusterIP: 10.96.0.1, selector: {app: app}, ports: [{name: http, port: 80}]}`;

const renamed = (texts: readonly string[]) =>
  texts.map((text, index) => text.replace(/metadata: \{name: (\w)/, `metadata: {name: $1${index}`));

const istioInit =
  '{name: istio-init, image: "istio/proxyv2:1.30.0", args: [istio-iptables, -p, "15001", -z, "15006", -u, "1337", -m, REDIRECT, -i, "*", -x, "", -b, "*", -d, "15090,15021,15020"]}';

const live = fc.record({ namespace, rules: fc.boolean() });

/** A pod that runs, with istio-init or, where somebody else was to make the rules and did not, without. */
const running = (
  { namespace: place, rules }: { readonly namespace: string; readonly rules: boolean },
  index: number,
) => `apiVersion: v1
kind: Pod
metadata: {name: p${index}, namespace: ${place}, labels: {app: app}}
spec:
  initContainers: [${rules ? istioInit : ''}]
  containers: [{name: app}, {name: istio-proxy, args: [proxy, sidecar]}]
status: {podIP: 10.0.0.${index + 1}, phase: Running}`;

const randomMesh = fc
  .record({
    mode: fc.constantFrom('REGISTRY_ONLY', 'ALLOW_ANY'),
    objects: fc
      .array(fc.oneof({ weight: 3, arbitrary: entry }, sidecar, route, rule, policy), {
        minLength: 2,
        maxLength: 9,
      })
      .map(renamed),
    pods: fc.array(pod, { minLength: 1, maxLength: 5 }),
    live: fc.array(live, { maxLength: 5 }),
  })
  .map(({ mode, objects, pods, live: started }) =>
    [
      `apiVersion: v1
kind: ConfigMap
metadata: {name: istio, namespace: istio-system}
data: {mesh: "outboundTrafficPolicy: {mode: ${mode}}"}`,
      ...namespaces.map(
        name => `apiVersion: v1
kind: Namespace
metadata: {name: ${name}, labels: {istio-injection: enabled}}`,
      ),
      service,
      ...objects,
      ...pods.map(workloadText),
      ...started.map(running),
    ].join('\n---\n'),
  );

const byId = (rows: Iterable<AccessRow>) => new Map([...rows].map(row => [row.id, row] as const));

describe('the grouped matrix', () => {
  it('is, expanded, what each workload answers by itself; so is the matrix row by row', () => {
    fc.assert(
      fc.property(randomMesh, text => {
        const mesh = meshFromYaml(text);
        const expected = byId(oneByOne(mesh));
        const matrix = accessMatrix(mesh);
        const rows = [...matrix.rows].flatMap(row => [...matrix.expand(row)]);
        expect(rows.length).toBe(expected.size);
        expect(byId(rows)).toEqual(expected);
        expect(byId(externalAccess(mesh))).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  }, 240_000);

  it('has each workload in one group of each column', () => {
    fc.assert(
      fc.property(randomMesh, text => {
        const matrix = accessMatrix(meshFromYaml(text));
        const counts = new Map<string, number>();
        for (const { host, port, protocol, group } of matrix.rows) {
          const key = `${host}:${port}/${protocol}`;
          counts.set(key, (counts.get(key) ?? 0) + group.size);
          expect(new Set(group.members).size).toBe(group.size);
        }
        expect(new Set(counts.values())).toEqual(new Set([matrix.workloads.length]));
      }),
      { numRuns: 50 },
    );
  }, 120_000);
});
