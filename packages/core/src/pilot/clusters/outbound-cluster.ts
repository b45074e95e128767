import type { Cluster, DiscoveryType, UpstreamTls } from '../../envoy';
import {
  destinationRuleFor,
  type MergedDestinationRule,
  type MeshService,
  type MeshServicePort,
  serviceMtlsModeOf,
} from '../../mesh';
import { isWildcardHost } from '../../net';
import type { Origin } from '../../origin';
import type { Labels, LoadBalancer } from '../../resources';
import { dnsCacheOf } from '../chains/http-chain';
import { type ClusterKey, clusterName, defaultSni } from '../names';
import type { ProxyContext } from '../proxy/proxy-context';
import { endpointsOf, type ServicePort } from './endpoints';
import { type ClusterPolicy, policyForPort, policyForSubset } from './traffic-policy';
import { outboundUpstreamProtocol } from './upstream-protocol';
import { automaticTls, clientTlsOf } from './upstream-tls';

const isDynamic = ({ resolution, hostname }: MeshService) =>
  resolution === 'DynamicDNS' && isWildcardHost(hostname);

/** `cluster.go:convertResolution`. Gateways do not intercept, so they have no ORIGINAL_DST. */
function discoveryOf({ mesh, proxy }: ProxyContext, service: MeshService): DiscoveryType {
  switch (service.resolution) {
    case 'ClientSideLB':
    case 'Alias':
      return 'EDS';
    case 'DNSLB':
      return 'STRICT_DNS';
    case 'DNSRoundRobinLB':
      return 'LOGICAL_DNS';
    case 'DynamicDNS':
      return isDynamic(service) ? 'DYNAMIC_FORWARD_PROXY' : 'EDS';
    case 'Passthrough': {
      const byEds =
        service.registry === 'kubernetes' &&
        mesh.flags.enabled('PILOT_ENABLE_EDS_FOR_HEADLESS_SERVICES');
      return proxy.type === 'router' || byEds ? 'EDS' : 'ORIGINAL_DST';
    }
  }
}

/** Ports of a wildcard DYNAMIC_DNS service that get a cluster (`cluster.go:buildOutboundClusters`). */
const dynamicProtocols: ReadonlySet<string> = new Set(['HTTP', 'HTTP2', 'GRPC', 'TLS']);

interface Parts {
  readonly context: ProxyContext;
  readonly service: MeshService;
  readonly port: MeshServicePort;
  readonly key: ClusterKey;
  readonly rule: MergedDestinationRule | undefined;
  readonly policy: ClusterPolicy | undefined;
  /** The load balancer as the rule, or the subset, itself says it, without regard to ports and to each other. */
  readonly ownBalancer: LoadBalancer | undefined;
}

const dialsIntercepted = (balancer: LoadBalancer | undefined) => balancer?.simple === 'PASSTHROUGH';

/** A load balancer PASSTHROUGH dials what was intercepted (`cluster_traffic_policy.go:applyLoadBalancer`). */
function balanced(discovery: DiscoveryType, policy: ClusterPolicy | undefined): DiscoveryType {
  return dialsIntercepted(policy?.loadBalancer) ? 'ORIGINAL_DST' : discovery;
}

/**
 * Dialling intercepted addresses needs mesh TLS at every endpoint. Whether a cluster does so is asked of the rule's or the
 * subset's own block, not of settings for the port (`push_context.go:BestEffortInferServiceMTLSMode`, `cluster_builder.go`).
 */
function allowsAutomaticTls({ context, service, port, ownBalancer }: Parts): boolean {
  const { mesh } = context;
  const intercepted = service.resolution === 'Passthrough' || dialsIntercepted(ownBalancer);
  const mode = serviceMtlsModeOf(mesh, service, port.port, intercepted);
  return mesh.meshConfig.config.enableAutoMtls && mode !== undefined && mode !== 'DISABLE';
}

/** Certificates by name are for gateways; a sidecar takes them only from a rule with a workload selector or a ConfigMap. */
function ignoresCredential({ context, rule, policy }: Parts): boolean {
  const name = policy?.tls?.credentialName ?? '';
  if (name === '' || context.proxy.type === 'router' || policy?.tls?.mode === 'ISTIO_MUTUAL') {
    return false;
  }
  return rule?.workloadSelector === undefined && !name.startsWith('configmap://');
}

