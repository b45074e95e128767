export type {
  MergedDestinationRule,
  MergedSubset,
} from './destination-rules/merged-destination-rule';
export type { EffectiveMeshConfig, FeatureFlags, Mesh } from './mesh';
export type { MeshOptions } from './mesh-options';
export type { Proxy } from './proxy/proxy';
export type { EndpointHealth, MeshEndpoint } from './registry/endpoint';
export {
  isHttp,
  isHttp2,
  isTcp,
  isTls,
  type Protocol,
  parseProtocol,
} from './registry/protocol';
export {
  type MeshService,
  type MeshServicePort,
  type ServiceAlias,
  type ServiceResolution,
  unspecifiedAddress,
  type Visibility,
} from './registry/service';
export type { ServiceTarget } from './registry/service-target';
export type { MeshGateway } from './routing/gateway';
export type {
  MeshHttpRoute,
  MeshTcpRoute,
  MeshTlsRoute,
  MeshVirtualService,
} from './routing/virtual-service';
export type { EgressScope, OutboundPolicy, SidecarScope } from './scope/sidecar-scope';
export type { Workload, WorkloadRef } from './workload/workload';
