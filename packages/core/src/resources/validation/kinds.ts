import type { MessageType, ValueOf } from '../schema';
import { type DecodeFailure, decodeMessage } from '../schema';
import { authorizationPolicySchema } from '../schema/kinds/authorization-policy';
import { destinationRuleSchema } from '../schema/kinds/destination-rule';
import { envoyFilterSchema } from '../schema/kinds/envoy-filter';
import { gatewaySchema } from '../schema/kinds/gateway';
import { peerAuthenticationSchema } from '../schema/kinds/peer-authentication';
import { proxyConfigSchema } from '../schema/kinds/proxy-config';
import { requestAuthenticationSchema } from '../schema/kinds/request-authentication';
import { serviceEntrySchema } from '../schema/kinds/service-entry';
import { sidecarSchema } from '../schema/kinds/sidecar';
import { telemetrySchema } from '../schema/kinds/telemetry';
import { trafficExtensionSchema } from '../schema/kinds/traffic-extension';
import { virtualServiceSchema } from '../schema/kinds/virtual-service';
import { wasmPluginSchema } from '../schema/kinds/wasm-plugin';
import { workloadEntrySchema } from '../schema/kinds/workload-entry';
import { workloadGroupSchema } from '../schema/kinds/workload-group';
import { type Findings, noFindings } from './findings';
import { validateAuthorizationPolicy } from './rules/authorization-policy';
import { validateDestinationRule } from './rules/destination-rule';
import { validateEnvoyFilter } from './rules/envoy-filter';
import { validateGateway } from './rules/gateway';
import { validatePeerAuthentication } from './rules/peer-authentication';
import { validateProxyConfig } from './rules/proxy-config';
import { validateRequestAuthentication } from './rules/request-authentication';
import { validateServiceEntry } from './rules/service-entry';
import { validateSidecar } from './rules/sidecar';
import { validateTelemetry } from './rules/telemetry';
import { validateTrafficExtension } from './rules/traffic-extension';
import { validateVirtualService } from './rules/virtual-service';
import { validateWasmPlugin } from './rules/wasm-plugin';
import { validateWorkloadEntryObject } from './rules/workload-entry';
import { validateWorkloadGroup } from './rules/workload-group';
import type { Subject } from './subject';

/** Findings of a spec that decodes, or why it does not. */
export type SpecJudgement =
  | { readonly ok: true; readonly findings: Findings }
  | { readonly ok: false; readonly failure: DecodeFailure };

/** A kind that Istio's webhook and CRDs judge. */
export interface JudgedKind {
  readonly group: string;
  readonly versions: readonly string[];
  readonly schema: MessageType<Readonly<Record<string, unknown>>>;
  /** The CRD demands `spec`. */
  readonly specRequired: boolean;
  readonly judge: (spec: unknown, subject: Subject) => SpecJudgement;
}

interface Served {
  readonly group: string;
  readonly versions: readonly string[];
  readonly specRequired?: true;
}

/** Ties a table to the rules for its values. */
function kind<Fields>(
  served: Served,
  schema: MessageType<Fields>,
  validate: (findings: Findings, subject: Subject, spec: ValueOf<MessageType<Fields>>) => void,
): JudgedKind {
  return {
    group: served.group,
    versions: served.versions,
    schema: schema as MessageType<Readonly<Record<string, unknown>>>,
    specRequired: served.specRequired ?? false,
    judge: (spec, subject) => {
      const decoded = decodeMessage(schema, spec, { minor: subject.minor });
      if (!decoded.ok) return decoded;
      const findings = noFindings();
      validate(findings, subject, decoded.value as ValueOf<MessageType<Fields>>);
      return { ok: true, findings };
    },
  };
}

const networking: Served = {
  group: 'networking.istio.io',
  versions: ['v1', 'v1beta1', 'v1alpha3'],
};
const networkingWithSpec: Served = { ...networking, specRequired: true };
const security: Served = { group: 'security.istio.io', versions: ['v1', 'v1beta1'] };
const extensions: Served = {
  group: 'extensions.istio.io',
  versions: ['v1alpha1'],
  specRequired: true,
};

/** The kinds of Istio's CRDs, with the versions they are served in. */
export const judgedKinds: ReadonlyMap<string, JudgedKind> = new Map<string, JudgedKind>([
  ['ServiceEntry', kind(networkingWithSpec, serviceEntrySchema, validateServiceEntry)],
  ['WorkloadEntry', kind(networkingWithSpec, workloadEntrySchema, validateWorkloadEntryObject)],
  ['WorkloadGroup', kind(networkingWithSpec, workloadGroupSchema, validateWorkloadGroup)],
  ['Sidecar', kind(networking, sidecarSchema, validateSidecar)],
  ['VirtualService', kind(networking, virtualServiceSchema, validateVirtualService)],
  ['DestinationRule', kind(networking, destinationRuleSchema, validateDestinationRule)],
  ['Gateway', kind(networking, gatewaySchema, validateGateway)],
  [
    'ProxyConfig',
    kind({ ...networking, versions: ['v1beta1'] }, proxyConfigSchema, validateProxyConfig),
  ],
  [
    'EnvoyFilter',
    kind({ ...networking, versions: ['v1alpha3'] }, envoyFilterSchema, validateEnvoyFilter),
  ],
  ['PeerAuthentication', kind(security, peerAuthenticationSchema, validatePeerAuthentication)],
  ['AuthorizationPolicy', kind(security, authorizationPolicySchema, validateAuthorizationPolicy)],
  [
    'RequestAuthentication',
    kind(security, requestAuthenticationSchema, validateRequestAuthentication),
  ],
  [
    'Telemetry',
    kind(
      { group: 'telemetry.istio.io', versions: ['v1', 'v1alpha1'] },
      telemetrySchema,
      validateTelemetry,
    ),
  ],
  ['WasmPlugin', kind(extensions, wasmPluginSchema, validateWasmPlugin)],
  ['TrafficExtension', kind(extensions, trafficExtensionSchema, validateTrafficExtension)],
]);
