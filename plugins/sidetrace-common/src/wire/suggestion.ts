import type { Call, ObjectRef, Trace } from '@sidetrace/core';
import type { BoundWorkload } from './entity-answer';
import type { SourceState } from './source-state';
import type { WhatIfEdits } from './what-if';

/** A call of an entity's workload, the first when none is named. */
export interface SuggestRequest {
  readonly workload?: string;
  /** `from` is the workload. */
  readonly call: Omit<Call, 'from'>;
}

/** A change that was tried on a copy of the mesh and makes the call succeed. */
export interface Suggestion {
  readonly title: string;
  /** Manifests to apply; empty when the change is an annotation. */
  readonly yaml: string;
  /** The same as a request for what-if. */
  readonly edits: WhatIfEdits;
  /** The call after the change. */
  readonly after: Trace;
}

/** Registered hosts that look like the one asked for. */
export interface NearbyHost {
  readonly host: string;
  readonly namespace: string;
  readonly why: 'spelling' | 'same-domain' | 'not-exported';
}

/** Answer for `how do I make this call work`. */
export interface SuggestAnswer {
  readonly workload: BoundWorkload;
  readonly source: SourceState;
  readonly trace: Trace;
  /** Empty when the call succeeds as it is, or nothing that was tried helps. */
  readonly suggestions: readonly Suggestion[];
  readonly nearHosts: readonly NearbyHost[];
  /** Objects that stand in the way, in the order of the call. */
  readonly blockedBy: readonly ObjectRef[];
}
