import type { WorkloadRef } from '../../mesh';
import type { AccessGroupRow, AccessMatrix } from '../matrix/group-row';
import type { WorkloadGroup } from '../matrix/workload-group';
import type { ChangedRow } from './diff';
import { changeOf } from './diff-access';

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

const keyOf = ({ kind, namespace, name }: WorkloadRef) => `${kind} ${namespace}/${name}`;
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
      return ref === other || (other !== undefined && keyOf(ref) === keyOf(other));
    })
  );
}

function compare(
  into: Collected,
  before: AccessGroupRow,
  after: AccessGroupRow,
  group = after.group,
) {
  const change = changeOf(before, after);
  if (change === undefined) into.unchanged += group.size;
  else into.changed.push({ group, before, after, change });
}

/** Rows of one target whose groups differ, workload by workload. */
function compareMembers(
  into: Collected,
  old: readonly AccessGroupRow[],
  fresh: readonly AccessGroupRow[],
  matrices: { readonly before: AccessMatrix; readonly after: AccessMatrix },
): void {
  const earlier = new Map<string, { readonly row: AccessGroupRow; readonly ref: WorkloadRef }>();
  for (const row of old) for (const ref of row.group.members) earlier.set(keyOf(ref), { row, ref });
  const pairs = new Map<AccessGroupRow | undefined, WorkloadRef[]>();
  for (const row of fresh) {
    pairs.clear();
    for (const ref of row.group.members) {
      const found = earlier.get(keyOf(ref));
      earlier.delete(keyOf(ref));
      const list = pairs.get(found?.row);
      if (list === undefined) pairs.set(found?.row, [ref]);
      else list.push(ref);
    }
    for (const [before, refs] of pairs) {
      const group = matrices.after.group(refs);
      if (before === undefined) into.added.push({ ...row, group });
      else compare(into, before, row, group);
    }
  }
  const gone = new Map<AccessGroupRow, WorkloadRef[]>();
  for (const { row, ref } of earlier.values()) {
    const list = gone.get(row);
    if (list === undefined) gone.set(row, [ref]);
    else list.push(ref);
  }
  for (const [row, refs] of gone) into.removed.push({ ...row, group: matrices.before.group(refs) });
}

/** What changed between two matrices, in groups of workloads that changed alike. */
export function diffMatrices(before: AccessMatrix, after: AccessMatrix): MatrixDiff {
  const into: Collected = { added: [], removed: [], changed: [], unchanged: 0 };
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
      compareMembers(into, left, rest, { before, after });
    }
  }
  for (const rows of old.values()) into.removed.push(...rows);
  const { added, removed, changed, unchanged } = into;
  return { added, removed, changed, unchanged };
}
