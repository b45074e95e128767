import {
  deployment,
  document,
  entry,
  gatewayDeployment,
  http,
  istio,
  namespace,
  service,
} from '../manifest-text';

/** Stands for the address of the pod that calls. */
export const ownAddress = 'OWN-ADDRESS';

export const envoyFilter = (spec: string) =>
  document(
    `apiVersion: networking.istio.io/v1alpha3\nkind: EnvoyFilter\nmetadata: {name: filter, namespace: shop}\nspec: ${spec}`,
  );

export const shop = namespace('shop') + deployment('web');
export const stock =
  namespace('stock') +
  deployment('items', { where: 'stock' }) +
  service('items', 'stock', '{name: http, port: 80, targetPort: 8080}');
export const egress =
  namespace('egress') +
  gatewayDeployment('gateway', 'egress') +
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

/** `pay.example` over HTTP, with one rule of a VirtualService. */
export const payRule = (rule: string) =>
  shop +
  entry('pay.example', http) +
  istio('VirtualService', 'pay', 'shop', `{hosts: [pay.example], http: [${rule}]}`);

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
