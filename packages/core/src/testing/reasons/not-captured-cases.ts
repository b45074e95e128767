import { deployment, document, namespace, registryOnly } from '../manifest-text';
import { annotated, excluded, ownAddress, podWith, proxyConfig, shop, web } from './manifests';
import type { ReasonCase } from './reason-case';

/** The call does not meet its proxy. */
export const notCapturedCases: readonly ReasonCase[] = [
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
