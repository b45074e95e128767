import type {
  AccessCounts,
  CellAnswer,
  FindingCounts,
  MatrixColumn,
  NamedCount,
  RenderedFix,
} from '@sidetrace/backstage-plugin-sidetrace-common';
import type {
  AccessRow,
  Assumption,
  Finding,
  Issue,
  Origin,
  WorkloadRef,
  WorkloadStatus,
} from '@sidetrace/core';
import type { SkippedRule } from '@sidetrace/core/audit';

/** What binding an entity needs to know of a workload. */
export interface IndexedWorkload {
  readonly ref: WorkloadRef;
  /** Labels of its pods. */
  readonly labels: Readonly<Record<string, string>>;
  /** Labels of its owner's manifest, where they differ. */
  readonly ownLabels?: Readonly<Record<string, string>>;
}

/** The access table without its answers, which lie in `parts`. */
export interface IndexedAccess {
  readonly columns: readonly MatrixColumn[];
  /** Sets of workloads. */
  readonly groups: readonly string[];
  /** Column, group, verdict (position in `verdicts` of core). */
  readonly rows: readonly (readonly [column: number, group: number, verdict: number])[];
  readonly classes: readonly { readonly members: string; readonly groups: readonly number[] }[];
  /** Digest of the answers of a bucket of hosts, in the order of the rows. */
  readonly parts: readonly string[];
  readonly counts: Omit<AccessCounts, 'declaredBlocked'>;
}

export interface IndexedFinding
  extends Pick<Finding, 'id' | 'fingerprint' | 'level' | 'title' | 'message' | 'object'> {
  /** Position in `sets`. */
  readonly workloads: number;
}

export interface IndexedBypass {
  readonly reason: string;
  readonly covers: string;
  readonly message: string;
  readonly origin?: Origin;
  /** Position in `sets`. */
  readonly workloads: number;
}

/** Hosts that the catalog declared for a workload at the time, and the answers for them. */
export interface IndexedDeclared {
  /** `declaredKey` of the hosts. */
  readonly key: string;
  readonly rows: readonly AccessRow[];
}

/** Everything about one mesh that views answer from, without its long texts. */
export interface AnalysisIndex {
  readonly istioVersion: string;
  readonly workloads: readonly IndexedWorkload[];
  /** Digest of the statuses of a namespace's workloads. */
  readonly statuses: Readonly<Record<string, string>>;
  readonly bySidecar: readonly NamedCount[];
  readonly byOutboundMode: readonly NamedCount[];
  readonly access: IndexedAccess;
  readonly findings: readonly IndexedFinding[];
  /** Digest of the findings of a check. */
  readonly findingParts: Readonly<Record<string, string>>;
  readonly findingCounts: FindingCounts;
  readonly bypasses: readonly IndexedBypass[];
  readonly sets: readonly string[];
  /** By `namespace/kind/name`. */
  readonly declared: Readonly<Record<string, IndexedDeclared>>;
  readonly skipped: readonly SkippedRule[];
  readonly assumptions: readonly Assumption[];
  /** The worst `issueLimit`. */
  readonly issues: readonly Issue[];
  readonly issueCount: number;
}

/** Parts by what they hold. */
export type StatusPart = readonly WorkloadStatus[];
export type AnswerPart = readonly CellAnswer[];
/** By fingerprint. */
export type FindingPart = Readonly<
  Record<string, { readonly finding: Finding; readonly fix?: RenderedFix }>
>;

const bucketCount = 32;

/** The bucket in which the answers for a host lie; it depends on the host alone, so that other hosts change other buckets. */
export function bucketOf(host: string): number {
  let hash = 0;
  for (let at = 0; at < host.length; at += 1) hash = (hash * 31 + host.charCodeAt(at)) >>> 0;
  return hash % bucketCount;
}
