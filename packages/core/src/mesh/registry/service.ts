import type { Origin } from '../../origin';
import type { Labels } from '../../resources';
import type { Protocol } from './protocol';

/** How a proxy finds the hosts behind a service (`pilot/pkg/model/service.go:Resolution`). */
export type ServiceResolution =
  | 'ClientSideLB'
  | 'DNSLB'
  | 'DNSRoundRobinLB'
  | 'Passthrough'
  | 'Alias'
  | 'DynamicDNS';

export interface MeshServicePort {
  readonly name: string;
  readonly port: number;
  readonly protocol: Protocol;
  /** ServiceEntry `targetPort`; the container port of a Kubernetes Service is resolved in its endpoints. */
  readonly targetPort?: number;
  /** Field of the object that declares the port. */
  readonly origin: Origin;
}

/** A registry service, the counterpart of `pilot/pkg/model/service.go:Service`. One for each host and address of a ServiceEntry. */
export interface MeshService {
  /** As written; compare in lower case where Envoy does. May start with `*.`. */
  readonly hostname: string;
  readonly namespace: string;
  /** Name of the Kubernetes Service; of a ServiceEntry's service it is the host. */
  readonly name: string;
  readonly registry: 'kubernetes' | 'external';
  readonly creationTimestamp?: string;
  readonly ports: readonly MeshServicePort[];
  readonly resolution: ServiceResolution;
  /** `MESH_EXTERNAL`, and ExternalName: no automatic mTLS. */
  readonly meshExternal: boolean;
  /** First cluster IP, the address of the ServiceEntry (IP or CIDR), or `0.0.0.0`. */
  readonly defaultAddress: string;
  /** Cluster IPs of a Kubernetes Service. */
  readonly clusterVips: readonly string[];
  readonly autoAllocated: { readonly ipv4?: string; readonly ipv6?: string };
  /** `exportTo` in force: the object's own or the mesh default, narrowed by `serviceEntryVisibility`; `*`, `.`, `~` or namespaces. */
  readonly exportTo: readonly string[];
  /** `exportTo` as the object says it; empty when it says none. */
  readonly declaredExportTo: readonly string[];
  readonly labels: Labels;
  /** Pod selector (Kubernetes) or `workloadSelector` (ServiceEntry); absent when none is given. */
  readonly selector?: Labels;
  /** `subjectAltNames` of a ServiceEntry. */
  readonly subjectAltNames: readonly string[];
  /** ExternalName target; only with resolution `Alias`. */
  readonly externalName?: string;
  /** ExternalName services that point here, directly or along a chain (`push_context.go:resolveServiceAliases`). */
  readonly aliases: readonly ServiceAlias[];
  readonly publishNotReadyAddresses: boolean;
  readonly trafficDistribution?: string;
  readonly annotations: Readonly<Record<string, string>>;
  readonly origin: Origin;
}

export interface ServiceAlias {
  readonly hostname: string;
  readonly namespace: string;
}

/** `0.0.0.0`: the service has no address of its own. */
export const unspecifiedAddress = '0.0.0.0';
