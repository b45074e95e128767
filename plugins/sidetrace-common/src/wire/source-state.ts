import type { Issue } from '@sidetrace/core';

/** A kind of input that the source does not hold, and the checks that could not run without it. */
export interface MissingInput {
  readonly input: 'workloads' | 'namespaces' | 'services' | 'network-policies' | 'declared-hosts';
  readonly checks: readonly string[];
}

/** A source of manifests as the backend last saw it. */
export interface SourceState {
  readonly id: string;
  /** Kubernetes cluster that the source stands for, when the configuration names one. */
  readonly cluster?: string;
  /** `fresh`: read without an error; `stale`: an older snapshot is shown, because of `reason`; `unread`: there is none yet. */
  readonly state: 'fresh' | 'stale' | 'unread';
  readonly reason?: string;
  /** A newer snapshot has been read and is being analysed; this answer is from the one before. */
  readonly analysing?: boolean;
  /** Content digest of the snapshot that answers. */
  readonly digest?: string;
  /** When that snapshot was last found to be current, ISO 8601. */
  readonly readAt?: string;
  readonly istioVersion?: string;
  readonly workloads: number;
  /** What was wrong or not used in the input; at most `issueLimit` of them, and only in the overview and on the entity tab. */
  readonly issues: readonly Issue[];
  readonly issueCount: number;
  /** What the input lacks, and what therefore was not checked. */
  readonly missing?: readonly MissingInput[];
  /** Why calls are not counted, where they should be; only on the entity tab and in a cell. */
  readonly uncounted?: string;
}

/** Longest list of issues in a source's state; the count is always whole. */
export const issueLimit = 50;
