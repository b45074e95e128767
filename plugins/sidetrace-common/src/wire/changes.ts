import type { AccessRow, Assumption, Origin } from '@sidetrace/core';
import type { MeshFinding } from './finding-view';
import type { AffectedWorkloads } from './named-workload';
import type { NamedCount } from './page';

/** What decided for several workloads: one object or default for all, or a field that each has in a manifest of its own. */
export type SharedOrigin =
  | Origin
  | { readonly kind: 'own'; readonly part: 'workload' | 'pod'; readonly path: string };

/** What a cell of the matrix says. */
export interface CellAnswer
  extends Pick<
    AccessRow,
    'verdict' | 'delivery' | 'control' | 'via' | 'reasons' | 'tlsOnTheWire' | 'symptom'
  > {
  readonly deciding: SharedOrigin;
  readonly assumptions: readonly Assumption[];
}

/**
 * `opened`: reaches now; `closed`: no longer; `path`: reaches both times by another way; `detail`: only the reasons
 * differ; `added` and `removed`: the workload or the host is new or gone.
 */
export type AccessChangeKind = 'opened' | 'closed' | 'path' | 'detail' | 'added' | 'removed';

/** One host whose answer changed, for all workloads for which it changed in the same way. */
export interface AccessChange {
  readonly source: string;
  readonly change: AccessChangeKind;
  readonly host: string;
  readonly port: number;
  readonly protocol: AccessRow['protocol'];
  /** Absent for what is new. */
  readonly before?: CellAnswer;
  /** Absent for what is gone. */
  readonly after?: CellAnswer;
  readonly workloads: AffectedWorkloads;
}

/** Changed cells, one for each workload and host. */
export type AccessChangeCounts = Readonly<Record<AccessChangeKind, number>>;

/** What two states of meshes differ in. */
export interface MeshChanges {
  readonly access: {
    readonly counts: AccessChangeCounts;
    /** Cells with the same answer. */
    readonly unchanged: number;
    /** Closed, opened, path, added, removed, detail; at most `changeLimit`. */
    readonly changes: readonly AccessChange[];
    /** Entries of the whole list. */
    readonly total: number;
    /** Changed cells by owner of the workload. */
    readonly owners: readonly NamedCount[];
  };
  readonly findings: {
    /** At most `changeLimit`. */
    readonly added: readonly MeshFinding[];
    readonly addedCount: number;
    /** At most `changeLimit`. */
    readonly removed: readonly MeshFinding[];
    readonly removedCount: number;
    readonly unchanged: number;
  };
}

/** Longest list of changes in an answer; the counts and the download are whole. */
export const changeLimit = 1000;
