/** A mesh with one workload, which goes around its sidecar on port 3306. */
export const shopMesh = (mode: string, more = ''): string => `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: istio, namespace: istio-system }
data:
  mesh: |
    outboundTrafficPolicy:
      mode: ${mode}
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata:
      labels: { app: web }
      annotations: { traffic.sidecar.istio.io/excludeOutboundPorts: "3306" }
    spec: { containers: [{ name: web, image: registry.example/web:1 }] }
${more}`;

/** Registers a host that the workload declares. */
export const newsEntry = `---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: news, namespace: shop }
spec:
  hosts: [news.example]
  location: MESH_EXTERNAL
  resolution: DNS
  ports: [{ number: 443, name: tls, protocol: TLS }]
`;

const entity = (
  name: string,
  annotations: Record<string, string>,
  rest: { kind?: string; relations?: readonly { type: string; targetRef: string }[] } = {},
) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: rest.kind ?? 'Component',
  metadata: { name, namespace: 'default', annotations },
  relations: [...(rest.relations ?? [])],
  spec: {},
});
/** The workload's entity and its Resource, one that matches no workload, and one without annotations. */
export const shopEntities = [
  entity(
    'web',
    {
      'sidetrace.dev/workload': 'shop/web',
      'sidetrace.dev/external-hosts': 'news.example:443/TLS, no/good/host',
    },
    {
      relations: [
        { type: 'ownedBy', targetRef: 'group:default/shop' },
        { type: 'dependsOn', targetRef: 'resource:default/mail' },
      ],
    },
  ),
  entity('mail', { 'sidetrace.dev/external-hosts': 'smtp.example:465/TLS' }, { kind: 'Resource' }),
  entity('lost', { 'sidetrace.dev/workload': 'shop/lost' }),
  entity('plain', {}),
];
