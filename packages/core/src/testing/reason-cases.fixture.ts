import type { MeshOptions } from '../mesh';
import type { Call, ReasonCode, SimulateOptions } from '../simulation';

/** One mesh and one call that show a reason. */
export interface ReasonCase {
  readonly code: ReasonCode;
  readonly manifests: string;
  readonly call: Omit<Call, 'from'> & { readonly from?: Call['from'] };
  readonly options?: SimulateOptions;
  readonly mesh?: MeshOptions;
}

/** Stands for the address of the pod that calls. */
export const ownAddress = 'OWN-ADDRESS';

const document = (text: string) => `---\n${text}\n`;

const meshConfig = (text: string) =>
  document(
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: istio, namespace: istio-system}\ndata: {mesh: ${JSON.stringify(text)}}`,
  );
const outbound = (mode: string) => meshConfig(`outboundTrafficPolicy: {mode: ${mode}}`);
const registryOnly = outbound('REGISTRY_ONLY');
const allowAny = outbound('ALLOW_ANY');

const namespace = (name: string, labels = 'istio-injection: enabled') =>
  document(`apiVersion: v1\nkind: Namespace\nmetadata: {name: ${name}, labels: {${labels}}}`);

const deployment = (
  name: string,
  {
    where = 'shop',
    annotations = '',
    pod = 'containers: [{name: app, ports: [{containerPort: 8080}]}]',
  } = {},
) =>
  document(`apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: ${where}}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}, annotations: {${annotations}}}
    spec: {${pod}}`);

const service = (name: string, where: string, ports: string) =>
  document(
    `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}, namespace: ${where}}\nspec: {selector: {app: ${name}}, ports: [${ports}]}`,
  );

const istio = (kind: string, name: string, where: string, spec: string, created?: string) =>
  document(
    `apiVersion: networking.istio.io/v1\nkind: ${kind}\nmetadata: {name: ${name}, namespace: ${where}${created === undefined ? '' : `, creationTimestamp: "${created}"`}}\nspec: ${spec}`,
  );
const security = (kind: string, name: string, where: string, spec: string) =>
  document(
    `apiVersion: security.istio.io/v1\nkind: ${kind}\nmetadata: {name: ${name}, namespace: ${where}}\nspec: ${spec}`,
  );

const envoyFilter = (spec: string) =>
  document(
    `apiVersion: networking.istio.io/v1alpha3\nkind: EnvoyFilter\nmetadata: {name: filter, namespace: shop}\nspec: ${spec}`,
  );

const http = '{number: 80, name: http, protocol: HTTP}';
const tls = '{number: 443, name: tls, protocol: TLS}';
const tcp = (port: number) => `{number: ${port}, name: tcp-${port}, protocol: TCP}`;
const entry = (
  host: string,
  ports: string,
  { where = 'shop', name = 'entry', more = '', created = '' } = {},
) =>
  istio(
    'ServiceEntry',
    name,
    where,
    `{hosts: ["${host}"], location: MESH_EXTERNAL, resolution: DNS, ports: [${ports}]${more}}`,
    created === '' ? undefined : created,
  );

const shop = namespace('shop') + deployment('web');
const stock =
  namespace('stock') +
  deployment('items', { where: 'stock' }) +
  service('items', 'stock', '{name: http, port: 80, targetPort: 8080}');
const egress =
  namespace('egress') +
  document(`apiVersion: apps/v1
kind: Deployment
metadata: {name: gateway, namespace: egress}
spec:
  selector: {matchLabels: {app: gateway}}
  template:
    metadata: {labels: {app: gateway}, annotations: {inject.istio.io/templates: gateway}}
    spec: {containers: [{name: istio-proxy, image: auto}]}`) +
  service('gateway', 'egress', '{name: http, port: 80, targetPort: 8080}') +
  istio(
    'Gateway',
    'gateway',
    'egress',
    `{selector: {app: gateway}, servers: [{port: ${http}, hosts: ["*"]}]}`,
  ) +
  istio(
    'VirtualService',
    'through',
    'egress',
    `{hosts: [pay.example], gateways: [mesh, gateway], http: [{match: [{gateways: [mesh]}], route: [{destination: {host: gateway.egress.svc.cluster.local}}]}, {match: [{gateways: [gateway]}], route: [{destination: {host: pay.example}}]}]}`,
  );

const web = { to: 'pay.example', port: 443, protocol: 'https' } as const;
const page = { to: 'pay.example', port: 80, protocol: 'http' } as const;
const items = { to: 'items.stock.svc.cluster.local', port: 80, protocol: 'http' } as const;
const database = { to: 'db.example', port: 5432, protocol: 'tcp' } as const;
const excluded = (name: string, value: string) =>
  `traffic.sidecar.istio.io/${name}: ${JSON.stringify(value)}`;
const annotated = (annotations: string) => namespace('shop') + deployment('web', { annotations });
const podWith = (pod: string) => namespace('shop') + deployment('web', { pod });
const proxyConfig = (text: string) => `proxy.istio.io/config: ${JSON.stringify(text)}`;

const notCaptured: readonly ReasonCase[] = [
  { code: 'not-injected', manifests: namespace('shop', '') + deployment('web'), call: web },
  {
    code: 'host-network',
    manifests: podWith('hostNetwork: true, containers: [{name: app}]'),
    call: web,
  },
  {
    code: 'interception-none',
    manifests: annotated('sidecar.istio.io/interceptionMode: NONE'),
    call: web,
  },
  {
    code: 'cni-not-programmed',
    manifests:
      namespace('shop') +
      document(`apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}, annotations: {sidecar.istio.io/status: "{}"}}
