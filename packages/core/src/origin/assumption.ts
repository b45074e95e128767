import type { Origin } from './origin';

/**
 * Something the input does not say and the answer had to take as given: a pod IP, a cluster IP, the Istio version,
 * that no EnvoyFilter changes this. `code` is closed per producer and stable.
 */
export interface Assumption {
  /** kebab-case, for example `pod-ip-assumed`, `istio-version-assumed`, `envoy-filter-present`. */
  readonly code: string;
  readonly message: string;
  readonly origin?: Origin;
}
