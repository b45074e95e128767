import type { Origin } from '../../origin';
import type { ClusterChoice } from './cluster-choice';
import type { CorsPolicy } from './cors-policy';
import type { HeaderEdits } from './header-edits';
import type { HeaderMatcher, QueryParameterMatcher } from './string-matcher';

export type PathMatcher =
  /** Plain string prefix of the path. */
  | { readonly kind: 'prefix'; readonly value: string; readonly ignoreCase?: boolean }
  /** Prefix that ends at a `/` (`path_separated_prefix`). */
  | { readonly kind: 'path-prefix'; readonly value: string; readonly ignoreCase?: boolean }
  | { readonly kind: 'exact'; readonly value: string; readonly ignoreCase?: boolean }
  /** RE2; the whole path without query must match. */
  | { readonly kind: 'regex'; readonly value: string };

/** Envoy's `RouteMatch`: all criteria must hold. */
export interface RouteMatch {
  readonly path: PathMatcher;
  readonly headers: readonly HeaderMatcher[];
  readonly queryParameters: readonly QueryParameterMatcher[];
}

export interface RegexRewrite {
  readonly pattern: string;
  readonly substitution: string;
}

export interface RetryPolicy {
  readonly attempts: number;
  readonly retryOn: string;
  readonly perTryTimeoutMs?: number;
}

export interface Forward {
  readonly kind: 'forward';
  readonly clusters: ClusterChoice;
  readonly hostRewrite?: string;
  readonly prefixRewrite?: string;
  readonly regexRewrite?: RegexRewrite;
  /** 0 or unset: no limit. */
  readonly timeoutMs?: number;
  readonly retry?: RetryPolicy;
  readonly mirrors?: readonly { readonly cluster: string; readonly percent: number }[];
}

export interface Redirect {
  readonly kind: 'redirect';
  readonly status: number;
  readonly host?: string;
  readonly port?: number;
  readonly scheme?: string;
  readonly path?: string;
  readonly prefixRewrite?: string;
  readonly https?: boolean;
}

export interface DirectResponse {
  readonly kind: 'direct-response';
  readonly status: number;
  readonly body?: string;
}

export type RouteAction = Forward | Redirect | DirectResponse;

/** Envoy's fault filter on a route. Percentages from 0 to 100. */
export interface Fault {
  readonly abort?: {
    readonly status?: number;
    readonly grpcStatus?: string;
    readonly percent: number;
  };
  readonly delay?: { readonly ms: number; readonly percent: number };
}

export interface Route {
  readonly name?: string;
  readonly match: RouteMatch;
  readonly action: RouteAction;
  readonly fault?: Fault;
  readonly cors?: CorsPolicy;
  readonly headerEdits?: HeaderEdits;
  readonly origin: Origin;
}

/** Envoy's `VirtualHost`. `domains` in lower case: exact, `*suffix`, `prefix*` or `*`. */
export interface VirtualHost {
  readonly name: string;
  readonly domains: readonly string[];
  readonly routes: readonly Route[];
  /** Answers plaintext requests with 301 to https (`require_tls: ALL`). */
  readonly requireTls?: boolean;
  readonly origin: Origin;
}

/** A virtual host and the domain of it that decided. */
export interface DomainMatch {
  readonly domain: string;
  readonly virtualHost: VirtualHost;
}

/** Finds the virtual host of a domain without making all the others. */
export interface DomainLookup {
  /** The owner of exactly this domain; lower case. */
  readonly exact: (domain: string) => VirtualHost | undefined;
  /** The longest wildcard that covers a host and is not `*`. */
  readonly wildcard: (host: string) => DomainMatch | undefined;
  /** The owner of `*`. */
  readonly any: () => VirtualHost | undefined;
  /** The control plane gives this domain to one of several virtual hosts at random. */
  readonly isUncertain: (domain: string) => boolean;
}

export interface RouteConfig {
  readonly name: string;
  readonly virtualHosts: readonly VirtualHost[];
  /** Takes the port off Host before domains are compared (`ignore_port_in_host_matching`). */
  readonly ignorePortInHostMatching: boolean;
  /** Answers as `virtualHosts` does; absent: they are looked through. */
  readonly lookup?: DomainLookup;
  /** What was asked for depends on the order of the control plane's work: why, in words. */
  readonly uncertain?: string;
  readonly origin: Origin;
}
