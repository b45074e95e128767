import { entry, http, istio, namespace, registryOnly, tcp, tls } from '../manifest-text';
import { database, egress, items, page, payRule, shop, stock, web } from './manifests';
import type { ReasonCase } from './reason-case';

/** Which object routes the call, or would. */
export const registryCases: readonly ReasonCase[] = [
  { code: 'service-entry', manifests: registryOnly + shop + entry('pay.example', tls), call: web },
  { code: 'kubernetes-service', manifests: shop + stock, call: items },
  {
    code: 'virtual-service-route',
    manifests: payRule('{timeout: 1s, route: [{destination: {host: pay.example}}]}'),
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
    manifests: payRule('{redirect: {uri: /moved}}'),
    call: page,
  },
  {
    code: 'no-route',
    manifests: payRule(
      '{match: [{uri: {prefix: /v1}}], route: [{destination: {host: pay.example}}]}',
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
