import type { Rule } from '../rule';
import { destinationruleDoubleTlsOrigination } from './destinationrule-double-tls-origination';
import { destinationruleMissingSni } from './destinationrule-missing-sni';
import { destinationruleMissingTlsOrigination } from './destinationrule-missing-tls-origination';
import { destinationruleMutualToExternal } from './destinationrule-mutual-to-external';
import { destinationruleNoServerVerification } from './destinationrule-no-server-verification';
import { egressBehindExternalProxy } from './egress-behind-external-proxy';
import { egressDeclaredHostBlocked } from './egress-declared-host-blocked';
import { egressEffectiveModeProvenance } from './egress-effective-mode-provenance';
import { egressHttpAuthorityNotRegistered } from './egress-http-authority-not-registered';
import { egressL7NotAvailable } from './egress-l7-not-available';
import { egressNoL3Enforcement } from './egress-no-l3-enforcement';
import { egressPlainHttpExternal } from './egress-plain-http-external';
import { egressProxyConnectHttpPort } from './egress-proxy-connect-http-port';
import { egressTlsSniNotRegistered } from './egress-tls-sni-not-registered';
import { egressUdpNotCaptured } from './egress-udp-not-captured';
import { egressgatewayConfigNotExported } from './egressgateway-config-not-exported';
import { egressgatewayDirectPathOpen } from './egressgateway-direct-path-open';
import { egressgatewayGatewaysListMissingMesh } from './egressgateway-gateways-list-missing-mesh';
import { egressgatewayHttpBlockForTls } from './egressgateway-http-block-for-tls';
import { egressgatewayRouteIncompletePort } from './egressgateway-route-incomplete-port';
import { jobInjectionDisabled } from './job-injection-disabled';
import { jobSidecarNeverExits } from './job-sidecar-never-exits';
import { meshEmptyPolicyIsRegistryOnly } from './mesh-empty-policy-is-registry-only';
import { meshModeNotAllowedInSidecar } from './mesh-mode-not-allowed-in-sidecar';
import { meshUnknownMode } from './mesh-unknown-mode';
import { podCanBypass } from './pod-can-bypass';
import { podCniInitDifference } from './pod-cni-init-difference';
import { podExcludeAllOutbound } from './pod-exclude-all-outbound';
import { podExcludePort443 } from './pod-exclude-port-443';
import { podHostNetwork } from './pod-host-network';
import { podIncludePortsDoesNotLimit } from './pod-include-ports-does-not-limit';
import { podInitContainerNoNetwork } from './pod-init-container-no-network';
import { podInvalidTrafficAnnotation } from './pod-invalid-traffic-annotation';
import { podNetBindRedirectOwnIp } from './pod-net-bind-redirect-own-ip';
import { podNotInjected } from './pod-not-injected';
import { podProxyUidCollision } from './pod-proxy-uid-collision';
import { podStartupRace } from './pod-startup-race';
import { serviceExternalnamePortHijack } from './service-externalname-port-hijack';
import { serviceHeadlessPortConflict } from './service-headless-port-conflict';
import { servicePort443NonTlsName } from './service-port-443-non-tls-name';
import { serviceServerFirstPortUndeclared } from './service-server-first-port-undeclared';
import { serviceentryAllocatedIpUnused } from './serviceentry-allocated-ip-unused';
import { serviceentryAutoAllocatedPortGap } from './serviceentry-auto-allocated-port-gap';
import { serviceentryCidrResolution } from './serviceentry-cidr-resolution';
import { serviceentryDnsEndpointStaleness } from './serviceentry-dns-endpoint-staleness';
import { serviceentryDuplicateHost } from './serviceentry-duplicate-host';
import { serviceentryDynamicDnsInvalid } from './serviceentry-dynamic-dns-invalid';
import { serviceentryExportedMeshWide } from './serviceentry-exported-mesh-wide';
import { serviceentryHostNotResolvableWithoutDnsProxy } from './serviceentry-host-not-resolvable-without-dns-proxy';
import { serviceentryHttpsPortDeclaredHttp } from './serviceentry-https-port-declared-http';
import { serviceentryProtocolConflict } from './serviceentry-protocol-conflict';
import { serviceentryResolutionNoneHttp } from './serviceentry-resolution-none-http';
import { serviceentryShadowedByNamespaceLocal } from './serviceentry-shadowed-by-namespace-local';
import { serviceentrySniSpoofable } from './serviceentry-sni-spoofable';
import { serviceentryTcpListenerConflict } from './serviceentry-tcp-listener-conflict';
import { serviceentryTcpMultiHost } from './serviceentry-tcp-multi-host';
import { serviceentryTcpNoAddressCapturesPort } from './serviceentry-tcp-no-address-captures-port';
import { serviceentryTcpNoneNoAddressOpensPort } from './serviceentry-tcp-none-no-address-opens-port';
import { serviceentryTcpOnHttpPort } from './serviceentry-tcp-on-http-port';
import { serviceentryUnused } from './serviceentry-unused';
import { serviceentryWildcardTooBroad } from './serviceentry-wildcard-too-broad';
import { serviceentryWildcardWithDns } from './serviceentry-wildcard-with-dns';
import { sidecarHostNotInRegistry } from './sidecar-host-not-in-registry';
import { sidecarMissingIstioSystem } from './sidecar-missing-istio-system';
import { sidecarMultipleSelected } from './sidecar-multiple-selected';
import { sidecarOutboundModeAmbiguous } from './sidecar-outbound-mode-ambiguous';
import { sidecarScopeNotEnforcedUnderAllowAny } from './sidecar-scope-not-enforced-under-allow-any';
import { sidecarSelectorMatchesNothing } from './sidecar-selector-matches-nothing';
import { virtualserviceDestinationNotRegistered } from './virtualservice-destination-not-registered';
import { virtualserviceUnreachableRule } from './virtualservice-unreachable-rule';
import { virtualserviceWildcardWidensServiceentry } from './virtualservice-wildcard-widens-serviceentry';
import { workloadAnnotationNotOnPodTemplate } from './workload-annotation-not-on-pod-template';

