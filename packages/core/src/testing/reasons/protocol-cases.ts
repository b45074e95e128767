import {
  deployment,
  entry,
  http,
  istio,
  namespace,
  registryOnly,
  security,
  service,
  tcp,
  tls,
} from '../manifest-text';
import { items, page, shop, web } from './manifests';
import type { ReasonCase } from './reason-case';

/** What the client speaks and what the proxy expects. */
export const protocolCases: readonly ReasonCase[] = [
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
