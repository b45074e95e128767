import type { ObjectRef, Origin } from '../../origin';
import type { HttpRoute, TcpRoute, TlsRoute, VirtualService } from '../../resources';

/** A rule with the object and field that wrote it; of a delegate it is the delegate's. */
export type MeshHttpRoute = HttpRoute & { readonly origin: Origin };
export type MeshTlsRoute = TlsRoute & { readonly origin: Origin };
export type MeshTcpRoute = TcpRoute & { readonly origin: Origin };

/**
 * A VirtualService as proxies get it: short names made full, delegates merged in
 * (`pilot/pkg/config/kube/crdclient`, `pilot/pkg/model/virtualservice.go:resolveVirtualServiceShortnames`, `mergeVirtualServices`).
 */
export interface MeshVirtualService {
  readonly name: string;
  readonly namespace: string;
  readonly hosts: readonly string[];
  /** `mesh`, or `namespace/name`; never empty. */
  readonly gateways: readonly string[];
  readonly http: readonly MeshHttpRoute[];
  readonly tls: readonly MeshTlsRoute[];
  readonly tcp: readonly MeshTcpRoute[];
  readonly resource: VirtualService;
  /** Delegates that were merged in. */
  readonly delegates: readonly ObjectRef[];
  readonly origin: Origin;
}
