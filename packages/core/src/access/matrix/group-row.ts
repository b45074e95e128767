import type { WorkloadRef } from '../../mesh';
import type { Assumption, Origin } from '../../origin';
import type { OwnOrigin } from '../../simulation';
import type { AccessRow } from '../row';
import type { WorkloadGroup } from './workload-group';

/** What all workloads of a group may do to one host and port. */
export interface AccessGroupRow extends Omit<AccessRow, 'workload' | 'deciding' | 'assumptions'> {
  /** Digest of members, host, port and protocol. */
  readonly id: string;
  readonly group: WorkloadGroup;
  /** The object or default that decided; `own` when each member's manifest does. */
  readonly deciding: Origin | OwnOrigin;
  /** Those about a member alone, such as its address, say so without naming it. */
  readonly assumptions: readonly Assumption[];
}

/**
 * The access of a whole mesh, in groups. Iterating answers row by row, host by host; what was answered once is kept, so
 * that a second iteration is cheap.
 */
export interface AccessMatrix {
  /** The workloads that the rows are about, in the order of the mesh. */
  readonly workloads: readonly WorkloadRef[];
  /** Every workload is in exactly one group of each host, port and protocol that concerns it. */
  readonly rows: Iterable<AccessGroupRow>;
  /** One row for each workload, as `externalAccess` gives them but in the order of the hosts. */
  readonly expand: (row: AccessGroupRow) => Iterable<AccessRow>;
  /** The group of some of `workloads`, by identity. */
  readonly group: (members: readonly WorkloadRef[]) => WorkloadGroup;
}
