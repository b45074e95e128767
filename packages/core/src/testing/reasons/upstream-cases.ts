import {
  deployment,
  entry,
  http,
  istio,
  namespace,
  outbound,
  security,
  service,
} from '../manifest-text';
import { items, page, payRule, shop, stock, web } from './manifests';
import type { ReasonCase } from './reason-case';

const origination = istio(
  'DestinationRule',
  'pay',
  'shop',
  '{host: pay.example, trafficPolicy: {tls: {mode: SIMPLE, sni: pay.example}}}',
);

/** The connection that the proxy makes. */
export const upstreamCases: readonly ReasonCase[] = [
  {
    code: 'cluster-missing',
    manifests: payRule('{route: [{destination: {host: pay.example, subset: v9}}]}'),
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
    manifests: payRule('{timeout: 1s, route: [{destination: {host: pay.example}}]}'),
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
