import { describe, expect, test } from 'vitest';
import { meshFromYaml } from '../mesh';
import { audit } from './audit';

/** The two-hop set-up of Istio's egress gateway task: sidecar to gateway, gateway to the host, TLS passed through. */
const setUp = `
apiVersion: v1
kind: Namespace
metadata: { name: istio-system }
---
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: app, image: app:1 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: istio-egressgateway, namespace: istio-system }
spec:
  selector: { matchLabels: { istio: egressgateway } }
  template:
    metadata: { labels: { istio: egressgateway }, annotations: { inject.istio.io/templates: gateway, sidecar.istio.io/inject: "true" } }
    spec: { containers: [{ name: istio-proxy, image: auto }] }
---
apiVersion: v1
kind: Service
metadata: { name: istio-egressgateway, namespace: istio-system }
spec:
  selector: { istio: egressgateway }
  ports: [{ name: tls, port: 443, targetPort: 8443 }]
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: cnn, namespace: shop }
spec:
  hosts: [edition.cnn.example.com]
  location: MESH_EXTERNAL
  ports: [{ number: 443, name: tls, protocol: TLS }]
  resolution: DNS
  exportTo: [".", istio-system]
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: istio-egressgateway, namespace: shop }
spec:
  selector: { istio: egressgateway }
  servers:
    - port: { number: 443, name: tls, protocol: TLS }
      hosts: [edition.cnn.example.com]
      tls: { mode: PASSTHROUGH }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: egressgateway-for-cnn, namespace: shop }
spec:
  host: istio-egressgateway.istio-system.svc.cluster.local
  subsets: [{ name: cnn }]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: direct-cnn-through-egress-gateway, namespace: shop }
spec:
  hosts: [edition.cnn.example.com]
  gateways: [mesh, istio-egressgateway]
  tls:
    - match: [{ gateways: [mesh], port: 443, sniHosts: [edition.cnn.example.com] }]
      route:
        - destination: { host: istio-egressgateway.istio-system.svc.cluster.local, subset: cnn, port: { number: 443 } }
    - match: [{ gateways: [istio-egressgateway], port: 443, sniHosts: [edition.cnn.example.com] }]
      route:
        - destination: { host: edition.cnn.example.com, port: { number: 443 } }
          weight: 100
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: only-the-gateway, namespace: shop }
spec:
  podSelector: {}
  policyTypes: [Egress]
  egress: [{ to: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: istio-system } } }] }]
`;

/** All but the note that TLS passed through is told apart by its server name, which holds of every such port. */
const wrong = (yaml: string) =>
  audit({ mesh: meshFromYaml(yaml) })
    .findings.filter(({ id }) => id !== 'egress/l7-not-available')
    .map(({ id, message }) => `${id}: ${message}`);

describe('the standard two-hop egress gateway', () => {
  test('gives no finding', () => {
    expect(wrong(setUp)).toEqual([]);
  });

  test('with separate VirtualServices for the two hops gives none either', () => {
    const [before = '', after = ''] = setUp.split(
      /(?=apiVersion: networking.istio.io\/v1\nkind: VirtualService)/,
    );
    const [own = '', ...rest] = after.split('\n---\n');
    const [mesh = '', gateway = ''] = own.split(/(?= {4}- match: \[\{ gateways: \[istio)/);
    const first = mesh.replace('gateways: [mesh, istio-egressgateway]', 'gateways: [mesh]');
    const second = first
      .replace('name: direct-cnn', 'name: second-cnn')
      .replace('gateways: [mesh]', 'gateways: [istio-egressgateway]')
      .replace(/ {4}- match[\s\S]*$/, gateway);
    const yaml = [`${before}${first}`, second, ...rest].join('\n---\n');
    expect(yaml.match(/kind: VirtualService/g)).toHaveLength(2);
    expect(wrong(yaml)).toEqual([]);
  });

  test('without `mesh` in its gateways is found', () => {
    const yaml = setUp.replace(
      'gateways: [mesh, istio-egressgateway]',
      'gateways: [istio-egressgateway]',
    );
    expect(wrong(yaml).join()).toContain('egressgateway/gateways-list-missing-mesh');
  });

  test('whose entry the gateway cannot see is found', () => {
    const yaml = setUp.replace('exportTo: [".", istio-system]', 'exportTo: ["."]');
    expect(wrong(yaml).join()).toContain('egressgateway/config-not-exported');
  });
});
