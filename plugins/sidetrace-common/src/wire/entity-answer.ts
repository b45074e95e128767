import type {
  AccessRow,
  MeshSlice,
  TrafficPath,
  WorkloadRef,
  WorkloadStatus,
} from '@sidetrace/core';
import type { FindingDetails } from './finding-view';
import type { SourceState } from './source-state';

/** A workload of an entity, and the source that knows it. */
export interface BoundWorkload {
  /** `source/namespace/kind/name`; names the workload in URLs. */
  readonly id: string;
  readonly source: string;
  readonly ref: WorkloadRef;
}

/** The entity says in no way which workloads are its own. */
export interface NoAnnotation {
  readonly kind: 'no-annotation';
}

/** The annotation is there, and no workload of any source fits it. */
export interface NoMatch {
  readonly kind: 'no-match';
  readonly annotation: string;
  /** What was looked for, in words. */
  readonly lookedFor: string;
  readonly sources: readonly SourceState[];
}

/** Numbers of a workload's external access. */
export interface AccessCounts {
  readonly allowed: number;
  readonly passthrough: number;
  readonly bypass: number;
  readonly blocked: number;
  readonly mixed: number;
  readonly undetermined: number;
  /** Declared in the catalog and not reached. */
  readonly declaredBlocked: number;
}

export interface FindingCounts {
  readonly error: number;
  readonly warning: number;
  readonly info: number;
}

export interface WorkloadCard {
  readonly workload: BoundWorkload;
  readonly status: WorkloadStatus;
  readonly access: AccessCounts;
  readonly findings: FindingCounts;
}

/** Answer for the entity card. */
export type EntityCardAnswer =
  | NoAnnotation
  | NoMatch
  | {
      readonly kind: 'workloads';
      readonly cards: readonly WorkloadCard[];
      readonly sources: readonly SourceState[];
    };

/** A host that the workload may reach and the catalog does not declare for it. */
export interface UndeclaredHost {
  readonly host: string;
  readonly port: number;
  readonly protocol: AccessRow['protocol'];
}

/** Answer for the entity tab: everything about the selected workload. */
export type EntityTabAnswer =
  | NoAnnotation
  | NoMatch
  | {
      readonly kind: 'workload';
      readonly workloads: readonly BoundWorkload[];
      readonly selected: WorkloadCard;
      readonly source: SourceState;
      readonly paths: readonly TrafficPath[];
      readonly access: readonly AccessRow[];
      /** About this workload or with it among the affected; open and expired ones first, worst first. */
      readonly findings: readonly FindingDetails[];
      /** Allowed by name and not declared; empty when the entity declares no hosts. */
      readonly undeclared: readonly UndeclaredHost[];
      /** Parts of the annotation with external hosts that cannot be read. */
      readonly invalidHosts: readonly string[];
      /** Absent without the permission to simulate. */
      readonly slice?: MeshSlice;
    };
