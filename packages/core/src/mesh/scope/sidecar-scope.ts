import type { Origin } from '../../origin';
import type {
  ClientTls,
  EgressListener,
  EgressProxy,
  OutboundMode,
  Sidecar,
} from '../../resources';
import type { MeshService } from '../registry/service';
import type { MeshVirtualService } from '../routing/virtual-service';

/** The outbound traffic policy in force, and who decided it. */
export interface OutboundPolicy {
  readonly mode: OutboundMode;
  readonly egressProxy?: EgressProxy;
  /** TLS of ALLOW_ANY_DYNAMIC_DNS; mesh level only. */
  readonly tls?: ClientTls;
  /** Level: `workload` a Sidecar with a selector, `namespace` one without, `root` one of the root namespace, `mesh` MeshConfig or its default, `gateway` no policy at all. */
  readonly level: 'mesh' | 'root' | 'namespace' | 'workload' | 'gateway';
  readonly origin: Origin;
}

/** An egress listener of the scope with what it imports (`pilot/pkg/model/sidecar.go:IstioEgressListenerWrapper`). */
export interface EgressScope {
  /** As written in the Sidecar; absent for the built-in catch-all. */
  readonly listener?: EgressListener;
  /** In Istio's order: private and exported to the namespace first, then public, each oldest first. Ports are trimmed. */
  readonly services: readonly MeshService[];
  /** Bound to gateway `mesh`, in Istio's order. */
  readonly virtualServices: readonly MeshVirtualService[];
  readonly origin: Origin;
}

/** What one sidecar (or gateway) sees of the mesh (`pilot/pkg/model/sidecar.go:SidecarScope`). Shared by all proxies with the same Sidecar and namespace. */
export interface SidecarScope {
  /** The namespace that `.` stands for. */
  readonly namespace: string;
  /** The Sidecar that applies; absent for the default scope. */
  readonly sidecar?: Sidecar;
  readonly egress: readonly EgressScope[];
  /** Everything that gets a cluster: imported and inferred from VirtualServices, one per host. */
  readonly services: readonly MeshService[];
  readonly servicesByHostname: ReadonlyMap<string, MeshService>;
  readonly outboundPolicy: OutboundPolicy;
}
