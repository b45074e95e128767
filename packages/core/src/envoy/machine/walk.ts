import type { Origin } from '../../origin';
import type { Cluster } from '../config/cluster';
import type { FilterChain } from '../config/filter-chain';
import type { HeaderEdits } from '../config/header-edits';
import type { Listener } from '../config/listener';
import type { Route, RouteConfig, VirtualHost } from '../config/route-config';

/** How Envoy ends a call; exactly one. */
export const envoyOutcomes = [
  /** Sent to a host of one cluster. */
  'forwarded',
  /** Sent to a host of one of several clusters, by weight. */
  'split',
  /** The route or chain names a cluster that does not exist: HTTP 503 (NC), TCP closed. */
  'no-cluster',
  /** The cluster has no healthy host: HTTP 503 (UH), TCP closed. */
  'no-healthy-host',
  'direct-response',
  'redirect',
  /** Virtual host found, no route: 404. */
  'no-route',
  /** 404. */
  'no-virtual-host',
  /** Closed. */
  'no-filter-chain',
  'no-listener',
  /** A connection manager gets TLS bytes, or bytes that are not HTTP. */
  'protocol-error',
  /** The chain terminates TLS, the client speaks plaintext. */
  'tls-expected',
  /** The chain terminates TLS of another kind than the client's. */
  'wrong-tls',
  /** RBAC: HTTP 403, TCP closed. */
  'denied',
  /** Aborted by the fault filter. */
  'fault',
  /** A preflight that the CORS filter answers: 200. */
  'preflight',
  /** An inspector waits for bytes that nobody sends. */
  'waiting',
  /** The inspectors' time ran out and the connection was closed. */
  'timed-out',
  /** 400: HTTP/1.1 without Host. */
  'bad-request',
  /** 426: HTTP/1.0 where it is not accepted. */
  'upgrade-required',
  /** The configuration for this call is not certain. */
  'undetermined',
] as const;
export type EnvoyOutcome = (typeof envoyOutcomes)[number];

/** Something that was looked at and did not answer, with the fields that matched and those that did not. */
export interface EnvoyCandidate {
  readonly name: string;
  readonly matched: readonly string[];
  readonly failed: readonly string[];
  readonly origin?: Origin;
}

export interface EnvoyStep {
  readonly kind:
    | 'listener'
    | 'listener-filter'
    | 'filter-chain'
    | 'tls'
    | 'policy'
    | 'route-config'
    | 'virtual-host'
    | 'route'
    | 'cluster'
    | 'endpoint';
  /** One line: what was decided. */
  readonly title: string;
  readonly detail?: string;
  readonly candidates: readonly EnvoyCandidate[];
  /** What answered; absent when nothing did. */
  readonly origin?: Origin;
  /** The call ends here. */
  readonly blocks?: boolean;
  /** How this step ends the call, or would if an earlier one had not. */
  readonly ends?: EnvoyOutcome;
  /** Comes after a step that blocks: what would follow. */
  readonly hypothetical?: boolean;
}

/** A cluster that the call goes to; `cluster` is absent when the program has none of that name. */
export interface ChosenCluster {
  readonly name: string;
  readonly weight?: number;
  readonly cluster?: Cluster;
  /** Authority and headers for this cluster of a weighted route. */
  readonly hostRewrite?: string;
  readonly headerEdits?: HeaderEdits;
}

/** What Envoy did with one call. */
export interface EnvoyWalk {
  readonly outcome: EnvoyOutcome;
  readonly steps: readonly EnvoyStep[];
  readonly listener?: Listener;
  readonly filterChain?: FilterChain;
  readonly routeConfigName?: string;
  readonly routeConfig?: RouteConfig;
  readonly virtualHost?: VirtualHost;
  readonly route?: Route;
  /** One, or several with weights; empty when the call never reaches a cluster. */
  readonly clusters: readonly ChosenCluster[];
  /** Status that Envoy answers with itself. */
  readonly status?: number;
  readonly tlsTerminated: boolean;
  /** Authority and path (with query) after the route's rewrite, where it has one. */
  readonly rewrite?: { readonly authority?: string; readonly path?: string };
  /** Why the outcome is `undetermined`. */
  readonly uncertain?: string;
}
