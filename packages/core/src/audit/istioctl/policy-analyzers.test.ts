import { describe, expect, test } from 'vitest';
import { decodeResources } from '../../resources';
import { analyzeAsIstioctl } from './analyze';

interface Objects {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: object;
  readonly spec?: object;
  readonly more?: object;
}

const groups: Readonly<Record<string, string>> = {
  Pod: 'v1',
  Namespace: 'v1',
  ConfigMap: 'v1',
  Telemetry: 'telemetry.istio.io/v1',
  AuthorizationPolicy: 'security.istio.io/v1',
  RequestAuthentication: 'security.istio.io/v1',
  EnvoyFilter: 'networking.istio.io/v1alpha3',
};

/** `code object: message` of the codes that are asked for. */
function said(objects: readonly Objects[], ...codes: readonly string[]): readonly string[] {
  const raw = objects.map(
    ({ kind, name, namespace = 'shop', labels = {}, spec, more }, document) => ({
      value: {
        apiVersion: groups[kind] ?? 'networking.istio.io/v1',
        kind,
        metadata: { name, labels, ...(kind === 'Namespace' ? {} : { namespace }) },
        ...(spec === undefined ? {} : { spec }),
        ...more,
      },
      source: { file: 'm.yaml', document, line: 1 },
    }),
  );
  return analyzeAsIstioctl(decodeResources(raw), '1.32')
    .filter(({ code }) => codes.includes(code))
    .map(({ code, object, message }) => `${code} ${object.name}: ${message}`);
}

const proxy = { name: 'istio-proxy', image: 'proxy' };
const pod = (name: string, app: string, containers: readonly object[] = [proxy]): Objects => ({
  kind: 'Pod',
  name,
  labels: { app },
  spec: { containers },
});

/** Conditions of `pkg/config/analysis/analyzers/authz/authorizationpolicies.go` in istio/istio. */
describe('IST0127', () => {
  const policy = (spec: object, namespace = 'shop'): Objects => ({
    kind: 'AuthorizationPolicy',
    name: 'p',
    namespace,
    spec,
  });
  const selecting = (app: string) => ({ selector: { matchLabels: { app } } });
  const nothing = (labels: string) => [
    `IST0127 p: No matching workloads for this resource with the following labels: ${labels}`,
  ];

  test('comes when no pod of the namespace is selected', () => {
    expect(said([policy(selecting('a')), pod('a', 'a')], 'IST0127')).toEqual([]);
    expect(said([policy(selecting('b')), pod('a', 'a')], 'IST0127')).toEqual(nothing('app=b'));
  });

  test('comes when the selected pod has no sidecar', () => {
    const plain = pod('a', 'a', [{ name: 'a', image: 'a' }]);
    expect(said([policy(selecting('a')), plain], 'IST0127')).toEqual(nothing('app=a'));
  });

  test('a policy of the root namespace is for all; without selector it needs no pod', () => {
    const root = 'istio-system';
    expect(said([policy(selecting('a'), root), pod('a', 'a')], 'IST0127')).toEqual([]);
    expect(said([policy(selecting('b'), root), pod('a', 'a')], 'IST0127')).toEqual(
      nothing('app=b'),
    );
    expect(said([policy({}, root)], 'IST0127')).toEqual([]);
    expect(said([policy({})], 'IST0127')).toEqual(nothing(''));
  });

  test('namespaces of a rule exist', () => {
    const source = { namespaces: ['SHOP', 'sh*', '*op', 'other'], notNamespaces: ['*', 'gone'] };
    const rules = { rules: [{ from: [{ source }] }] };
    const objects = [{ kind: 'Namespace', name: 'shop' }, pod('a', 'a'), policy(rules)];
    expect(said(objects, 'IST0101')).toEqual([
      'IST0101 p: Referenced namespace not found: "other"',
      'IST0101 p: Referenced namespace not found: "gone"',
    ]);
  });
});

/** `virtualservice/jwtclaimroute.go`. */
describe('IST0149', () => {
  const objects = (header: string, ...more: readonly Objects[]): readonly Objects[] => [
    pod('gw-1', 'gw'),
    {
      kind: 'Gateway',
      name: 'gw',
      spec: {
        selector: { app: 'gw' },
        servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }],
      },
    },
    {
      kind: 'VirtualService',
      name: 'v',
      spec: {
        hosts: ['a.example'],
        gateways: ['gw'],
        http: [
          {
            match: [{ headers: { [header]: { exact: 'x' } } }],
            route: [{ destination: { host: 'a.example' } }],
          },
        ],
      },
    },
    ...more,
  ];
  const authentication = (app: string, namespace = 'shop'): Objects => ({
    kind: 'RequestAuthentication',
    name: 'r',
    namespace,
    spec: { selector: { matchLabels: { app } }, jwtRules: [{ issuer: 'a' }] },
  });
  const key = '@request.auth.claims.group';

  test('comes for a gateway pod that validates no token', () => {
    expect(said(objects(key), 'IST0149')[0]).toContain(`(key: ${key})`);
    expect(said(objects(key), 'IST0149')[0]).toContain('the gateway (shop/gw) pod (gw-1)');
    expect(said(objects(key, authentication('other')), 'IST0149')).toHaveLength(1);
    expect(said(objects(key, authentication('gw', 'else')), 'IST0149')).toHaveLength(1);
  });

  test('does not come when a RequestAuthentication selects the pod, nor for another header', () => {
    expect(said(objects(key, authentication('gw')), 'IST0149')).toEqual([]);
    expect(said(objects(key, authentication('gw', 'istio-system')), 'IST0149')).toEqual([]);
    expect(said(objects('x-group'), 'IST0149')).toEqual([]);
  });
});

