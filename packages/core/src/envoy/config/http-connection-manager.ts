import type { HttpRbac } from './rbac';
import type { RouteConfig } from './route-config';
import type { TokenPlaces } from './token-places';

/** Where a connection manager gets its routes: by name from the control plane (RDS), or in place. */
export type RouteSource =
  | { readonly kind: 'rds'; readonly name: string }
  | { readonly kind: 'inline'; readonly config: RouteConfig };

/** Envoy's `http_connection_manager`, as far as it decides where a request goes. */
export interface HttpConnectionManager {
  readonly kind: 'http';
  readonly routes: RouteSource;
  /** Accepts HTTP/1.0; otherwise such a request is answered 426. */
  readonly acceptHttp10: boolean;
  /** Whether a token is valid is not for us to tell: a request that carries one is undecided. */
  readonly tokens?: TokenPlaces;
  /** Checks on the request, in order, before routing. */
  readonly rbac?: readonly HttpRbac[];
  /** DNS cache of the dynamic forward proxy filter, when there is one: only clusters of that cache get their host resolved. */
  readonly dynamicForwardProxyCaches?: readonly string[];
}
