import type { AccessChangeCounts, MeshChanges } from './changes';
import type { AccessCounts, FindingCounts } from './entity-answer';
import type { PageInfo, PageRequest } from './page';
import type { SourceState } from './source-state';

/** A snapshot in the history of a source: from `seenAt` until the next one it was current. */
export interface SnapshotSummary {
  /** Names the snapshot in URLs. */
  readonly id: string;
  readonly source: string;
  readonly digest: string;
  /** When it was first seen, ISO 8601. */
  readonly seenAt: string;
  readonly current: boolean;
  /** Absent while it is being analysed. */
  readonly counts?: {
    readonly workloads: number;
    readonly access: Omit<AccessCounts, 'declaredBlocked'>;
    readonly findings: FindingCounts;
  };
  /** Against the snapshot before; absent for the first. */
  readonly changes?: {
    readonly access: AccessChangeCounts;
    readonly findingsAdded: number;
    readonly findingsRemoved: number;
  };
}

export interface HistoryRequest extends PageRequest {
  readonly source?: string;
}

/** Answer for the history: snapshots of the sources, newest first. */
export interface HistoryPage extends PageInfo {
  readonly sources: readonly SourceState[];
  readonly snapshots: readonly SnapshotSummary[];
}

/** Two snapshots of the same source. */
export interface CompareRequest {
  readonly before: string;
  readonly after: string;
}

/** Answer for the comparison of two snapshots. */
export interface SnapshotComparison {
  readonly before: SnapshotSummary;
  readonly after: SnapshotSummary;
  readonly changes: MeshChanges;
}
