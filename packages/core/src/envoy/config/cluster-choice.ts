import type { HeaderEdits } from './header-edits';

export interface WeightedCluster {
  readonly name: string;
  readonly weight: number;
  /** Authority for this cluster, where the route itself rewrites none. */
  readonly hostRewrite?: string;
  readonly headerEdits?: HeaderEdits;
}

/** The cluster of a route or of a `tcp_proxy`: one name, or several with weights. */
export type ClusterChoice =
  | { readonly kind: 'single'; readonly name: string }
  | { readonly kind: 'weighted'; readonly clusters: readonly WeightedCluster[] };
