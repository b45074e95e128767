import type { Finding, ObjectRef } from '@sidetrace/core';
import type { Waiver } from '@sidetrace/core/audit';
import type { NamedWorkload } from './named-workload';
import type { NamedCount, PageInfo, PageRequest } from './page';
import type { SourceState } from './source-state';

/** `waived`: accepted, with a reason, an owner and a date; `expired`: the date has passed, so it counts as open. */
export type FindingState = 'open' | 'waived' | 'expired';

/** A finding of a source. */
export interface MeshFinding {
  readonly source: string;
  readonly finding: Finding;
  readonly state: FindingState;
  /** Present when waived or expired. */
  readonly waiver?: Waiver;
  /** Owners of the affected workloads that the catalog knows and the caller may see. */
  readonly owners: readonly string[];
}

/** One object as it is and as the fix makes it. */
export interface FixedObject {
  readonly object: ObjectRef;
  /** File and first line of its document; absent for a new object. */
  readonly place?: { readonly file: string; readonly line: number };
  /** YAML; absent for a new object. */
  readonly before?: string;
  /** YAML of the whole object, ready to apply. */
  readonly after: string;
}

/** A fix as text. */
export interface RenderedFix {
  /** Imperative sentence. */
  readonly title: string;
  readonly objects: readonly FixedObject[];
  /** All changed and new objects as one text, documents divided by `---`: can be tried in what-if. */
  readonly yaml: string;
}

/** A finding with everything about it. */
export interface FindingDetails extends MeshFinding {
  /** All of them; the finding's own list is cut. On an entity's tab only the entity's own workloads. */
  readonly workloads: readonly NamedWorkload[];
  readonly fix?: RenderedFix;
}

/** Which findings are wanted; what is left out does not filter. */
export interface FindingFilter {
  readonly source?: string;
  readonly level?: 'error' | 'warning' | 'info';
  /** Id of the check, for example `pod/not-injected`. */
  readonly check?: string;
  /** Namespace of the object. */
  readonly namespace?: string;
  /** Owner of an affected workload, as an entity reference. */
  readonly owner?: string;
  /** All states when not given. */
  readonly state?: FindingState;
  /** Part of the message, the object's name or the title, in any case. */
  readonly text?: string;
}

export type FindingsRequest = FindingFilter & PageRequest;

/** Answer for the findings of the mesh page. Open and expired ones first, worst first; waived ones last. */
export interface MeshFindings extends PageInfo {
  readonly sources: readonly SourceState[];
  readonly findings: readonly MeshFinding[];
  /** Of all findings that the filter lets through, not only of this page. */
  readonly facets: {
    readonly levels: readonly NamedCount[];
    readonly checks: readonly NamedCount[];
    readonly namespaces: readonly NamedCount[];
    readonly owners: readonly NamedCount[];
    readonly states: readonly NamedCount[];
  };
}

/** Answer for one finding of the mesh page. */
export interface MeshFindingAnswer {
  readonly source: SourceState;
  readonly details: FindingDetails;
}
