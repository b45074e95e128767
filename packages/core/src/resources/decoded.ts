import type { Issue, SourceRef } from '../origin';
import type { AuthorizationPolicy } from './authorization-policy';
import type { DestinationRule } from './destination-rule';
import type { EndpointSlice } from './endpoint-slice';
import type { Gateway } from './gateway';
import type { MeshConfig } from './mesh-config';
import type { Namespace } from './namespace';
import type { NetworkPolicy } from './network-policy';
import type { PeerAuthentication } from './peer-authentication';
import type { Pod, WorkloadResource } from './pod';
import type { ProxyConfig } from './proxy-config';
import type { Resource } from './resource';
import type { Service } from './service';
import type { ServiceEntry, WorkloadEntry } from './service-entry';
import type { Sidecar } from './sidecar';
import type { VirtualService } from './virtual-service';

/** A mesh configuration found in the input: the `istio` ConfigMap, or what installs istiod. */
export interface MeshConfigSource {
  /** Namespace of the ConfigMap: the root namespace unless the text says otherwise. */
  readonly namespace: string;
  /** Revision of the ConfigMap (`istio-<revision>`), empty for `istio`. */
  readonly revision: string;
  readonly config: MeshConfig;
  readonly source: SourceRef;
  /** Kind and name of the object it came from. */
  readonly object: { readonly kind: string; readonly namespace?: string; readonly name: string };
  /** Dotted path of the configuration in the object. */
  readonly path: string;
  /** Dotted paths that the text sets, for example `outboundTrafficPolicy.mode`: the rest are defaults. */
  readonly set: readonly string[];
}

/** Every object of the input, typed, in input order per kind; objects of kinds that decide nothing are in `other`. */
export interface DecodedResources {
  readonly namespaces: readonly Namespace[];
  readonly services: readonly Service[];
  readonly endpointSlices: readonly EndpointSlice[];
  readonly pods: readonly Pod[];
  readonly workloads: readonly WorkloadResource[];
  readonly serviceEntries: readonly ServiceEntry[];
  readonly workloadEntries: readonly WorkloadEntry[];
  readonly sidecars: readonly Sidecar[];
  readonly virtualServices: readonly VirtualService[];
  readonly destinationRules: readonly DestinationRule[];
  readonly gateways: readonly Gateway[];
  readonly peerAuthentications: readonly PeerAuthentication[];
  readonly authorizationPolicies: readonly AuthorizationPolicy[];
  readonly proxyConfigs: readonly ProxyConfig[];
  readonly networkPolicies: readonly NetworkPolicy[];
  readonly meshConfigs: readonly MeshConfigSource[];
  /** Known kinds without a model (EnvoyFilter, Telemetry, Node, ...), unchanged. */
  readonly other: readonly Resource<string, unknown>[];
}

/** `issues` names what was wrong or not used; the value is there all the same. */
export interface DecodeResult {
  readonly resources: DecodedResources;
  readonly issues: readonly Issue[];
}
