import type { Origin } from '@sidetrace/core';
import type { AffectedWorkloads } from './named-workload';
import type { NamedCount, PageInfo, PageRequest } from './page';
import type { SourceState } from './source-state';

/** Something that goes around the sidecar in the same way for these workloads. */
export interface BypassEntry {
  readonly source: string;
  /** Reason code, for example `not-injected`. */
  readonly reason: string;
  /** `every call`, `port 3306`, `10.0.0.0/8`. */
  readonly covers: string;
  readonly message: string;
  readonly origin?: Origin;
  readonly workloads: AffectedWorkloads;
}

export interface BypassFilter {
  readonly source?: string;
  readonly reason?: string;
  /** Namespace of a workload. */
  readonly namespace?: string;
  /** Owner of a workload, as an entity reference. */
  readonly owner?: string;
  /** Part of a workload's name or of the message, in any case. */
  readonly text?: string;
}

export type BypassRequest = BypassFilter & PageRequest;

/** Answer for the bypass inventory. */
export interface BypassPage extends PageInfo {
  readonly sources: readonly SourceState[];
  readonly bypasses: readonly BypassEntry[];
  /** Of all that the filter lets through; workloads are counted, not entries. */
  readonly facets: {
    readonly reasons: readonly NamedCount[];
    readonly namespaces: readonly NamedCount[];
    readonly owners: readonly NamedCount[];
  };
}
