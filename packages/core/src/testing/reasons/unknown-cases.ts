import {
  deployment,
  document,
  entry,
  http,
  istio,
  networkPolicy,
  registryOnly,
  security,
  tls,
} from '../manifest-text';
import {
  annotated,
  envoyFilter,
  excluded,
  items,
  page,
  proxyConfig,
  shop,
  stock,
  web,
} from './manifests';
import type { ReasonCase } from './reason-case';

/** What the input lacks, or Istio leaves open. */
export const unknownCases: readonly ReasonCase[] = [
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
    code: 'labels-not-given',
    manifests:
      shop +
      networkPolicy(
        '{podSelector: {matchLabels: {pod-template-hash: abc}}, policyTypes: [Egress]}',
      ),
    call: { ...web, to: '198.51.100.7' },
  },
  {
    code: 'call-incomplete',
    manifests:
      shop +
      stock +
      security(
        'RequestAuthentication',
        'token',
        'stock',
        '{jwtRules: [{issuer: a, jwksUri: "https://a.example/keys"}]}',
      ),
    call: { ...items, headers: { Authorization: 'Bearer a.b.c' } },
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
