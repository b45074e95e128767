import type { AccessCounts, FindingCounts } from '@sidetrace/backstage-plugin-sidetrace-common';

/** Numbers of an analysis, for the history. */
export interface AnalysisCounts {
  readonly workloads: number;
  readonly access: Omit<AccessCounts, 'declaredBlocked'>;
  readonly findings: FindingCounts;
}

/** An analysis as it is stored. */
export interface PackedAnalysis {
  readonly index: Uint8Array;
  readonly parts: readonly (readonly [digest: string, content: Uint8Array])[];
  readonly counts: AnalysisCounts;
}
