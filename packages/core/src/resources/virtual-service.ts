import type { Labels, Resource } from './resource';

export type StringMatch =
  | { readonly kind: 'exact'; readonly value: string }
  | { readonly kind: 'prefix'; readonly value: string }
  | { readonly kind: 'regex'; readonly value: string };

export interface Destination {
  readonly host: string;
  readonly subset?: string;
  readonly port?: number;
}
export interface RouteDestination {
  readonly destination: Destination;
  readonly weight: number;
  readonly headers?: HeaderOperations;
}
export interface HeaderOperations {
  readonly request?: HeaderEdit;
  readonly response?: HeaderEdit;
}
export interface HeaderEdit {
  readonly set?: Labels;
  readonly add?: Labels;
  readonly remove?: readonly string[];
}

export interface HttpMatch {
  readonly name?: string;
  readonly uri?: StringMatch;
  readonly scheme?: StringMatch;
  readonly method?: StringMatch;
  readonly authority?: StringMatch;
  /** An entry without a value (`{}`) asks only for presence. */
  readonly headers?: Readonly<Record<string, StringMatch | { readonly kind: 'present' }>>;
  readonly withoutHeaders?: Readonly<Record<string, StringMatch | { readonly kind: 'present' }>>;
  readonly queryParams?: Readonly<Record<string, StringMatch | { readonly kind: 'present' }>>;
  readonly port?: number;
  readonly sourceLabels?: Labels;
  readonly sourceNamespace?: string;
  readonly gateways?: readonly string[];
  readonly ignoreUriCase?: boolean;
  readonly statPrefix?: string;
}
export interface HttpRedirect {
  readonly uri?: string;
  readonly authority?: string;
  readonly scheme?: string;
  readonly port?: number;
  readonly derivePort?: string;
  readonly redirectCode?: number;
}
export interface HttpRewrite {
  readonly uri?: string;
  readonly authority?: string;
  readonly uriRegexRewrite?: { readonly match: string; readonly rewrite: string };
}
export interface HttpFault {
  readonly abort?: {
    readonly httpStatus?: number;
    readonly grpcStatus?: string;
    /** Percent; 100 when unset. */
    readonly percentage: number;
  };
  readonly delay?: {
    readonly fixedDelayMs?: number;
    readonly percentage: number;
    /** Deprecated whole percent. */
    readonly percent?: number;
  };
}
export interface CorsPolicy {
  readonly allowOrigins?: readonly StringMatch[];
  /** Deprecated: exact origins, read when `allowOrigins` is not there. */
  readonly allowOrigin?: readonly string[];
  readonly unmatchedPreflights?: string;
}
export interface HttpRoute {
  readonly name?: string;
  readonly match: readonly HttpMatch[];
  readonly route: readonly RouteDestination[];
  readonly redirect?: HttpRedirect;
  readonly directResponse?: { readonly status: number; readonly body?: string };
  readonly delegate?: { readonly name: string; readonly namespace?: string };
  readonly rewrite?: HttpRewrite;
  readonly timeoutMs?: number;
  readonly retries?: {
    readonly attempts: number;
    readonly perTryTimeoutMs?: number;
    readonly retryOn?: string;
  };
  readonly fault?: HttpFault;
  readonly corsPolicy?: CorsPolicy;
  readonly mirror?: Destination;
  readonly mirrors?: readonly { readonly destination: Destination; readonly percentage?: number }[];
  readonly headers?: HeaderOperations;
}

export interface L4Match {
  readonly destinationSubnets?: readonly string[];
  readonly port?: number;
  readonly sourceLabels?: Labels;
  readonly sourceNamespace?: string;
  readonly gateways?: readonly string[];
}
export interface TlsMatch extends L4Match {
  readonly sniHosts: readonly string[];
}
export interface TlsRoute {
  readonly match: readonly TlsMatch[];
  readonly route: readonly RouteDestination[];
}
export interface TcpRoute {
  readonly match: readonly L4Match[];
  readonly route: readonly RouteDestination[];
}
export interface VirtualServiceSpec {
  readonly hosts: readonly string[];
  /** Empty means `["mesh"]`. */
  readonly gateways: readonly string[];
  readonly http: readonly HttpRoute[];
  readonly tls: readonly TlsRoute[];
  readonly tcp: readonly TcpRoute[];
  readonly exportTo?: readonly string[];
}
export type VirtualService = Resource<'VirtualService', VirtualServiceSpec>;
