import type { AccessRow, WorkloadRef } from '@sidetrace/core';
import type { Observed } from '../observed/observed-calls';
import { withObserved } from '../observed/with-observed';

/** Rows of one workload with what is counted; as they are when nothing is. */
export const observedRows = (
  rows: readonly AccessRow[],
  observed: Observed,
  of: { readonly workload: WorkloadRef; readonly hosts: Iterable<string> },
): readonly AccessRow[] => (observed.kind === 'counted' ? withObserved(rows, of, observed) : rows);
