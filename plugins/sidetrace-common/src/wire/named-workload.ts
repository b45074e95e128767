import type { WorkloadRef } from '@sidetrace/core';

/** A workload of a source, and what the catalog says about it as far as the caller may see. */
export interface NamedWorkload {
  /** `source/namespace/kind/name`; names the workload in URLs. */
  readonly id: string;
  readonly source: string;
  readonly ref: WorkloadRef;
  /** Entity that the workload belongs to: `component:default/web`. */
  readonly entity?: string;
  /** Owner of that entity: `group:default/shop`. */
  readonly owner?: string;
  /** System of that entity: `system:default/shop`. */
  readonly system?: string;
}

/** Workloads that something concerns. */
export interface AffectedWorkloads {
  readonly count: number;
  /** At most `affectedLimit`; the count is whole. */
  readonly list: readonly NamedWorkload[];
}

/** Longest list of workloads beside a row. */
export const affectedLimit = 20;
