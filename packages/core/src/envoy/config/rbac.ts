import type { Cidr } from '../../net';
import type { Origin } from '../../origin';
import type { HeaderMatcher, StringMatcher } from './string-matcher';
import type { TokenPlaces } from './token-places';

/** A condition of Envoy's RBAC filter on the request or connection (`Permission`, `Principal`). */
export type RbacCondition =
  | { readonly kind: 'any' }
  | { readonly kind: 'all-of'; readonly conditions: readonly RbacCondition[] }
  | { readonly kind: 'one-of'; readonly conditions: readonly RbacCondition[] }
  | { readonly kind: 'not'; readonly condition: RbacCondition }
  | { readonly kind: 'destination-port'; readonly port: number }
  | { readonly kind: 'destination-ip'; readonly range: Cidr }
  /** `direct`: the peer of the connection; `remote`: the client as X-Forwarded-For or PROXY protocol say. */
  | { readonly kind: 'source-ip'; readonly of: 'direct' | 'remote'; readonly range: Cidr }
  /** URI name of the peer certificate, as `spiffe://domain/ns/namespace/sa/account`. */
  | { readonly kind: 'principal'; readonly match: StringMatcher }
  | { readonly kind: 'server-name'; readonly match: StringMatcher }
  | { readonly kind: 'header'; readonly header: HeaderMatcher }
  /** Path without query. */
  | { readonly kind: 'path'; readonly match: StringMatcher }
  /** Something of a valid token; without `places` nobody looks for one. It does not hold for a request that carries none. */
  | { readonly kind: 'token'; readonly places?: TokenPlaces }
  /** Something a call does not say. */
  | { readonly kind: 'unknown'; readonly what: string };

export interface RbacPolicy {
  readonly name: string;
  readonly permission: RbacCondition;
  readonly principal: RbacCondition;
  readonly origin: Origin;
}

interface Rbac {
  readonly name: string;
  /** ALLOW lets pass what a policy matches and denies the rest; DENY the reverse. */
  readonly action: 'ALLOW' | 'DENY';
  /** `external` asks another server, which is not modelled. */
  readonly external?: boolean;
  readonly policies: readonly RbacPolicy[];
  readonly origin: Origin;
}

/** RBAC on requests: a denied one is answered 403 `RBAC: access denied`. */
export interface HttpRbac extends Rbac {
  readonly kind: 'http-rbac';
}
/** RBAC on connections: a denied one is closed. */
export interface NetworkRbac extends Rbac {
  readonly kind: 'network-rbac';
}
