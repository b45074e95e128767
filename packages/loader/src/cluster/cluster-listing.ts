import type { Issue, RawResource } from '@sidetrace/core';

/** The objects of a cluster that answers depend on, as one list of every kind gave them. */
export interface ClusterListing {
  readonly resources: readonly RawResource[];
  /** What could not be read, and what to do about it. */
  readonly issues: readonly Issue[];
  /** Kinds that the account may not list: `MeshOptions.unreadKinds`. */
  readonly unreadKinds: readonly string[];
  /** By kind, the resourceVersion that its list is of. */
  readonly versions: ReadonlyMap<string, string>;
}

/** What is read of a cluster, and how. */
export interface ListOptions {
  /** Only these namespaces; all when not given. Cluster-scoped kinds are read all the same. */
  readonly namespaces?: readonly string[];
  readonly signal?: AbortSignal;
  /** Called when objects of a kind have arrived, with their number so far. */
  readonly onProgress?: (kind: string, objects: number) => void;
  /** Objects in one page of a list; 500 when not given. */
  readonly pageSize?: number;
}
