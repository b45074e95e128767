/** One document of a manifest. As everywhere in this file braces are the caller's: a `spec` is a YAML flow mapping. */
export const document = (text: string) => `---\n${text}\n`;

/** The ConfigMap with istiod's MeshConfig. */
export const meshConfig = (text: string) =>
  document(
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: istio, namespace: istio-system}\ndata: {mesh: ${JSON.stringify(text)}}`,
  );
export const outbound = (mode: string) => meshConfig(`outboundTrafficPolicy: {mode: ${mode}}`);
export const registryOnly = outbound('REGISTRY_ONLY');
export const allowAny = outbound('ALLOW_ANY');

export const namespace = (name: string, labels = 'istio-injection: enabled') =>
  document(`apiVersion: v1\nkind: Namespace\nmetadata: {name: ${name}, labels: {${labels}}}`);

/** A workload whose pods have the label `app`. `labels` are more ones, each with a comma before it. */
export const deployment = (
  name: string,
  {
    where = 'shop',
    app = name,
    annotations = '',
    labels = '',
    pod = 'containers: [{name: app, ports: [{containerPort: 8080}]}]',
  } = {},
) =>
  document(`apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: ${where}}
spec:
  selector: {matchLabels: {app: ${app}}}
  template:
    metadata: {labels: {app: ${app}${labels}}, annotations: {${annotations}}}
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

export const networkPolicy = (spec: string, { name = 'limits', where = 'shop' } = {}) =>
  document(
    `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: ${name}, namespace: ${where}}\nspec: ${spec}`,
  );

export const http = '{number: 80, name: http, protocol: HTTP}';
export const tls = '{number: 443, name: tls, protocol: TLS}';
export const tcp = (port: number) => `{number: ${port}, name: tcp-${port}, protocol: TCP}`;
/** A ServiceEntry of a host outside of the mesh; `more` goes on in its spec, with a comma before it. */
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

/** Pods of `name` that are a gateway: the proxy and nothing else, from the injection template. */
export const gatewayDeployment = (name: string, where: string) =>
  deployment(name, {
    where,
    annotations: 'inject.istio.io/templates: gateway',
    pod: 'containers: [{name: istio-proxy, image: auto}]',
  });

/** Namespace `egress` with a gateway that all TLS to pay.example goes through, told from its server name. */
export const tlsThroughGateway =
  namespace('egress', 'istio-injection: enabled, role: egress') +
  gatewayDeployment('gateway', 'egress') +
  service('gateway', 'egress', '{name: tls, port: 443, targetPort: 8443}') +
  entry('pay.example', tls, { where: 'egress', name: 'pay' }) +
  istio(
    'Gateway',
    'gateway',
    'egress',
    `{selector: {app: gateway}, servers: [{port: ${tls}, tls: {mode: PASSTHROUGH}, hosts: [pay.example]}]}`,
  ) +
  istio(
    'VirtualService',
    'through',
    'egress',
    `
  hosts: [pay.example]
  gateways: [mesh, gateway]
  tls:
    - {match: [{gateways: [mesh], sniHosts: [pay.example]}], route: [{destination: {host: gateway.egress.svc.cluster.local}}]}
    - {match: [{gateways: [gateway], sniHosts: [pay.example]}], route: [{destination: {host: pay.example}}]}`,
  );
