import type { AccessChangeCounts } from './changes';
import type { AccessCounts, FindingCounts } from './entity-answer';
import type { AffectedWorkloads } from './named-workload';
import type { NamedCount } from './page';
import type { SourceState } from './source-state';

/** A host that became reachable for somebody. */
export interface OpenedHost {
  readonly source: string;
  /** Snapshot since which it is. */
  readonly snapshot: string;
  readonly seenAt: string;
  readonly host: string;
  readonly port: number;
  readonly workloads: AffectedWorkloads;
}

/** Answer for the overview of the mesh page. */
export interface MeshOverview {
  readonly sources: readonly SourceState[];
  readonly workloads: number;
  readonly bySidecar: readonly NamedCount[];
  readonly byOutboundMode: readonly NamedCount[];
  readonly byIstioVersion: readonly NamedCount[];
  /** Cells of the matrix. */
  readonly access: Omit<AccessCounts, 'declaredBlocked'>;
  /** Open and expired ones. */
  readonly findings: FindingCounts;
  readonly waivedFindings: number;
  /** Workloads that go around their sidecar with every call. */
  readonly bypassing: number;
  /** What the input lacks, as messages of the assumptions made. */
  readonly incomplete: readonly NamedCount[];
  /** Of the last seven days, newest first; at most 50. */
  readonly opened: readonly OpenedHost[];
  /** Changed cells of the last seven days. */
  readonly recentChanges: AccessChangeCounts;
}
