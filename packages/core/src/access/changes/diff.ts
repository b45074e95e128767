import type { AccessRow } from '../row';

/** A cell that both snapshots have, with another answer. */
export interface ChangedRow {
  readonly before: AccessRow;
  readonly after: AccessRow;
  /** `opened`: reaches now; `closed`: no longer; `path`: reaches both times by another way; `detail`: only the reasons differ. */
  readonly change: 'opened' | 'closed' | 'path' | 'detail';
}

export interface AccessDiff {
  readonly added: readonly AccessRow[];
  readonly removed: readonly AccessRow[];
  readonly changed: readonly ChangedRow[];
  readonly unchanged: number;
}
