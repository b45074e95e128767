import type { StringMatcher } from './string-matcher';

/** Envoy's CORS filter on a route (`extensions.filters.http.cors.v3.CorsPolicy`), as far as it decides who answers. */
export interface CorsPolicy {
  readonly allowOrigins: readonly StringMatcher[];
  /** Preflights from other origins go on to the upstream; else the filter answers them as well, without allowing them. */
  readonly forwardNotMatchingPreflights: boolean;
}
