/** Stands for the address of the pod that calls. */
export const ownAddress = 'OWN-ADDRESS';

export const document = (text: string) => `---\n${text}\n`;

export const meshConfig = (text: string) =>
  document(
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: istio, namespace: istio-system}\ndata: {mesh: ${JSON.stringify(text)}}`,
  );
export const outbound = (mode: string) => meshConfig(`outboundTrafficPolicy: {mode: ${mode}}`);
export const registryOnly = outbound('REGISTRY_ONLY');
export const allowAny = outbound('ALLOW_ANY');

export const namespace = (name: string, labels = 'istio-injection: enabled') =>
  document(`apiVersion: v1\nkind: Namespace\nmetadata: {name: ${name}, labels: {${labels}}}`);

export const deployment = (
  name: string,
  {
    where = 'shop',
    annotations = '',
    pod = 'containers: [{name: app, ports: [{containerPort: 8080}]}]',
  } = {},
) =>
  document(`apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: ${where}}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}, annotations: {${annotations}}}
    spec: {${pod}}`);

export const service = (name: string, where: string, ports: string) =>
  document(
    `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}, namespace: ${where}}\nspec: {selector: {app: ${name}}, ports: [${ports}]}`,
  );

export const istio = (kind: string, name: string, where: string, spec: string, created?: string) =>
  document(
    `apiVersion: networking.istio.io/v1\nkind: ${kind}\nmetadata: {name: ${name}, namespace: ${where}${created === undefined ? '' : `, creationTimestamp: "${created}"`}}\nspec: ${spec}`,
  );
export const security = (kind: string, name: string, where: string, spec: string) =>
  document(
    `apiVersion: security.istio.io/v1\nkind: ${kind}\nmetadata: {name: ${name}, namespace: ${where}}\nspec: ${spec}`,
  );

export const envoyFilter = (spec: string) =>
  document(
    `apiVersion: networking.istio.io/v1alpha3\nkind: EnvoyFilter\nmetadata: {name: filter, namespace: shop}\nspec: ${spec}`,
  );

export const http = '{number: 80, name: http, protocol: HTTP}';
export const tls = '{number: 443, name: tls, protocol: TLS}';
export const tcp = (port: number) => `{number: ${port}, name: tcp-${port}, protocol: TCP}`;
export const entry = (
  host: string,
  ports: string,
  { where = 'shop', name = 'entry', more = '', created = '' } = {},
) =>
  istio(
    'ServiceEntry',
    name,
    where,
    `{hosts: ["${host}"], location: MESH_EXTERNAL, resolution: DNS, ports: [${ports}]${more}}`,
    created === '' ? undefined : created,
  );

export const shop = namespace('shop') + deployment('web');
export const stock =
  namespace('stock') +
  deployment('items', { where: 'stock' }) +
  service('items', 'stock', '{name: http, port: 80, targetPort: 8080}');
export const egress =
  namespace('egress') +
  document(`apiVersion: apps/v1
kind: Deployment
metadata: {name: gateway, namespace: egress}
spec:
  selector: {matchLabels: {app: gateway}}
  template:
    metadata: {labels: {app: gateway}, annotations: {inject.istio.io/templates: gateway}}
    spec: {containers: [{name: istio-proxy, image: auto}]}`) +
  service('gateway', 'egress', '{name: http, port: 80, targetPort: 8080}') +
  istio(
    'Gateway',
    'gateway',
    'egress',
    `{selector: {app: gateway}, servers: [{port: ${http}, hosts: ["*"]}]}`,
  ) +
  istio(
    'VirtualService',
    'through',
    'egress',
    `{hosts: [pay.example], gateways: [mesh, gateway], http: [{match: [{gateways: [mesh]}], route: [{destination: {host: gateway.egress.svc.cluster.local}}]}, {match: [{gateways: [gateway]}], route: [{destination: {host: pay.example}}]}]}`,
  );

export const web = { to: 'pay.example', port: 443, protocol: 'https' } as const;
export const page = { to: 'pay.example', port: 80, protocol: 'http' } as const;
export const items = { to: 'items.stock.svc.cluster.local', port: 80, protocol: 'http' } as const;
export const database = { to: 'db.example', port: 5432, protocol: 'tcp' } as const;
export const excluded = (name: string, value: string) =>
  `traffic.sidecar.istio.io/${name}: ${JSON.stringify(value)}`;
export const annotated = (annotations: string) =>
  namespace('shop') + deployment('web', { annotations });
export const podWith = (pod: string) => namespace('shop') + deployment('web', { pod });
export const proxyConfig = (text: string) => `proxy.istio.io/config: ${JSON.stringify(text)}`;
