import { buildMesh, decodeResources, type Mesh } from '@sidetrace/core';
import { readManifests } from '@sidetrace/loader';

export const deployment = (namespace: string, name: string, annotations = '') => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata:
      labels: { app: ${name} }${annotations === '' ? '' : `\n      annotations: { ${annotations} }`}
    spec:
      containers: [{ name: ${name}, image: "registry.example/${name}:1", ports: [{ containerPort: 8080 }] }]
`;

const entry = (name: string, host: string, port: number, protocol: string) => `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: ${name}, namespace: shop }
spec:
  hosts: [${host}]
  location: MESH_EXTERNAL
  resolution: DNS
  ports: [{ name: ${protocol.toLowerCase()}-${port}, number: ${port}, protocol: ${protocol} }]
`;

const namespace = (name: string, labels: string) => `
apiVersion: v1
kind: Namespace
metadata: { name: ${name}, labels: { ${labels} } }
`;

const manifests = [
  `
apiVersion: v1
kind: ConfigMap
metadata: { name: istio, namespace: istio-system }
data:
  mesh: |
    outboundTrafficPolicy:
      mode: REGISTRY_ONLY
`,
  namespace('shop', 'istio-injection: enabled'),
  namespace('batch', 'team: data'),
  deployment('shop', 'web'),
  deployment('shop', 'cart', '"traffic.sidecar.istio.io/excludeOutboundPorts": "3306"'),
  deployment('batch', 'report'),
  entry('payments', 'api.payments.example', 443, 'TLS'),
  entry('rates', 'rates.example', 80, 'HTTP'),
].join('---');

/** A small mesh: two workloads with a sidecar, one of them with an excluded port, and one without. */
export function demoMesh(): Mesh {
  const { resources } = readManifests(manifests, 'mesh.yaml');
  return buildMesh(decodeResources(resources).resources, { istioVersion: '1.30' });
}
