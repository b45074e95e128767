import { decodeMessage, type MessageType, type ValueOf } from '../schema';
import { meshConfigSchema } from '../schema/kinds/mesh-config';
import { meshProxyConfigSchema } from '../schema/kinds/mesh-proxy-config';

/** `mesh.DefaultProxyConfig`. */
const proxy = {
  configPath: './etc/istio/proxy',
  binaryPath: '/usr/local/bin/envoy',
  serviceCluster: 'istio-proxy',
  drainDuration: '45s',
  terminationDrainDuration: '5s',
  proxyAdminPort: 15000,
  controlPlaneAuthPolicy: 'MUTUAL_TLS',
  discoveryAddress: 'istiod.istio-system.svc:15012',
  statNameLength: 189,
  statusPort: 15020,
};

/** `mesh.DefaultMeshConfig` (`pkg/config/mesh/mesh.go`). */
const mesh = {
  enableTracing: true,
  protocolDetectionTimeout: '0s',
  ingressService: 'istio-ingressgateway',
  ingressControllerMode: 'STRICT',
  ingressClass: 'istio',
  trustDomain: 'cluster.local',
  enableAutoMtls: true,
  outboundTrafficPolicy: { mode: 'ALLOW_ANY' },
  inboundTrafficPolicy: { mode: 'PASSTHROUGH' },
  localityLbSetting: { enabled: true },
  defaultServiceExportTo: ['*'],
  defaultVirtualServiceExportTo: ['*'],
  defaultDestinationRuleExportTo: ['*'],
  proxyListenPort: 15001,
  proxyInboundListenPort: 15006,
  connectTimeout: '10s',
  rootNamespace: 'istio-system',
  dnsRefreshRate: '60s',
  enablePrometheusMerge: true,
  defaultConfig: proxy,
};

/** Decodes a value of this file; its shape is known to be right. */
function constant<Fields>(type: MessageType<Fields>, value: object): ValueOf<MessageType<Fields>> {
  const decoded = decodeMessage(type, value, { minor: Number.POSITIVE_INFINITY });
  if (!decoded.ok) throw new Error(`${decoded.failure.path}: ${decoded.failure.message}`);
  return decoded.value as ValueOf<MessageType<Fields>>;
}

export const defaultMeshMessage = constant(meshConfigSchema, mesh);
export const defaultProxyMessage = constant(meshProxyConfigSchema, proxy);
