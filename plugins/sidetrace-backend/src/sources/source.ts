import type { Issue, MeshOptions, RawResource } from '@sidetrace/core';
import type { PackedSnapshot } from '../store/snapshot-digest';

/** The manifests of one mesh, and what the configuration says about it. */
export interface SnapshotContent {
  readonly resources: readonly RawResource[];
  /** What could not be read. */
  readonly issues: readonly Issue[];
  readonly options: MeshOptions;
}

/** One mesh as a source has just read it: its content, or that already packed elsewhere. */
export type Reading = {
  readonly id: string;
  readonly cluster?: string;
} & ({ readonly content: SnapshotContent } | { readonly packed: PackedSnapshot });

/** Where meshes come from. Rejects when the whole of it cannot be read. */
export interface Source {
  readonly id: string;
  read(): Promise<readonly Reading[]>;
}
