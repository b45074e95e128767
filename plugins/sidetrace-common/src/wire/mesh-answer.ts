import type { AccessRow, Finding, WorkloadRef } from '@sidetrace/core';
import type { AccessCounts, FindingCounts } from './entity-answer';
import type { SourceState } from './source-state';

/** Workloads by something, largest first. */
export interface NamedCount {
  readonly name: string;
  readonly count: number;
}

/** Answer for the overview of the mesh page. */
export interface MeshOverview {
  readonly sources: readonly SourceState[];
  readonly workloads: number;
  readonly bySidecar: readonly NamedCount[];
  readonly byOutboundMode: readonly NamedCount[];
  readonly access: Omit<AccessCounts, 'declaredBlocked'>;
  readonly findings: FindingCounts;
  /** What the input lacks, as messages of the assumptions made. */
  readonly incomplete: readonly NamedCount[];
}

/** A host and port that some workload was judged against. */
export interface MatrixColumn {
  readonly host: string;
  readonly port: number;
  readonly protocol: AccessRow['protocol'];
}

export interface MatrixRow {
  /** `source/namespace/kind/name`. */
  readonly id: string;
  readonly source: string;
  readonly workload: WorkloadRef;
  /** Entity that this workload belongs to, when the caller may see one: `component:default/web`. */
  readonly entity?: string;
}

/** One judged pair; `row` and `column` are indexes. */
export interface MatrixCell {
  readonly row: number;
  readonly column: number;
  readonly verdict: AccessRow['verdict'];
  readonly symptom: string;
}

/** Answer for the access matrix: sparse, because workloads of different sources share no hosts. */
export interface AccessMatrix {
  readonly sources: readonly SourceState[];
  readonly rows: readonly MatrixRow[];
  readonly columns: readonly MatrixColumn[];
  readonly cells: readonly MatrixCell[];
}

/** Answer for the findings of the mesh page. */
export interface MeshFindings {
  readonly sources: readonly SourceState[];
  readonly findings: readonly { readonly source: string; readonly finding: Finding }[];
}
