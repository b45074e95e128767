import type { Cluster } from '../cluster';

/** A cluster that is being read. */
export interface Reading {
  readonly cluster: Cluster;
  readonly pageSize: number;
  readonly signal: AbortSignal | undefined;
  /** Objects of a kind that arrived; fewer than none when a list begins anew. */
  readonly onObjects: (kind: string, more: number) => void;
}
