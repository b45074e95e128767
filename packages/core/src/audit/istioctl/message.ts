import type { ObjectRef, SourceRef } from '../../origin';
import { type Metadata, refOf } from '../../resources';

export type MessageLevel = 'Error' | 'Warning' | 'Info';

/** Codes, names and levels of `istioctl analyze` (`pkg/config/analysis/msg/messages.yaml`). */
export const messageTypes = {
  IST0002: { name: 'Deprecated', level: 'Warning' },
  IST0101: { name: 'ReferencedResourceNotFound', level: 'Error' },
  IST0102: { name: 'NamespaceNotInjected', level: 'Info' },
  IST0103: { name: 'PodMissingProxy', level: 'Warning' },
  IST0106: { name: 'SchemaValidationError', level: 'Error' },
  IST0107: { name: 'MisplacedAnnotation', level: 'Warning' },
  IST0108: { name: 'UnknownAnnotation', level: 'Warning' },
  IST0109: { name: 'ConflictingMeshGatewayVirtualServiceHosts', level: 'Error' },
  IST0110: { name: 'ConflictingSidecarWorkloadSelectors', level: 'Error' },
  IST0111: { name: 'MultipleSidecarsWithoutWorkloadSelectors', level: 'Error' },
  IST0112: { name: 'VirtualServiceDestinationPortSelectorRequired', level: 'Error' },
  IST0116: { name: 'DeploymentAssociatedToMultipleServices', level: 'Warning' },
  IST0118: { name: 'PortNameIsNotUnderNamingConvention', level: 'Info' },
  IST0123: { name: 'NamespaceMultipleInjectionLabels', level: 'Warning' },
  IST0125: { name: 'InvalidAnnotation', level: 'Warning' },
  IST0127: { name: 'NoMatchingWorkloadsFound', level: 'Warning' },
  IST0128: { name: 'NoServerCertificateVerificationDestinationLevel', level: 'Warning' },
  IST0129: { name: 'NoServerCertificateVerificationPortLevel', level: 'Warning' },
  IST0130: { name: 'VirtualServiceUnreachableRule', level: 'Warning' },
  IST0131: { name: 'VirtualServiceIneffectiveMatch', level: 'Info' },
  IST0132: { name: 'VirtualServiceHostNotFoundInGateway', level: 'Warning' },
  IST0133: { name: 'SchemaWarning', level: 'Warning' },
  IST0134: { name: 'ServiceEntryAddressesRequired', level: 'Warning' },
  IST0135: { name: 'DeprecatedAnnotation', level: 'Info' },
  IST0137: { name: 'DeploymentConflictingPorts', level: 'Warning' },
  IST0138: { name: 'GatewayDuplicateCertificate', level: 'Warning' },
  IST0139: { name: 'InvalidWebhook', level: 'Error' },
  IST0140: { name: 'IngressRouteRulesNotAffected', level: 'Warning' },
  IST0144: { name: 'InvalidApplicationUID', level: 'Warning' },
  IST0145: { name: 'ConflictingGateways', level: 'Error' },
  IST0146: { name: 'ImageAutoWithoutInjectionWarning', level: 'Warning' },
  IST0147: { name: 'ImageAutoWithoutInjectionError', level: 'Error' },
  IST0148: { name: 'NamespaceInjectionEnabledByDefault', level: 'Info' },
  IST0149: { name: 'JwtClaimBasedRoutingWithoutRequestAuthN', level: 'Error' },
  IST0150: { name: 'ExternalNameServiceTypeInvalidPortName', level: 'Warning' },
  IST0151: { name: 'EnvoyFilterUsesRelativeOperation', level: 'Warning' },
  IST0152: { name: 'EnvoyFilterUsesReplaceOperationIncorrectly', level: 'Error' },
  IST0153: { name: 'EnvoyFilterUsesAddOperationIncorrectly', level: 'Error' },
  IST0154: { name: 'EnvoyFilterUsesRemoveOperationIncorrectly', level: 'Error' },
  IST0155: { name: 'EnvoyFilterUsesRelativeOperationWithProxyVersion', level: 'Warning' },
  IST0157: { name: 'InvalidTelemetryProvider', level: 'Warning' },
  IST0158: { name: 'PodsIstioProxyImageMismatchInNamespace', level: 'Warning' },
  IST0159: { name: 'ConflictingTelemetryWorkloadSelectors', level: 'Error' },
  IST0160: { name: 'MultipleTelemetriesWithoutWorkloadSelectors', level: 'Error' },
  IST0161: { name: 'InvalidGatewayCredential', level: 'Error' },
  IST0162: { name: 'GatewayPortNotDefinedOnService', level: 'Warning' },
  IST0165: { name: 'ReferencedInternalGateway', level: 'Warning' },
  IST0167: { name: 'IneffectivePolicy', level: 'Warning' },
  IST0171: { name: 'NegativeConditionStatus', level: 'Warning' },
  IST0173: { name: 'DestinationRuleSubsetNotSelectPods', level: 'Error' },
  IST0174: { name: 'UnknownDestinationRuleHost', level: 'Warning' },
  IST0177: { name: 'ConflictingServiceEntryProtocol', level: 'Warning' },
} as const satisfies Record<string, { name: string; level: MessageLevel }>;

export type MessageCode = keyof typeof messageTypes;

/** What `istioctl analyze` would report: the code, the object, its wording. */
export interface AnalysisMessage {
  readonly code: MessageCode;
  readonly name: string;
  readonly level: MessageLevel;
  readonly object: ObjectRef;
  readonly message: string;
  /** Dotted path of the field it points to, when it points below the object. */
  readonly path?: string;
  readonly source: SourceRef;
}

/** The part of an object that a message needs; every `Resource` has it. */
export interface Reported {
  readonly kind: string;
  readonly metadata: Metadata;
  readonly source: SourceRef;
}

export function messageOn(
  code: MessageCode,
  resource: Reported,
  message: string,
  path?: string,
): AnalysisMessage {
  const { kind, metadata, source } = resource;
  const base = { code, ...messageTypes[code], object: refOf({ kind, metadata }), message, source };
  return path === undefined ? base : { ...base, path };
}
