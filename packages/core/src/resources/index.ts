export type {
  AuthorizationOperation,
  AuthorizationPolicy,
  AuthorizationPolicySpec,
  AuthorizationRule,
  AuthorizationSource,
} from './authorization-policy';
export type { ClientTls } from './client-tls';
export type { Cursor, Report } from './decode/cursor';
export { scalarText } from './decode/scalar-text';
export { parseDuration } from './decode/scalars';
export { type DecodeOptions, decodeResources } from './decode-resources';
export type { DecodedResources, DecodeResult, MeshConfigSource } from './decoded';
export type {
  ConnectionPool,
  DestinationRule,
  DestinationRuleSpec,
  LoadBalancer,
  PortTrafficPolicy,
  Subset,
  TrafficPolicy,
} from './destination-rule';
export type { EndpointSlice, EndpointSliceSpec, SliceEndpoint } from './endpoint-slice';
export type { Gateway, GatewayServer, GatewaySpec, ServerTls } from './gateway';
export { kindReaders } from './kinds';
export type { MeshConfig, OutboundMode, ProxyConfigMessage } from './mesh-config';
export type { Namespace } from './namespace';
export type {
  NetworkPolicy,
  NetworkPolicyPeer,
  NetworkPolicyRule,
  NetworkPolicySpec,
} from './network-policy';
export type { MtlsMode, PeerAuthentication, PeerAuthenticationSpec } from './peer-authentication';
export {
  type Container,
  type ContainerPort,
  type HostAlias,
  type Pod,
  type PodSpec,
  type PodStatus,
  type PodTemplate,
  readContainers,
  type SecurityContext,
  type WorkloadKind,
  type WorkloadResource,
  type WorkloadSpec,
  workloadKinds,
} from './pod';
export type { ProxyConfig, ProxyConfigSpec } from './proxy-config';
export { defaultMeshConfig, readMeshConfig, readProxyConfigMessage } from './read-mesh-config';
export {
  type JwtRule,
  type RequestAuthentication,
  readRequestAuthentication,
} from './request-authentication';
export {
  type Condition,
  type LabelSelector,
  type Labels,
  type Metadata,
  type RawResource,
  type Resource,
  refOf,
} from './resource';
export type { Service, ServicePort, ServiceSpec } from './service';
export type {
  Resolution,
  ServiceEntry,
  ServiceEntryPort,
  ServiceEntrySpec,
  WorkloadEntry,
  WorkloadEntrySpec,
} from './service-entry';
export type {
  CaptureMode,
  EgressListener,
  EgressProxy,
  IngressListener,
  Sidecar,
  SidecarOutboundPolicy,
  SidecarPort,
  SidecarSpec,
} from './sidecar';
export {
  type AdmissionStage,
  type AdmissionVerdict,
  judgedKinds,
  type ObjectVerdict,
  objectionToProxyConfig,
  type SchemaVerdict,
  type ValidateOptions,
  type Violation,
  type ViolationCode,
  validateResource,
} from './validation';
export type {
  Destination,
  HeaderEdit,
  HeaderOperations,
  HttpFault,
  HttpMatch,
  HttpRedirect,
  HttpRewrite,
  HttpRoute,
  L4Match,
  RouteDestination,
  StringMatch,
  TcpRoute,
  TlsMatch,
  TlsRoute,
  VirtualService,
  VirtualServiceSpec,
} from './virtual-service';