spec: {containers: [{name: app}, {name: istio-proxy, args: [proxy, sidecar]}]}
status: {phase: Running, podIP: 10.1.0.5}`),
    call: { ...web, from: { kind: 'Pod', namespace: 'shop', name: 'web' } },
  },
  {
    code: 'excluded-port',
    manifests: registryOnly + annotated(excluded('excludeOutboundPorts', '443')),
    call: web,
  },
  {
    code: 'excluded-range',
    manifests: registryOnly + annotated(excluded('excludeOutboundIPRanges', '198.51.100.0/24')),
    call: { ...web, to: '198.51.100.7' },
  },
  {
    code: 'not-included-range',
    manifests: registryOnly + annotated(excluded('includeOutboundIPRanges', '10.0.0.0/8')),
    call: { ...web, to: '198.51.100.7' },
  },
  {
    code: 'excluded-interface',
    manifests: annotated(excluded('excludeInterfaces', 'eth0')),
    call: { from: { outside: '198.51.100.9' }, to: ownAddress, port: 8080, protocol: 'http' },
  },
  {
    code: 'owner-group',
    manifests: annotated(
      proxyConfig('proxyMetadata: {ISTIO_OUTBOUND_OWNER_GROUPS_EXCLUDE: "2000"}'),
    ),
    call: { ...web, uid: 1000, gid: 2000 },
  },
  { code: 'proxy-uid', manifests: shop, call: { ...web, uid: 1337, gid: 1000 } },
  { code: 'proxy-gid', manifests: shop, call: { ...web, uid: 1000, gid: 1337 } },
  { code: 'loopback', manifests: shop, call: { to: '127.0.0.1', port: 8080, protocol: 'http' } },
  {
    code: 'own-address',
    manifests: shop,
    call: { to: ownAddress, port: 8080, protocol: 'http' },
  },
  { code: 'udp', manifests: shop, call: { ...web, protocol: 'udp' } },
  {
    code: 'before-proxy-start',
    manifests: shop,
    call: web,
    options: { proxyState: 'not-started' },
  },
  {
    code: 'proxy-port',
    manifests: shop,
    call: { from: { outside: '198.51.100.9' }, to: ownAddress, port: 15020, protocol: 'http' },
  },
  {
    code: 'ipv6-not-captured',
    manifests: shop,
    call: { to: '::1', port: 8080, protocol: 'http' },
  },
];

const registry: readonly ReasonCase[] = [
  { code: 'service-entry', manifests: registryOnly + shop + entry('pay.example', tls), call: web },
  { code: 'kubernetes-service', manifests: shop + stock, call: items },
  {
    code: 'virtual-service-route',
    manifests:
      shop +
      entry('pay.example', http) +
      istio(
        'VirtualService',
        'pay',
        'shop',
        '{hosts: [pay.example], http: [{timeout: 1s, route: [{destination: {host: pay.example}}]}]}',
      ),
    call: page,
  },
  {
    code: 'egress-gateway',
    manifests: registryOnly + shop + egress + entry('pay.example', http, { where: 'egress' }),
    call: page,
  },
  {
    code: 'egress-proxy',
    manifests:
      shop +
      namespace('infra') +
      entry('proxy.infra.example', tcp(3128), { where: 'infra' }) +
      istio(
        'Sidecar',
        'default',
        'shop',
        '{outboundTrafficPolicy: {mode: ALLOW_ANY, egressProxy: {host: proxy.infra.example, port: {number: 3128}}}}',
      ),
    call: web,
  },
  {
    code: 'wildcard-host',
    manifests:
      registryOnly +
      shop +
      istio(
        'ServiceEntry',
        'all',
        'shop',
        `{hosts: ["*.example"], location: MESH_EXTERNAL, resolution: NONE, ports: [${tls}]}`,
      ),
    call: web,
  },
  {
    code: 'port-captured-by-tcp-entry',
    manifests: registryOnly + shop + entry('other.example', tcp(5432)),
    call: database,
    mesh: { flags: { PILOT_ENABLE_IP_AUTOALLOCATE: 'false' } },
  },
  {
    code: 'route-answers',
    manifests:
      shop +
      entry('pay.example', http) +
      istio(
        'VirtualService',
        'pay',
        'shop',
        '{hosts: [pay.example], http: [{redirect: {uri: /moved}}]}',
      ),
    call: page,
  },
  {
    code: 'no-route',
    manifests:
      shop +
      entry('pay.example', http) +
      istio(
        'VirtualService',
        'pay',
        'shop',
        '{hosts: [pay.example], http: [{match: [{uri: {prefix: /v1}}], route: [{destination: {host: pay.example}}]}]}',
      ),
    call: page,
  },
  {
    code: 'not-exported',
    manifests:
      registryOnly +
      shop +
      namespace('bank') +
      entry('pay.example', tls, { where: 'bank', more: ', exportTo: ["."]' }),
    call: web,
  },
  {
    code: 'not-imported-by-sidecar',
    manifests:
      registryOnly +
      shop +
      namespace('bank') +
      entry('pay.example', tls, { where: 'bank' }) +
      istio('Sidecar', 'default', 'shop', '{egress: [{hosts: ["./*"]}]}'),
    call: web,
  },
  {
    code: 'shadowed-by-own-namespace',
    manifests:
      registryOnly +
      shop +
      namespace('bank') +
      entry('pay.example', http) +
      entry('pay.example', tls, { where: 'bank' }),
    call: web,
  },
  {
    code: 'older-entry-wins',
    manifests:
      registryOnly +
      shop +
      namespace('bank') +
      namespace('fund') +
      entry('pay.example', http, { where: 'bank', created: '2025-01-01T00:00:00Z' }) +
      entry('pay.example', tls, { where: 'fund', created: '2026-01-01T00:00:00Z' }),
    call: web,
  },
];

const policy: readonly ReasonCase[] = [
  { code: 'allow-any', manifests: allowAny + shop, call: web },
  { code: 'registry-only-no-listener', manifests: registryOnly + shop, call: web },
  {
    code: 'registry-only-no-filter-chain',
    manifests: registryOnly + shop + entry('other.example', tls),
    call: web,
  },
  {
    code: 'registry-only-no-virtual-host',
    manifests: registryOnly + shop + entry('other.example', http),
    call: page,
  },
  {
    code: 'dynamic-forward-proxy',
    manifests: outbound('ALLOW_ANY_DYNAMIC_DNS') + shop,
    call: page,
  },
  {
    code: 'loop-protection',
    manifests: shop,
    call: { to: '198.51.100.7', port: 15001, protocol: 'tcp' },
  },
  {
    code: 'no-inbound-filter-chain',
    manifests:
      namespace('shop', '') +
      deployment('web') +
      stock +
      security('PeerAuthentication', 'default', 'stock', '{mtls: {mode: PERMISSIVE}}'),
    call: { ...items, protocol: 'https' },
  },
];

const protocol: readonly ReasonCase[] = [
  {
    code: 'tls-on-http-port',
    manifests:
      registryOnly + shop + entry('other.example', '{number: 443, name: http, protocol: HTTP}'),
    call: web,
  },
  {
    code: 'http-on-tls-port',
    manifests: registryOnly + shop + entry('pay.example', tls),
    call: { ...page, port: 443 },
  },
  {
    code: 'http-on-tcp-port',
    manifests:
      registryOnly +
      shop +
      entry('other.example', tcp(80), {
        more: ', addresses: [198.51.100.0/24], resolution: NONE',
      }).replace('resolution: DNS, ', ''),
    call: { ...page, address: '203.0.113.9' },
  },
  {
    code: 'http10-on-http-port',
    manifests: registryOnly + shop + entry('pay.example', http),
    call: { ...page, httpVersion: '1.0' },
  },
  {
    code: 'tcp-on-http-port',
    manifests: registryOnly + shop + entry('pay.example', http),
    call: { ...page, protocol: 'tcp' },
  },
  {
    code: 'client-certificate-missing',
    manifests:
      namespace('shop', '') +
      deployment('web') +
      namespace('stock') +
      deployment('items', { where: 'stock' }) +
      service('items', 'stock', '{name: tcp, port: 80, targetPort: 8080}') +
      security('PeerAuthentication', 'default', 'stock', '{mtls: {mode: STRICT}}'),
    call: { ...items, protocol: 'tls' },
  },
  {
    code: 'connect-no-route',
    manifests: registryOnly + shop + entry('pay.example', http),
    call: { ...page, protocol: 'https', connectVia: 'news.example:443' },
  },
  {
    code: 'no-host-header',
    manifests: registryOnly + shop + entry('pay.example', http),
    call: { ...page, host: '' },
  },
  {
    code: 'sniffing-waits',
    manifests: registryOnly + shop + entry('pay.example', http),
    call: { ...page, protocol: 'tcp', serverFirst: true },
  },
  {
    code: 'double-tls',
    manifests:
      registryOnly +
      shop +
      entry('pay.example', tls) +
      istio(
        'DestinationRule',
        'pay',
        'shop',
        '{host: pay.example, trafficPolicy: {tls: {mode: SIMPLE}}}',
      ),
    call: web,
  },
  {
    code: 'missing-tls-origination',
    manifests:
      registryOnly +
      shop +
      entry('pay.example', '{number: 80, name: http, protocol: HTTP, targetPort: 443}'),
    call: page,
  },
  {
    code: 'sni-absent',
    manifests: registryOnly + shop + entry('pay.example', tls),
    call: { ...web, sni: '' },
  },
  {
    code: 'sni-mismatch',
    manifests: registryOnly + shop + entry('pay.example', tls),
    call: { ...web, sni: 'www.pay.example' },
  },
];

const origination = istio(
  'DestinationRule',
  'pay',
  'shop',
  '{host: pay.example, trafficPolicy: {tls: {mode: SIMPLE, sni: pay.example}}}',
);

const upstream: readonly ReasonCase[] = [
  {
    code: 'cluster-missing',
    manifests:
      shop +
      entry('pay.example', http) +
      istio(
        'VirtualService',
        'pay',
        'shop',
        '{hosts: [pay.example], http: [{route: [{destination: {host: pay.example, subset: v9}}]}]}',
      ),
    call: page,
  },
  {
    code: 'no-healthy-endpoint',
    manifests: shop + namespace('stock') + service('items', 'stock', '{name: http, port: 80}'),
    call: items,
  },
  {
    code: 'endpoint-refuses',
    manifests: shop,
    call: { ...web, to: '198.51.100.7' },
    options: { world: { refusingAddresses: ['198.51.100.7'] } },
  },
  {
    code: 'endpoint-silent',
    manifests: shop,
    call: { ...web, to: '198.51.100.7' },
    options: { world: { silentAddresses: ['198.51.100.7'] } },
  },
  {
    code: 'server-certificate-not-verified',
    manifests: shop + entry('pay.example', http) + origination,
    call: page,
    options: { world: { certificates: [{ host: '*', issuer: 'self' }] } },
  },
  {
    code: 'tls-not-accepted',
    manifests:
      shop +
      namespace('plain', '') +
      deployment('items', { where: 'plain' }) +
      service('items', 'plain', '{name: http, port: 80, targetPort: 8080}') +
      istio(
        'DestinationRule',
        'items',
        'plain',
        '{host: items.plain.svc.cluster.local, trafficPolicy: {tls: {mode: ISTIO_MUTUAL}}}',
      ),
    call: { ...items, to: 'items.plain.svc.cluster.local' },
    options: { world: { otherPods: 'servers' } },
  },
  {
    code: 'upstream-name-unresolved',
    manifests: outbound('ALLOW_ANY_DYNAMIC_DNS') + shop,
    call: { ...page, address: '203.0.113.9' },
    options: { world: { otherNames: 'nxdomain' } },
  },
  {
    code: 'upstream-timeout',
    manifests:
      shop +
      entry('pay.example', http) +
      istio(
        'VirtualService',
        'pay',
        'shop',
        '{hosts: [pay.example], http: [{timeout: 1s, route: [{destination: {host: pay.example}}]}]}',
      ),
    call: page,
    options: { world: { slowPaths: { '/': 5 } } },
  },
  {
    code: 'upstream-protocol-error',
    manifests: shop + entry('pay.example', http),
    call: page,
    options: { world: { serverFirstPorts: [80] } },
  },
  {
    code: 'application-not-listening',
    manifests: shop,
    call: { to: '127.0.0.1', port: 9090, protocol: 'http' },
    options: { world: { appPorts: [] } },
  },
  {
    code: 'plaintext-to-strict',
    manifests:
      namespace('shop', '') +
      deployment('web') +
      stock +
      security('PeerAuthentication', 'default', 'stock', '{mtls: {mode: STRICT}}'),
    call: items,
  },
  {
    code: 'rbac-denied',
    manifests: shop + stock + security('AuthorizationPolicy', 'nobody', 'stock', '{}'),
    call: items,
  },
];

const unknown: readonly ReasonCase[] = [
  {
    code: 'address-not-given',
    manifests: registryOnly + annotated(excluded('excludeOutboundIPRanges', '198.51.100.0/24')),
    call: web,
  },
  {
    code: 'name-not-resolved',
    manifests: shop,
    call: web,
    options: { world: { otherNames: 'nxdomain' } },
  },
  {
    code: 'dns-proxy-not-running',
    manifests: annotated(proxyConfig('proxyMetadata: {ISTIO_META_DNS_CAPTURE: "true"}')),
    call: web,
    options: { proxyState: 'not-started' },
  },
  {
    code: 'address-not-usable',
    manifests: shop,
    call: { ...web, to: '198.51.100.7', bind: '127.0.0.6' },
  },
  {
    code: 'pod-not-running',
    manifests: annotated('status.sidecar.istio.io/port: "x"'),
    call: web,
  },
  { code: 'injection-unknown', manifests: deployment('web'), call: web },
  {
    code: 'weighted-routes',
    manifests:
      shop +
      entry('pay.example', http) +
      entry('old.example', http, { name: 'old' }) +
      istio(
        'VirtualService',
        'pay',
        'shop',
        '{hosts: [pay.example], http: [{route: [{destination: {host: pay.example}, weight: 90}, {destination: {host: old.example}, weight: 10}]}]}',
      ),
    call: page,
  },
  {
    code: 'endpoints-differ',
    manifests:
      shop +
      stock +
      security('PeerAuthentication', 'default', 'stock', '{mtls: {mode: STRICT}}') +
      document(`apiVersion: apps/v1
