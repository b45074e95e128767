import type { AccessRow, WorkloadRef } from '@sidetrace/core';
import type { MatrixColumn } from './matrix';
import type { SourceState } from './source-state';

export interface MatrixRow {
  /** `source/namespace/kind/name`. */
  readonly id: string;
  readonly source: string;
  readonly workload: WorkloadRef;
}

/** One judged pair; `row` and `column` are indexes. */
export interface MatrixCell {
  readonly row: number;
  readonly column: number;
  readonly verdict: AccessRow['verdict'];
  readonly symptom: string;
}

/** The whole matrix in one answer. @deprecated ask for pages with `SidetraceApi.matrix` */
export interface AccessMatrix {
  readonly sources: readonly SourceState[];
  readonly rows: readonly MatrixRow[];
  readonly columns: readonly MatrixColumn[];
  readonly cells: readonly MatrixCell[];
}