function tlsOf(parts: Parts, discovery: DiscoveryType): UpstreamTls {
  const { service, key, rule, policy, port } = parts;
  const origin = rule?.origin ?? port.origin;
  const sni = discovery === 'DYNAMIC_FORWARD_PROXY' ? {} : { defaultSni: defaultSni(key) };
  if (policy?.tls !== undefined) {
    if (ignoresCredential(parts)) return { kind: 'none' };
    const serviceNames = service.subjectAltNames;
    return clientTlsOf(policy.tls, { origin, ...sni, serviceNames });
  }
  if (!allowsAutomaticTls(parts)) return { kind: 'none' };
  const perEndpoint = discovery !== 'ORIGINAL_DST';
  return automaticTls({ origin: service.origin, ...sni, perEndpoint });
}

interface Selected {
  readonly policy: ClusterPolicy | undefined;
  readonly ownBalancer: LoadBalancer | undefined;
  /** Type that the cluster is made with: DNS ones need hosts then (`cluster_builder.go:buildCluster`). */
  readonly made: DiscoveryType;
  readonly discovery: DiscoveryType;
  readonly labels: Labels;
  readonly origin: Origin;
}

/** Discovery type and policy of a subset, or of the service as a whole; `undefined` when there is no such subset. */
function subsetOf(parts: Omit<Parts, 'policy' | 'ownBalancer'>): Selected | undefined {
  const { rule, key, port, context, service } = parts;
  const policy = policyForPort(rule?.trafficPolicy, port.port);
  const made = discoveryOf(context, service);
  const whole = balanced(made, policy);
  if (key.subset === '') {
    const ownBalancer = rule?.trafficPolicy?.loadBalancer;
    return { policy, ownBalancer, made, discovery: whole, labels: {}, origin: port.origin };
  }
  const subset = rule?.subsets.find(item => item.name === key.subset);
  if (subset === undefined || isDynamic(service)) return undefined;
  const own = policyForSubset(policy, subset.trafficPolicy, port.port);
  const ownBalancer = subset.trafficPolicy?.loadBalancer;
  const { labels, origin } = subset;
  const madeSubset = dialsIntercepted(ownBalancer) ? 'ORIGINAL_DST' : whole;
  const discovery = balanced(whole, own);
  return { policy: own, ownBalancer, made: madeSubset, discovery, labels, origin };
}

const needsHosts: ReadonlySet<DiscoveryType> = new Set(['STRICT_DNS', 'LOGICAL_DNS']);

/** DNS clusters without hosts are not sent, nor the subsets of one (`cluster.go:buildOutboundClusters`). */
function lacksHosts(context: ProxyContext, at: ServicePort, selected: Selected): boolean {
  const { made, labels } = selected;
  const whole = discoveryOf(context, at.service);
  const isEmpty = (discovery: DiscoveryType, chosen: Labels) =>
    needsHosts.has(discovery) &&
    endpointsOf(context, at, { discovery, labels: chosen, policy: selected.policy }).length === 0;
  return isEmpty(whole, {}) || isEmpty(made, labels);
}

/** The cluster of a service port or subset; `undefined` when istiod sends none (`cluster.go:buildOutboundClusters`). */
export function outboundCluster(context: ProxyContext, key: ClusterKey): Cluster | undefined {
  const service = context.scope.servicesByHostname.get(key.host);
  const port = service?.ports.find(item => item.port === key.port && item.protocol !== 'UDP');
  if (service === undefined || port === undefined) return undefined;
  if (service.resolution === 'Alias') return undefined;
  if (isDynamic(service) && !dynamicProtocols.has(port.protocol)) return undefined;
  const rule = destinationRuleFor(context.mesh, context.proxy, service);
  const parts = { context, service, port, key, rule };
  const selected = subsetOf(parts);
  if (selected === undefined) return undefined;
  if (lacksHosts(context, { service, port }, selected)) return undefined;
  const { policy, ownBalancer, discovery, labels, origin } = selected;
  const endpoints = endpointsOf(context, { service, port }, { discovery, labels, policy });
  const override = service.resolution === 'Passthrough' ? port.targetPort : undefined;
  return {
    name: clusterName(key),
    discovery,
    tls: tlsOf({ ...parts, policy, ownBalancer }, discovery),
    endpoints,
    ...(discovery === 'ORIGINAL_DST' && override !== undefined
      ? { originalDstPort: override }
      : {}),
    ...(discovery === 'DYNAMIC_FORWARD_PROXY' ? { dnsCache: dnsCacheOf(key.host) } : {}),
    ...outboundUpstreamProtocol(context, port.protocol, policy),
    connectTimeoutMs:
      policy?.connectionPool?.connectTimeoutMs ?? context.mesh.meshConfig.config.connectTimeoutMs,
    origin,
  };
}
