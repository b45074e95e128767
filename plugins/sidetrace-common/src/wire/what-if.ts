import type { AccessRow, Issue, ObjectRef, WorkloadRef } from '@sidetrace/core';
import type { MeshChanges } from './changes';
import type { BoundWorkload } from './entity-answer';
import type { SourceState } from './source-state';

/** Edits to try on a copy of a mesh; at least one. */
export interface WhatIfEdits {
  /** Mesh-wide outbound mode. */
  readonly outboundMode?: 'REGISTRY_ONLY' | 'ALLOW_ANY' | 'ALLOW_ANY_DYNAMIC_DNS';
  /** YAML or JSON of objects that are added or replaced; at most `whatIfTextLimit` characters. */
  readonly apply?: string;
  /** YAML or JSON of objects that are removed: only their kind and name count. At most `whatIfTextLimit` characters. */
  readonly removeYaml?: string;
  /** Objects that are removed; at most 1000. */
  readonly remove?: readonly ObjectRef[];
  /** Annotations of pod templates; without a value they are taken away. At most 1000. */
  readonly annotate?: readonly {
    readonly workload: WorkloadRef;
    readonly annotation: string;
    readonly value?: string;
  }[];
}

/** Longest text of manifests to try. */
export const whatIfTextLimit = 1_000_000;

/** Edits on one mesh; on every mesh when no source is named, which only settings and removals can be. */
export interface MeshWhatIfRequest extends WhatIfEdits {
  readonly source?: string;
}

/** Edits on the mesh of one of an entity's workloads, the first when none is named. */
export interface EntityWhatIfRequest extends WhatIfEdits {
  readonly workload?: string;
}

/** Something in the edits that is wrong or was not used. */
export interface EditIssue extends Issue {
  /** Which member of the request. */
  readonly edit: 'apply' | 'removeYaml' | 'settings';
  /** In that text, from 1. */
  readonly line?: number;
  readonly column?: number;
}

/** Answer for what-if on the mesh page. */
export interface MeshWhatIfAnswer {
  /** The meshes that the edits were tried on. */
  readonly sources: readonly SourceState[];
  readonly changes: MeshChanges;
  readonly issues: readonly EditIssue[];
}

/** Answer for what-if on an entity's tab: changes of this workload only. */
export interface EntityWhatIfAnswer {
  readonly workload: BoundWorkload;
  readonly source: SourceState;
  readonly changes: MeshChanges;
  /** All of the workload's rows as they would be. */
  readonly access: readonly AccessRow[];
  readonly issues: readonly EditIssue[];
  /** Cells of other workloads that would change as well; absent without the permission to see the mesh. */
  readonly elsewhere?: number;
}
