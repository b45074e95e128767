import { buildMesh, decodeResources, type Mesh } from '@sidetrace/core';
import { readManifests } from '@sidetrace/loader';
import { deployment } from './demo-mesh';

const manifests = `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
${deployment('shop', 'web')}
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: egressgateway, namespace: egress }
spec:
  selector: { matchLabels: { app: egressgateway } }
  template:
    metadata:
      labels: { app: egressgateway }
      annotations: { inject.istio.io/templates: gateway }
    spec:
      containers: [{ name: istio-proxy, image: auto, ports: [{ containerPort: 8443 }] }]
---
apiVersion: v1
kind: Service
metadata: { name: egressgateway, namespace: egress }
spec:
  selector: { app: egressgateway }
  ports: [{ name: tls, port: 443, targetPort: 8443 }]
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: payments, namespace: egress }
spec:
  hosts: [api.payments.example]
  location: MESH_EXTERNAL
  resolution: DNS
  ports: [{ name: tls, number: 443, protocol: TLS }]
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: egress, namespace: egress }
spec:
  selector: { app: egressgateway }
  servers:
    - port: { number: 443, name: tls, protocol: TLS }
      hosts: [api.payments.example]
      tls: { mode: PASSTHROUGH }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: payments-through-gateway, namespace: egress }
spec:
  hosts: [api.payments.example]
  gateways: [mesh, egress/egress]
  tls:
    - match: [{ gateways: [mesh], port: 443, sniHosts: [api.payments.example] }]
      route: [{ destination: { host: egressgateway.egress.svc.cluster.local, port: { number: 443 } } }]
    - match: [{ gateways: [egress/egress], port: 443, sniHosts: [api.payments.example] }]
      route: [{ destination: { host: api.payments.example, port: { number: 443 } } }]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: tls-as-it-is, namespace: egress }
spec:
  host: egressgateway.egress.svc.cluster.local
  trafficPolicy: { tls: { mode: DISABLE } }
`;

/** A workload `shop/web` that reaches a host through an egress gateway. */
export function gatewayMesh(): Mesh {
  const { resources } = readManifests(manifests, 'mesh.yaml');
  return buildMesh(decodeResources(resources).resources, { istioVersion: '1.30' });
}
