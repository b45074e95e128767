import { getOrMake, type WorkloadRef } from '../../mesh';
import type { AccessGroupRow, AccessMatrix } from '../matrix/group-row';
import type { WorkloadGroup } from '../matrix/workload-group';
import type { ChangedRow } from './diff';
import { changeOf } from './diff-access';
import { makeOverlaps, type Overlaps, refKey } from './overlaps';

/** Cells of one host and port that changed alike. */
export interface ChangedGroup {
  /** The workloads whose cells changed: not all of `before.group` or `after.group`. */
  readonly group: WorkloadGroup;
  readonly before: AccessGroupRow;
  readonly after: AccessGroupRow;
  readonly change: ChangedRow['change'];
}

/** What differs between two matrices, in groups. Numbers count cells. */
export interface MatrixDiff {
  readonly added: readonly AccessGroupRow[];
  readonly removed: readonly AccessGroupRow[];
  readonly changed: readonly ChangedGroup[];
  readonly unchanged: number;
}

const targetOf = ({ host, port, protocol }: AccessGroupRow) => `${host}:${port}/${protocol}`;

function byTarget(rows: Iterable<AccessGroupRow>): ReadonlyMap<string, readonly AccessGroupRow[]> {
  const index = new Map<string, AccessGroupRow[]>();
  for (const row of rows) {
    const list = index.get(targetOf(row));
    if (list === undefined) index.set(targetOf(row), [row]);
    else list.push(row);
  }
  return index;
}

interface Collected {
  readonly added: AccessGroupRow[];
  readonly removed: AccessGroupRow[];
  readonly changed: ChangedGroup[];
  unchanged: number;
}

/** The same workloads in both matrices, so that groups with one id are the same group. */
function samePopulation(before: AccessMatrix, after: AccessMatrix): boolean {
  const [a, b] = [before.workloads, after.workloads];
  return (
    a.length === b.length &&
    a.every((ref, i) => {
      const other = b[i];
      return ref === other || (other !== undefined && refKey(ref) === refKey(other));
    })
  );
}

function compare(into: Collected, before: AccessGroupRow, after: AccessGroupRow) {
  const change = changeOf(before, after);
  const { group } = after;
  if (change === undefined) into.unchanged += group.size;
  else into.changed.push({ group, before, after, change });
}

type MakeGroup = AccessMatrix['group'];

interface Matrices {
  readonly before: MakeGroup;
  readonly after: MakeGroup;
  readonly overlaps: Overlaps;
}

/** Makes the group of a list once. */
function groupOnce({ group }: AccessMatrix): MakeGroup {
  const made = new Map<readonly WorkloadRef[], WorkloadGroup>();
  return refs => getOrMake(made, refs, () => group(refs));
}

/** Rows of one target whose groups differ: each two of them for the workloads that both have. */
function compareMembers(
  into: Collected,
  old: readonly AccessGroupRow[],
  fresh: readonly AccessGroupRow[],
  { before, after, overlaps }: Matrices,
): void {
  const groupsOf = (rows: readonly AccessGroupRow[]) => rows.map(({ group }) => group);
  for (const row of fresh) {
    for (const earlier of old) {
      const refs = overlaps.common(row.group, earlier.group);
      if (refs.length === 0) continue;
      const change = changeOf(earlier, row);
      if (change === undefined) into.unchanged += refs.length;
      else into.changed.push({ group: after(refs), before: earlier, after: row, change });
    }
    const added = overlaps.left(row.group, groupsOf(old));
    if (added.length > 0) into.added.push({ ...row, group: after(added) });
  }
  for (const row of old) {
    const gone = overlaps.left(row.group, groupsOf(fresh));
    if (gone.length > 0) into.removed.push({ ...row, group: before(gone) });
  }
}

/** What changed between two matrices, in groups of workloads that changed alike. */
export function diffMatrices(before: AccessMatrix, after: AccessMatrix): MatrixDiff {
  const into: Collected = { added: [], removed: [], changed: [], unchanged: 0 };
  const matrices = {
    before: groupOnce(before),
    after: groupOnce(after),
    overlaps: makeOverlaps(),
  };
  const comparable = samePopulation(before, after);
  const old = new Map(byTarget(before.rows));
  for (const [target, fresh] of byTarget(after.rows)) {
    const earlier = old.get(target) ?? [];
    old.delete(target);
    const same = new Map(comparable ? earlier.map(row => [row.group.id, row] as const) : []);
    const rest: AccessGroupRow[] = [];
    const used = new Set<AccessGroupRow>();
    for (const row of fresh) {
      const partner = same.get(row.group.id);
      if (partner === undefined) {
        rest.push(row);
        continue;
      }
      used.add(partner);
      compare(into, partner, row);
    }
    const left = earlier.filter(row => !used.has(row));
    if (earlier.length === 0) into.added.push(...rest);
    else if (rest.length + left.length > 0) {
      compareMembers(into, left, rest, matrices);
    }
  }
  for (const rows of old.values()) into.removed.push(...rows);
  const { added, removed, changed, unchanged } = into;
  return { added, removed, changed, unchanged };
}
