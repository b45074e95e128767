import type { PackedSnapshot, SnapshotContent } from '../store/snapshot-digest';

/** One mesh as a source has just read it: its content, or that already packed elsewhere. */
export type Reading = {
  readonly id: string;
  readonly cluster?: string;
} & ({ readonly content: SnapshotContent } | { readonly packed: PackedSnapshot });

/** What a source has just found. */
export type SourceAnswer =
  /** Nothing has changed since the revision that was given. */
  | { readonly kind: 'unchanged' }
  /** All meshes of the source. `revision` stands for this state: who gives it back is told when nothing has changed. */
  | { readonly kind: 'meshes'; readonly readings: readonly Reading[]; readonly revision?: string };

/** What a source is asked. */
export interface ReadRequest {
  /** Of the meshes that are kept. */
  readonly revision?: string;
  /** Ends the reading. */
  readonly signal: AbortSignal;
}

/** What a source that is followed tells, each after the one before has been taken. */
export interface FollowRequest {
  /** Ends it. */
  readonly signal: AbortSignal;
  onAnswer(answer: SourceAnswer): Promise<void>;
  /** The source cannot be read for now; it goes on trying. */
  onFailure(error: Error): Promise<void>;
}

/** Where meshes come from. */
export interface Source {
  readonly id: string;
  /** Rejects when the whole of it cannot be read. */
  read(request: ReadRequest): Promise<SourceAnswer>;
  /** Tells of each change until the signal ends it. Sources that have this are followed, the others read on a schedule. */
  readonly follow?: (request: FollowRequest) => Promise<void>;
}
