import {
  allowAny,
  deployment,
  entry,
  http,
  namespace,
  networkPolicy,
  outbound,
  registryOnly,
  security,
  tls,
} from '../manifest-text';
import { items, page, shop, stock, web } from './manifests';
import type { ReasonCase } from './reason-case';

/** Nothing in the registry takes it. */
export const policyCases: readonly ReasonCase[] = [
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
    code: 'network-policy-denied',
    manifests: shop + networkPolicy('{podSelector: {}, policyTypes: [Egress]}'),
    call: { ...web, to: '198.51.100.7' },
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
