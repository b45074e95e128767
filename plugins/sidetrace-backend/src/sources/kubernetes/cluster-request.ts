import type { MeshOptions } from '@sidetrace/core';
import type { ClusterConfig } from '@sidetrace/loader/cluster';
import type { PackedSnapshot } from '../../store/snapshot-digest';

/** A cluster to read. It holds the token: nothing of it is stored, logged or answered. */
export interface ClusterRequest {
  readonly connection: ClusterConfig;
  readonly namespaces?: readonly string[];
  readonly options: MeshOptions;
  /** Whether it is followed after the first snapshot. */
  readonly watch: boolean;
  readonly quietMs: number;
  /** Until the first snapshot. */
  readonly timeoutMs: number;
}

/** What is told of a cluster. */
export type ClusterNews =
  | { readonly kind: 'snapshot'; readonly packed: PackedSnapshot }
  /** Nothing that answers depend on has changed. */
  | { readonly kind: 'unchanged' }
  /** It cannot be read for now; the reader goes on trying. */
  | { readonly kind: 'trouble'; readonly reason: string };

/** Reads a cluster until it is read, or follows it until the signal ends it. Rejects when it cannot be read at all. */
export type ClusterReader = (
  request: ClusterRequest,
  onNews: (news: ClusterNews) => void,
  signal: AbortSignal,
) => Promise<void>;