/** The catalogue. Ids are stable for ever. */
export const rules: readonly Rule[] = [
  destinationruleDoubleTlsOrigination,
  destinationruleMissingSni,
  destinationruleMissingTlsOrigination,
  destinationruleMutualToExternal,
  destinationruleNoServerVerification,
  egressBehindExternalProxy,
  egressDeclaredHostBlocked,
  egressEffectiveModeProvenance,
  egressHttpAuthorityNotRegistered,
  egressL7NotAvailable,
  egressNoL3Enforcement,
  egressPlainHttpExternal,
  egressProxyConnectHttpPort,
  egressTlsSniNotRegistered,
  egressUdpNotCaptured,
  egressgatewayConfigNotExported,
  egressgatewayDirectPathOpen,
  egressgatewayGatewaysListMissingMesh,
  egressgatewayHttpBlockForTls,
  egressgatewayRouteIncompletePort,
  jobInjectionDisabled,
  jobSidecarNeverExits,
  meshEmptyPolicyIsRegistryOnly,
  meshModeNotAllowedInSidecar,
  meshUnknownMode,
  podCanBypass,
  podCniInitDifference,
  podExcludeAllOutbound,
  podExcludePort443,
  podHostNetwork,
  podIncludePortsDoesNotLimit,
  podInitContainerNoNetwork,
  podInvalidTrafficAnnotation,
  podNetBindRedirectOwnIp,
  podNotInjected,
  podProxyUidCollision,
  podStartupRace,
  serviceExternalnamePortHijack,
  serviceHeadlessPortConflict,
  servicePort443NonTlsName,
  serviceServerFirstPortUndeclared,
  serviceentryAllocatedIpUnused,
  serviceentryAutoAllocatedPortGap,
  serviceentryCidrResolution,
  serviceentryDnsEndpointStaleness,
  serviceentryDuplicateHost,
  serviceentryDynamicDnsInvalid,
  serviceentryExportedMeshWide,
  serviceentryHostNotResolvableWithoutDnsProxy,
  serviceentryHttpsPortDeclaredHttp,
  serviceentryProtocolConflict,
  serviceentryResolutionNoneHttp,
  serviceentryShadowedByNamespaceLocal,
  serviceentrySniSpoofable,
  serviceentryTcpListenerConflict,
  serviceentryTcpMultiHost,
  serviceentryTcpNoAddressCapturesPort,
  serviceentryTcpNoneNoAddressOpensPort,
  serviceentryTcpOnHttpPort,
  serviceentryUnused,
  serviceentryWildcardTooBroad,
  serviceentryWildcardWithDns,
  sidecarHostNotInRegistry,
  sidecarMissingIstioSystem,
  sidecarMultipleSelected,
  sidecarOutboundModeAmbiguous,
  sidecarScopeNotEnforcedUnderAllowAny,
  sidecarSelectorMatchesNothing,
  virtualserviceDestinationNotRegistered,
  virtualserviceUnreachableRule,
  virtualserviceWildcardWidensServiceentry,
  workloadAnnotationNotOnPodTemplate,
];
