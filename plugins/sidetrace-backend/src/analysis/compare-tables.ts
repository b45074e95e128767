import type {
  AccessChangeKind,
  CellAnswer,
  MatrixColumn,
} from '@sidetrace/backstage-plugin-sidetrace-common';
import { type AccessRow, diffAccess, type WorkloadRef } from '@sidetrace/core';
import { type AccessTable, columnKey, refKey, type TableRow } from './access-table';
import { countOf, intersection, membersOf, type WorkloadSet, workloadSet } from './workload-set';

/** One column whose answer changed in one way for these workloads. */
export interface TableChange {
  readonly change: AccessChangeKind;
  readonly column: MatrixColumn;
  readonly before?: CellAnswer;
  readonly after?: CellAnswer;
  readonly workloads: readonly WorkloadRef[];
}

export interface TableComparison {
  readonly changes: readonly TableChange[];
  /** Cells with the same answer. */
  readonly unchanged: number;
}

/** Both tables' groups as sets over one list of workloads. */
interface Aligned {
  readonly workloads: readonly WorkloadRef[];
  readonly before: readonly WorkloadSet[];
  readonly after: readonly WorkloadSet[];
}

function align(before: AccessTable, after: AccessTable): Aligned {
  const all = new Map<string, WorkloadRef>();
  for (const ref of [...before.workloads, ...after.workloads]) all.set(refKey(ref), ref);
  const positions = new Map([...all.keys()].map((key, index) => [key, index] as const));
  const remap = ({ workloads, groups }: AccessTable) => {
    const moved = workloads.map(ref => positions.get(refKey(ref)) ?? 0);
    return groups.map(set =>
      workloadSet(
        all.size,
        membersOf(set).map(index => moved[index] ?? 0),
      ),
    );
  };
  return { workloads: [...all.values()], before: remap(before), after: remap(after) };
}

function rowsByColumn({ columns, rows }: AccessTable): ReadonlyMap<string, readonly TableRow[]> {
  const keys = columns.map(columnKey);
  const byColumn = new Map<string, TableRow[]>();
  for (const row of rows) {
    const key = keys[row.column] ?? '';
    const list = byColumn.get(key);
    if (list === undefined) byColumn.set(key, [row]);
    else list.push(row);
  }
  return byColumn;
}

// only compared with each other; who the workload is plays no part
const someone: WorkloadRef = { kind: 'Deployment', namespace: '', name: '' };

/** A row of the kind that core compares; a shared origin is none of its business. */
const asRow = (column: MatrixColumn, { deciding: _, ...answer }: CellAnswer): AccessRow => ({
  id: 'compared',
  workload: someone,
  ...column,
  ...answer,
  deciding: { kind: 'default', default: 'compared' },
});

/** How an answer differs from an earlier one, as `diffAccess` of core judges it; `undefined` when it does not. */
export function changeBetween(
  column: MatrixColumn,
  before: CellAnswer,
  after: CellAnswer,
): AccessChangeKind | undefined {
  const { changed } = diffAccess([asRow(column, before)], [asRow(column, after)]);
  return changed[0]?.change;
}

const subtract = (set: WorkloadSet, others: readonly WorkloadSet[]): WorkloadSet =>
  others.reduce((rest, other) => rest.map((word, index) => word & ~(other[index] ?? 0)), set);

interface ColumnPair {
  readonly column: MatrixColumn;
  readonly before: readonly TableRow[];
  readonly after: readonly TableRow[];
}

function compareColumn(pair: ColumnPair, aligned: Aligned): TableComparison {
  const { column, before, after } = pair;
  const oldSets = before.map(row => aligned.before[row.group] ?? new Uint32Array());
  const newSets = after.map(row => aligned.after[row.group] ?? new Uint32Array());
  const named = (set: WorkloadSet) => membersOf(set).flatMap(at => aligned.workloads[at] ?? []);
  const changes: TableChange[] = [];
  let unchanged = 0;
  before.forEach((old, at) => {
    const oldSet = oldSets[at] ?? new Uint32Array();
    after.forEach((fresh, index) => {
      const both = intersection(oldSet, newSets[index] ?? new Uint32Array());
      const count = countOf(both);
      if (count === 0) return;
      const change = changeBetween(column, old.answer, fresh.answer);
      if (change === undefined) unchanged += count;
      else {
        const workloads = named(both);
        changes.push({ change, column, before: old.answer, after: fresh.answer, workloads });
      }
    });
    const gone = named(subtract(oldSet, newSets));
    if (gone.length > 0) {
      changes.push({ change: 'removed', column, before: old.answer, workloads: gone });
    }
  });
  after.forEach((fresh, at) => {
    const come = named(subtract(newSets[at] ?? new Uint32Array(), oldSets));
    if (come.length > 0) {
      changes.push({ change: 'added', column, after: fresh.answer, workloads: come });
    }
  });
  return { changes, unchanged };
}

/** For a host that only one side knows: what the other says of every unregistered host in that protocol. */
function unregisteredRows(
  column: MatrixColumn,
  rows: ReadonlyMap<string, readonly TableRow[]>,
  columns: readonly MatrixColumn[],
): readonly TableRow[] {
  const stand = columns.find(({ host, protocol }) => host === '*' && protocol === column.protocol);
  return stand === undefined ? [] : (rows.get(columnKey(stand)) ?? []);
}

/**
 * What changed between two tables, column by column: one item for each, so that the caller can do other things between
 * two. A host that only one of the tables knows is compared with what the other says of unregistered hosts.
 */
export function* compareTables(
  before: AccessTable,
  after: AccessTable,
): Generator<TableComparison, void> {
  const aligned = align(before, after);
  const old = rowsByColumn(before);
  const fresh = rowsByColumn(after);
  const columns = new Map(
    [...before.columns, ...after.columns].map(column => [columnKey(column), column] as const),
  );
  for (const [key, column] of columns) {
    yield compareColumn(
      {
        column,
        before: old.get(key) ?? unregisteredRows(column, old, before.columns),
        after: fresh.get(key) ?? unregisteredRows(column, fresh, after.columns),
      },
      aligned,
    );
  }
}

const order: readonly AccessChangeKind[] = [
  'closed',
  'opened',
  'path',
  'added',
  'removed',
  'detail',
];

/** Worst first. */
export const compareChanges = (a: TableChange, b: TableChange): number =>
  order.indexOf(a.change) - order.indexOf(b.change) || b.workloads.length - a.workloads.length;

/** All of a comparison at once. */
export function collectComparison(parts: Iterable<TableComparison>): TableComparison {
  const changes: TableChange[] = [];
  let unchanged = 0;
  for (const part of parts) {
    changes.push(...part.changes);
    unchanged += part.unchanged;
  }
  return { changes: changes.sort(compareChanges), unchanged };
}
