export {
  allocationOf,
  assumedClusterIp,
  clusterIpAssumption,
} from './addresses/assumed-service-addresses';
export { addressesFor, addressFor, usesAutoAllocated } from './addresses/service-addresses';
export { buildMesh } from './build-mesh';
export { applyChanges, type ChangedMesh } from './changes/apply-changes';
export type { MeshChange } from './changes/mesh-change';
export { type Created, compareText, sortByCreation } from './creation-order';
export { derive, getOrMake, podInputs, pushTo } from './derive';
export { emptyHostTable, type HostTable, mostSpecific } from './destination-rules/host-table';
export type {
  MergedDestinationRule,
  MergedSubset,
} from './destination-rules/merged-destination-rule';
export { destinationRuleFor, destinationRulesFor } from './destination-rules/rule-for';
export { answerName, type DnsAnswer } from './dns/answer-name';
export { type NameEntry, type NameTable, nameTableOf } from './dns/name-table';
export { searchDomainsOf } from './dns/search-domains';
export type { EndpointHealth, MeshEndpoint } from './endpoints/endpoint';
export { endpointsByName, endpointsByPort, endpointsOf } from './endpoints/endpoints';
export { selectedEndpoints } from './endpoints/selected-endpoints';
export type { ServiceTarget } from './endpoints/service-target';
export { serviceTargetsOf } from './endpoints/service-targets';
export {
  admissionPodOfPod,
  admissionPodOfWorkload,
  type InjectionDecision,
  type InjectionReason,
  member,
  memberAt,
} from './injection';
export { labelsMatch, selectorMatches } from './labels';
export type { EffectiveMeshConfig, FeatureFlags, Mesh } from './mesh';
export { meshFromYaml } from './mesh-from-yaml';
export {
  type ConsideredPolicy,
  judgePacket,
  type PolicyVerdict,
} from './network-policies/judge-packet';
export {
  isAddedLater,
  type PolicyEnd,
  type PolicyPacket,
  type PolicyPod,
} from './network-policies/policy-end';
export { restricts, selectingPolicies } from './network-policies/selecting-policies';
export { proxiesOf, proxyOfPod } from './proxy/proxies';
export type { Proxy } from './proxy/proxy';
export { readProxyConfigAnnotation } from './proxy-config-annotation';
export { mergeProxySettings, type ProxySettings, type ProxySettingsInput } from './proxy-settings';
export { originOf, serviceHostname } from './registry/kubernetes-service';
export {
  isHttp,
  isHttp2,
  isTcp,
  isTls,
  type Protocol,
  parseProtocol,
  servicePortProtocol,
} from './registry/protocol';
export {
  findService,
  isVisible,
  servicesExportedTo,
  servicesOfHost,
} from './registry/registry';
export {
  type MeshService,
  type MeshServicePort,
  type ServiceAlias,
  type ServiceResolution,
  unspecifiedAddress,
} from './registry/service';
export type { MeshGateway } from './routing/gateway';
export { gatewaysOf } from './routing/gateways';
export { fullHostname, meshGateway, type NameScope } from './routing/short-names';
export type {
  MeshHttpRoute,
  MeshTcpRoute,
  MeshTlsRoute,
  MeshVirtualService,
} from './routing/virtual-service';
export {
  virtualServicesForGateway,
  virtualServicesSeenFrom,
} from './routing/virtual-service-index';
export { meshVirtualServices } from './routing/virtual-services';
export { outboundPolicyOf, portsOf, servicesOnPort, sidecarScopeOf } from './scope/scope-of';
export { selectSidecar } from './scope/select-sidecar';
export type { EgressScope, OutboundPolicy, SidecarScope } from './scope/sidecar-scope';
export { type InboundMode, type InboundMtls, inboundMtlsOf } from './security/inbound-mtls';
export type { EffectiveMtlsMode } from './security/peer-authentications';
export { serviceMtlsModeOf } from './security/service-mtls';
export { namespaceLabels } from './settings/discovery';
export type { MeshOptions } from './settings/mesh-options';
export { type HostSight, hostSights, type Sight } from './sight/host-sight';
export { type NearHost, nearHosts, nearNames, type WantedHost } from './sight/near-hosts';
export { servicesNamed } from './sight/registered-hosts';
export { type MeshSlice, sliceMesh } from './slice/slice-mesh';
export { isModelled, newestVersion, oldestVersion, versionOrder } from './versions';
export { isInjected, proxyContainer } from './workload/injected';
export { injectionOf } from './workload/injection-of';
export { type PodView, podViewsIn, podViewsOf } from './workload/pod-view';
export { proxySettingsOf } from './workload/settings-of';
export type { Workload, WorkloadRef } from './workload/workload';
export {
  type CaptureStatus,
  type WorkloadStatus,
  workloadStatusOf,
} from './workload/workload-status';
export { findWorkload, workloadOf } from './workload/workloads';
