import type { Rule } from '../rule';
import { destinationruleDoubleTlsOrigination } from './destinationrule-double-tls-origination';
import { destinationruleMissingSni } from './destinationrule-missing-sni';
import { destinationruleMissingTlsOrigination } from './destinationrule-missing-tls-origination';
import { destinationruleMutualToExternal } from './destinationrule-mutual-to-external';
import { destinationruleNoServerVerification } from './destinationrule-no-server-verification';
import { egressEffectiveModeProvenance } from './egress-effective-mode-provenance';
import { egressL7NotAvailable } from './egress-l7-not-available';
import { egressPlainHttpExternal } from './egress-plain-http-external';
import { meshEmptyPolicyIsRegistryOnly } from './mesh-empty-policy-is-registry-only';
import { meshUnknownMode } from './mesh-unknown-mode';
import { podCanBypass } from './pod-can-bypass';
import { podExcludeAllOutbound } from './pod-exclude-all-outbound';
import { podExcludePort443 } from './pod-exclude-port-443';
import { podHostNetwork } from './pod-host-network';
import { podIncludePortsDoesNotLimit } from './pod-include-ports-does-not-limit';
import { podInvalidTrafficAnnotation } from './pod-invalid-traffic-annotation';
import { podProxyUidCollision } from './pod-proxy-uid-collision';
import { serviceExternalnamePortHijack } from './service-externalname-port-hijack';
import { serviceHeadlessPortConflict } from './service-headless-port-conflict';
import { servicePort443NonTlsName } from './service-port-443-non-tls-name';
import { serviceServerFirstPortUndeclared } from './service-server-first-port-undeclared';
import { serviceentryAllocatedIpUnused } from './serviceentry-allocated-ip-unused';
import { serviceentryCidrResolution } from './serviceentry-cidr-resolution';
import { serviceentryDnsEndpointStaleness } from './serviceentry-dns-endpoint-staleness';
import { serviceentryDuplicateHost } from './serviceentry-duplicate-host';
import { serviceentryDynamicDnsInvalid } from './serviceentry-dynamic-dns-invalid';
import { serviceentryExportedMeshWide } from './serviceentry-exported-mesh-wide';
import { serviceentryHttpsPortDeclaredHttp } from './serviceentry-https-port-declared-http';
import { serviceentryProtocolConflict } from './serviceentry-protocol-conflict';
import { serviceentryResolutionNoneHttp } from './serviceentry-resolution-none-http';
import { serviceentryShadowedByNamespaceLocal } from './serviceentry-shadowed-by-namespace-local';
import { serviceentrySniSpoofable } from './serviceentry-sni-spoofable';
import { serviceentryTcpMultiHost } from './serviceentry-tcp-multi-host';
import { serviceentryTcpNoAddressCapturesPort } from './serviceentry-tcp-no-address-captures-port';
import { serviceentryTcpNoneNoAddressOpensPort } from './serviceentry-tcp-none-no-address-opens-port';
import { serviceentryUnused } from './serviceentry-unused';
import { serviceentryWildcardWithDns } from './serviceentry-wildcard-with-dns';
import { sidecarHostNotInRegistry } from './sidecar-host-not-in-registry';
import { sidecarMissingIstioSystem } from './sidecar-missing-istio-system';
import { sidecarMultipleSelected } from './sidecar-multiple-selected';
import { sidecarOutboundModeAmbiguous } from './sidecar-outbound-mode-ambiguous';
import { sidecarScopeNotEnforcedUnderAllowAny } from './sidecar-scope-not-enforced-under-allow-any';
import { sidecarSelectorMatchesNothing } from './sidecar-selector-matches-nothing';
import { virtualserviceDestinationNotRegistered } from './virtualservice-destination-not-registered';
import { virtualserviceWildcardWidensServiceentry } from './virtualservice-wildcard-widens-serviceentry';
import { workloadAnnotationNotOnPodTemplate } from './workload-annotation-not-on-pod-template';

/** The catalogue. Ids are stable for ever. */
export const rules: readonly Rule[] = [
  destinationruleDoubleTlsOrigination,
  destinationruleMissingSni,
  destinationruleMissingTlsOrigination,
  destinationruleMutualToExternal,
  destinationruleNoServerVerification,
  egressEffectiveModeProvenance,
  egressL7NotAvailable,
  egressPlainHttpExternal,
  meshEmptyPolicyIsRegistryOnly,
  meshUnknownMode,
  podCanBypass,
  podExcludeAllOutbound,
  podExcludePort443,
  podHostNetwork,
  podIncludePortsDoesNotLimit,
  podInvalidTrafficAnnotation,
  podProxyUidCollision,
  serviceExternalnamePortHijack,
  serviceHeadlessPortConflict,
  servicePort443NonTlsName,
  serviceServerFirstPortUndeclared,
  serviceentryAllocatedIpUnused,
  serviceentryCidrResolution,
  serviceentryDnsEndpointStaleness,
  serviceentryDuplicateHost,
  serviceentryDynamicDnsInvalid,
  serviceentryExportedMeshWide,
  serviceentryHttpsPortDeclaredHttp,
  serviceentryProtocolConflict,
  serviceentryResolutionNoneHttp,
  serviceentryShadowedByNamespaceLocal,
  serviceentrySniSpoofable,
  serviceentryTcpMultiHost,
  serviceentryTcpNoAddressCapturesPort,
  serviceentryTcpNoneNoAddressOpensPort,
  serviceentryUnused,
  serviceentryWildcardWithDns,
  sidecarHostNotInRegistry,
  sidecarMissingIstioSystem,
  sidecarMultipleSelected,
  sidecarOutboundModeAmbiguous,
  sidecarScopeNotEnforcedUnderAllowAny,
  sidecarSelectorMatchesNothing,
  virtualserviceDestinationNotRegistered,
  virtualserviceWildcardWidensServiceentry,
  workloadAnnotationNotOnPodTemplate,
];