/** `envoyfilter/envoyfilter.go`. */
describe('patches of an EnvoyFilter', () => {
  const filter = (name: string, patch: object, spec: object = {}): Objects => ({
    kind: 'EnvoyFilter',
    name,
    spec: { configPatches: [patch], ...spec },
  });
  const codes = ['IST0151', 'IST0152', 'IST0153', 'IST0154', 'IST0155'];
  const found = (...objects: readonly Objects[]) =>
    said(objects, ...codes).map(line => line.slice(0, line.indexOf(':')));
  const patch = (applyTo: string, operation: string, match: object = {}) => ({
    applyTo,
    match,
    patch: { operation, value: { name: 'lua' } },
  });

  test.each([
    ['HTTP_FILTER', 'INSERT_BEFORE', ['IST0151 f']],
    ['HTTP_FILTER', 'REPLACE', ['IST0151 f']],
    ['CLUSTER', 'REPLACE', ['IST0152 f']],
    ['HTTP_ROUTE', 'ADD', ['IST0153 f']],
    ['CLUSTER', 'ADD', []],
    ['ROUTE_CONFIGURATION', 'REMOVE', ['IST0154 f']],
    ['CLUSTER', 'REMOVE', ['IST0151 f']],
    ['HTTP_FILTER', 'INSERT_FIRST', []],
    ['HTTP_FILTER', 'MERGE', []],
  ])('%s %s: %j', (applyTo, operation, expected) => {
    expect(found(filter('f', patch(applyTo, operation)))).toEqual(expected);
  });

  test('a priority makes the order sure', () => {
    expect(found(filter('f', patch('HTTP_FILTER', 'INSERT_BEFORE'), { priority: 10 }))).toEqual([]);
  });

  test('a name that was patched for some proxy versions before is another message', () => {
    const versioned = patch('HTTP_FILTER', 'INSERT_FIRST', { proxy: { proxyVersion: '^1' } });
    const after = filter('g', patch('HTTP_FILTER', 'INSERT_BEFORE'));
    expect(found(filter('f', versioned), after)).toEqual(['IST0155 g']);
  });
});

/** `telemetry/selector.go`, `telemetry/defaultselector.go`, `telemetry/providers.go`. */
describe('Telemetry', () => {
  const telemetry = (name: string, spec: object): Objects => ({ kind: 'Telemetry', name, spec });
  const selecting = (app: string) => ({ selector: { matchLabels: { app } } });
  const meshConfig = (mesh: string): Objects => ({
    kind: 'ConfigMap',
    name: 'istio',
    namespace: 'istio-system',
    more: { data: { mesh } },
  });

  test('a selector that picks nothing, two that pick one pod', () => {
    const objects = [pod('a', 'a'), telemetry('t', selecting('a'))];
    expect(said(objects, 'IST0101', 'IST0159')).toEqual([]);
    expect(said([pod('a', 'a'), telemetry('t', selecting('b'))], 'IST0101')).toEqual([
      'IST0101 t: Referenced selector not found: "app=b"',
    ]);
    expect(said([...objects, telemetry('u', selecting('a'))], 'IST0159')).toHaveLength(2);
  });

  test('two without selector in a namespace', () => {
    const objects = [telemetry('t', {}), telemetry('u', {})];
    expect(said(objects, 'IST0160')[0]).toContain('The Telemetries [t u] in namespace "shop"');
    const target = { targetRefs: [{ kind: 'Service', name: 'a' }] };
    expect(said([telemetry('t', {}), telemetry('u', target)], 'IST0160')).toEqual([]);
  });

  test('access logs need a provider, here or in the mesh', () => {
    const empty = telemetry('t', { accessLogging: [{ disabled: false }] });
    expect(said([empty], 'IST0157')).toHaveLength(1);
    const named = telemetry('t', { accessLogging: [{ providers: [{ name: 'envoy' }] }] });
    expect(said([named], 'IST0157')).toEqual([]);
    const defaults = meshConfig('defaultProviders: {accessLogging: [envoy]}');
    expect(said([empty, defaults], 'IST0157')).toEqual([]);
    const metrics = meshConfig('defaultProviders: {metrics: [prometheus]}');
    expect(said([empty, metrics], 'IST0157')).toHaveLength(1);
  });
});

/** `deprecation/deprecation.go`. */
test.each([
  ['rbac.istio.io', 'ServiceRole', 1],
  ['rbac.istio.io', 'Other', 0],
  ['security.istio.io', 'ServiceRole', 0],
])('a CRD of %s for %s: IST0002 %i times', (group, kind, count) => {
  const value = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'a' },
    spec: { group, names: { kind } },
  };
  const source = { file: 'm.yaml', document: 0, line: 1 };
  const messages = analyzeAsIstioctl(decodeResources([{ value, source }]), '1.32');
  expect(messages.filter(({ code }) => code === 'IST0002')).toHaveLength(count);
});
