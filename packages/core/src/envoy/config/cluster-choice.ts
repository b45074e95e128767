export interface WeightedCluster {
  readonly name: string;
  readonly weight: number;
}

/** The cluster of a route or of a `tcp_proxy`: one name, or several with weights. */
export type ClusterChoice =
  | { readonly kind: 'single'; readonly name: string }
  | { readonly kind: 'weighted'; readonly clusters: readonly WeightedCluster[] };