kind: Deployment
metadata: {name: items-old, namespace: stock}
spec:
  selector: {matchLabels: {app: items, version: old}}
  template:
    metadata: {labels: {app: items, version: old, sidecar.istio.io/inject: "false"}}
    spec: {containers: [{name: app, ports: [{containerPort: 8080}]}]}`),
    call: items,
  },
  {
    code: 'name-resolution-outside',
    manifests: registryOnly + shop + entry('pay.example', tls),
    call: web,
    options: { world: { otherNames: 'nxdomain' } },
  },
  {
    code: 'envoy-filter-present',
    manifests:
      shop +
      envoyFilter(
        '{workloadSelector: {labels: {app: web}}, configPatches: [{applyTo: LISTENER, match: {context: SIDECAR_OUTBOUND}, patch: {operation: MERGE, value: {}}}]}',
      ),
    call: web,
  },
  {
    code: 'network-policy-not-supplied',
    manifests: registryOnly + annotated(excluded('excludeOutboundPorts', '443')),
    call: web,
  },
  {
    code: 'call-incomplete',
    manifests:
      shop +
      stock +
      security(
        'AuthorizationPolicy',
        'token',
        'stock',
        '{action: ALLOW, rules: [{when: [{key: "request.auth.claims[iss]", values: [a]}]}]}',
      ),
    call: items,
  },
  {
    code: 'random-in-istio',
    manifests:
      registryOnly +
      shop +
      istio(
        'ServiceEntry',
        'two',
        'shop',
        `{hosts: [pay.example], addresses: [198.51.100.7, 198.51.100.8], location: MESH_EXTERNAL, resolution: STATIC, endpoints: [{address: 198.51.100.9}], ports: [${http}]}`,
      ),
    call: { ...page, to: '198.51.100.7' },
  },
  { code: 'version-not-modelled', manifests: shop, call: web, mesh: { istioVersion: '1.9' } },
  { code: 'no-permission', manifests: shop, call: web, mesh: { unreadKinds: ['ServiceEntry'] } },
];

/** A case for every reason code that a call can have. */
export const reasonCases: readonly ReasonCase[] = [
  ...notCaptured,
  ...registry,
  ...policy,
  ...protocol,
  ...upstream,
  ...unknown,
];
