import type { Issue, RawResource } from '@sidetrace/core';
import type { ClusterError } from './cluster-error';

/** The objects of a cluster that answers depend on, as one list of every kind gave them. */
export interface ClusterListing {
  readonly resources: readonly RawResource[];
  /** What could not be read, and what to do about it. */
  readonly issues: readonly Issue[];
  /** Kinds that the account may not list, or whose list could not be read: `MeshOptions.unreadKinds`. */
  readonly unreadKinds: readonly string[];
  /** By kind, the resourceVersion that its list is of. */
  readonly versions: ReadonlyMap<string, string>;
}

/** What is read of a cluster, and how. */
export interface ListOptions {
  /** Only these namespaces; all when not given. Cluster-scoped kinds are read all the same. */
  readonly namespaces?: readonly string[];
  /** Namespace of istiod, where the mesh's ConfigMaps are; found by istiod and its webhooks when not given. */
  readonly rootNamespace?: string;
  readonly signal?: AbortSignal;
  /** Called when objects of a kind have arrived, with their number so far. */
  readonly onProgress?: (kind: string, objects: number) => void;
  /** Objects in one page of a list; 500 when not given. */
  readonly pageSize?: number;
}

/** How a cluster is followed. */
export interface WatchOptions extends ListOptions {
  /** Ends the watch. */
  readonly signal: AbortSignal;
  /** Called with the first listing, and with a whole new one after each time of changes. */
  readonly onListing: (listing: ClusterListing) => void;
  /**
   * Called when the cluster cannot be followed for now (no connection, no permission any more, answers that are none),
   * with why, while the watch goes on trying; and with `undefined` once everything is followed again.
   */
  readonly onTrouble?: (error: ClusterError | undefined) => void;
  /** A listing is made when nothing has changed for so long, at the latest after ten times as long; 1000 when not given. */
  readonly debounceMs?: number;
}
