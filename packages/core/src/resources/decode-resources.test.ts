import { describe, expect, it } from 'vitest';
import { parseYaml } from '../yaml';
import { type DecodeOptions, decodeResources } from './decode-resources';

/** Decodes documents separated by `---`. */
function decode(text: string, options?: DecodeOptions) {
  const raw = text.split(/^---$/m).map((body, document) => {
    const yaml = parseYaml(body);
    if (!yaml.ok) throw new Error(yaml.message);
    return { value: yaml.value, source: { file: 'test.yaml', document, line: 1 } };
  });
  return decodeResources(raw, options);
}

const codes = (text: string) => decode(text).issues.map(issue => issue.code);
const entry = (spec: string, version = 'v1') =>
  `apiVersion: networking.istio.io/${version}\nkind: ServiceEntry\nmetadata: {name: a, namespace: ns}\nspec: ${spec}\n`;

describe('objects', () => {
  it.each(['v1', 'v1beta1', 'v1alpha3'])('of networking.istio.io/%s are the same', version => {
    const { resources, issues } = decode(entry('{hosts: [a.b]}', version));
    expect(resources.serviceEntries.map(item => item.spec.hosts)).toEqual([['a.b']]);
    expect(issues).toEqual([]);
  });

  it('of the mesh configuration are used, other ConfigMaps are not', () => {
    const map = (name: string, namespace: string) =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: ${namespace}}\ndata: {mesh: "enableTracing: true"}\n`;
    expect(codes(map('istio', 'istio-system'))).toEqual([]);
    expect(codes(map('settings', 'shop'))).toEqual(['kind-not-used']);
  });

  it('of a namesake in another group are not taken for Istio’s', () => {
    const text =
      'apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: a, namespace: b}\n';
    const { resources } = decode(text);
    expect(resources.gateways).toEqual([]);
    expect(resources.other.map(item => item.kind)).toEqual(['Gateway']);
    expect(codes(text)).toEqual(['kind-not-used']);
  });

  it('without a namespace get the default one, and an issue says so', () => {
    const text =
      'apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: [{port: 80}]}\n';
    const { resources, issues } = decode(text, { defaultNamespace: 'mine' });
    expect(resources.services[0]?.metadata.namespace).toBe('mine');
    expect(issues).toMatchObject([{ code: 'namespace-assumed', severity: 'info' }]);
  });

  it('without a kind, or that are no maps, are reported', () => {
    expect(codes('a: 1\n---\n- a\n---\ntext\n')).toEqual([
      'no-kind',
      'not-an-object',
      'not-an-object',
    ]);
  });

  it('of lists stand in the list’s place, with their path', () => {
    const text =
      'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Namespace, metadata: {name: a}}\n- {apiVersion: v1, kind: NamespaceList, items: [{apiVersion: v1, kind: Namespace, metadata: {name: b}}]}\n';
    const { resources } = decode(text);
    expect(resources.namespaces.map(item => [item.metadata.name, item.source.item])).toEqual([
      ['a', 'items.0'],
      ['b', 'items.1.items.0'],
    ]);
  });

  it('a list without items is reported', () => {
    expect(codes('apiVersion: v1\nkind: List\n')).toEqual(['no-items']);
  });
});

describe('leniency of protobuf JSON', () => {
  it('takes names in snake_case, numbers as texts and enums by number', () => {
    const { resources } = decode(
      entry(
        "{hosts: [a.b], resolution: 2, ports: [{number: '443', name: a, target_port: 8443.0}], workload_selector: {labels: {a: b}}}",
      ),
    );
    expect(resources.serviceEntries[0]?.spec).toMatchObject({
      resolution: 'DNS',
      ports: [{ number: 443, targetPort: 8443 }],
      workloadSelector: { labels: { a: 'b' } },
    });
  });

  it('reports what the webhook or the CRD objects to once for each field, and uses the rest', () => {
    const { resources, issues } = decode(entry('{hosts: [1, a.b], location: MESH_INSIDE}'));
    expect(resources.serviceEntries[0]?.spec.hosts).toEqual(['a.b']);
    expect(issues.map(({ code, path }) => [code, path])).toEqual([
      ['istio-unreadable', 'spec.hosts.0'],
      ['schema-type', 'spec.location'],
    ]);
    expect(issues.every(({ object, hint }) => object?.name === 'a' && hint !== undefined)).toBe(
      true,
    );
  });
});

describe('Endpoints', () => {
  it('are slices of the service of their name', () => {
    const text =
      'apiVersion: v1\nkind: Endpoints\nmetadata: {name: a, namespace: b}\nsubsets: [{addresses: [{ip: 10.0.0.1}], notReadyAddresses: [{ip: 10.0.0.2}], ports: [{port: 80}]}]\n';
    const [slice] = decode(text).resources.endpointSlices;
    expect(slice?.metadata.labels).toEqual({ 'kubernetes.io/service-name': 'a' });
    expect(slice?.spec.endpoints.map(({ addresses, ready }) => [addresses[0], ready])).toEqual([
      ['10.0.0.1', true],
      ['10.0.0.2', false],
    ]);
  });
});

const configMap = (name: string, mesh: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: istio-system}\ndata:\n  mesh: |\n    ${mesh}\n`;

describe('the mesh configuration', () => {
  it('is read from the ConfigMap of a revision', () => {
    const [mesh] = decode(configMap('istio-canary', 'outboundTrafficPolicy: {mode: REGISTRY_ONLY}'))
      .resources.meshConfigs;
    expect(mesh).toMatchObject({
      revision: 'canary',
      set: ['outboundTrafficPolicy.mode'],
      config: { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } },
    });
  });

  it.each([
    ['outboundTrafficPolicy: {}', 'REGISTRY_ONLY'],
    ['outboundTrafficPolicy:', 'ALLOW_ANY'],
    ['outboundTrafficPolicy: {mode: 3}', 'ALLOW_ANY_DYNAMIC_DNS'],
    ['outboundTrafficPolicy: {mode: 0}', 'REGISTRY_ONLY'],
    ['accessLogFile: /dev/stdout', 'ALLOW_ANY'],
  ])('`%s` is %s', (text, mode) => {
    const [mesh] = decode(configMap('istio', text)).resources.meshConfigs;
    expect(mesh?.config.outboundTrafficPolicy.mode).toBe(mode);
  });

  it('is read from an IstioOperator and from Helm values, whose other values are kept', () => {
    const operator =
      'apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nspec: {meshConfig: {rootNamespace: a}, values: {global: {proxy: {logLevel: debug}}}}\n';
    const values =
      'meshConfig: {rootNamespace: b}\nglobal: {proxy: {includeIPRanges: 10.0.0.0/8}}\n';
    const { meshConfigs, other } = decode(`${operator}---\n${values}`).resources;
    expect(meshConfigs.map(item => item.config.rootNamespace)).toEqual(['a', 'b']);
    expect(other.map(item => item.kind)).toEqual(['HelmValues', 'HelmValues']);
    expect(other[1]?.spec).toMatchObject({ global: { proxy: { includeIPRanges: '10.0.0.0/8' } } });
  });

  it('that istiod refuses is an error with its path', () => {
    const { issues } = decode(configMap('istio', 'outboundTrafficPolicy: {mode: ALLOW}'));
    expect(issues.find(({ severity }) => severity === 'error')).toMatchObject({
      path: 'data.mesh.outboundTrafficPolicy.mode',
    });
  });

  it('of another ConfigMap is left alone', () => {
    const { resources } = decode(configMap('other', 'rootNamespace: a'));
    expect(resources.meshConfigs).toEqual([]);
  });
});

describe('Pods', () => {
  it('keep what interception and injection depend on', () => {
    const pod = `
apiVersion: v1
kind: Pod
metadata: {name: a, namespace: b, labels: {app: a}, annotations: {x: y}}
spec:
  serviceAccountName: sa
  nodeName: n1
  hostNetwork: false
  dnsConfig: {nameservers: [10.0.0.10], searches: [a.b], options: [{name: ndots, value: '5'}]}
  initContainers: [{name: istio-proxy, restartPolicy: Always, securityContext: {runAsUser: 1337}}]
  containers:
  - name: app
    image: app:1
    command: [run]
    args: [-v]
    env: [{name: A, value: b}]
    ports: [{containerPort: 80, name: http}]
    readinessProbe: {httpGet: {port: http}}
status: {podIP: 10.1.0.1, podIPs: [{ip: 10.1.0.1}], hostIP: 10.0.0.1, conditions: [{type: Ready, status: 'True'}]}
`;
    expect(decode(pod).resources.pods[0]?.spec).toMatchObject({
      serviceAccountName: 'sa',
      nodeName: 'n1',
      hostNetwork: false,
      dnsConfig: { nameservers: ['10.0.0.10'], searches: ['a.b'] },
      initContainers: [{ restartPolicy: 'Always', securityContext: { runAsUser: 1337 } }],
      containers: [
        {
          args: ['-v'],
          command: ['run'],
          env: [{ name: 'A', value: 'b' }],
          ports: [{ containerPort: 80, name: 'http' }],
          probePorts: ['http'],
        },
      ],
      status: { podIP: '10.1.0.1', hostIP: '10.0.0.1', ready: true },
    });
  });

  it('a wrong type is reported with its path and the rest is kept', () => {
    const text =
      'apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: b}\nspec: {nodeName: 5, hostname: h}\n';
    const { resources, issues } = decode(text);
    expect(resources.pods[0]?.spec).toMatchObject({ hostname: 'h' });
    expect(issues).toMatchObject([{ code: 'wrong-type', path: 'spec.nodeName' }]);
  });
});
