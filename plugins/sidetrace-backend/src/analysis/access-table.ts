import type { CellAnswer, MatrixColumn } from '@sidetrace/backstage-plugin-sidetrace-common';
import type { AccessOptions, Mesh, WorkloadRef } from '@sidetrace/core';
import { type AccessGroupRow, accessMatrix } from '@sidetrace/core/access';
import { type WorkloadSet, workloadSet } from './workload-set';

/** One answer for one column and all workloads of a group. */
export interface TableRow {
  readonly column: number;
  readonly group: number;
  readonly answer: CellAnswer;
}

/**
 * The access of a mesh, by groups of workloads that share an answer: its size follows the number of distinct answers,
 * not of workloads × hosts. Every workload is in at most one group of each column.
 */
export interface AccessTable {
  readonly workloads: readonly WorkloadRef[];
  readonly columns: readonly MatrixColumn[];
  readonly groups: readonly WorkloadSet[];
  readonly rows: readonly TableRow[];
}

export const columnKey = ({ host, port, protocol }: MatrixColumn): string =>
  `${host}:${port}/${protocol}`;

export const refKey = ({ kind, namespace, name }: WorkloadRef): string =>
  `${namespace}/${kind}/${name}`;

const compareColumns = (a: MatrixColumn, b: MatrixColumn) =>
  a.host === b.host ? a.port - b.port : a.host < b.host ? -1 : 1;

const answerOf = ({
  id: _id,
  group: _group,
  host: _host,
  port: _port,
  protocol: _protocol,
  declared: _declared,
  ...answer
}: AccessGroupRow): CellAnswer => answer;

/** The access of a whole mesh. */
export function accessTable(mesh: Mesh, options: AccessOptions = {}): AccessTable {
  const workloads = mesh.workloads.map(({ ref }) => ref);
  const positions = new Map(workloads.map((ref, index) => [refKey(ref), index] as const));
  const groups = new Map<string, { readonly index: number; readonly set: WorkloadSet }>();
  const columns = new Map<string, MatrixColumn>();
  const found: { readonly key: string; readonly group: number; readonly answer: CellAnswer }[] = [];
  for (const row of accessMatrix(mesh, options).rows) {
    const { host, port, protocol, group } = row;
    const column = { host, port, protocol };
    const key = columnKey(column);
    columns.set(key, column);
    const members = () => group.members.flatMap(ref => positions.get(refKey(ref)) ?? []);
    const known = groups.get(group.id) ?? {
      index: groups.size,
      set: workloadSet(workloads.length, members()),
    };
    groups.set(group.id, known);
    found.push({ key, group: known.index, answer: answerOf(row) });
  }
  const sorted = [...columns.values()].sort(compareColumns);
  const columnOf = new Map(sorted.map((column, index) => [columnKey(column), index] as const));
  const rows = found
    .map(({ key, group, answer }) => ({ column: columnOf.get(key) ?? 0, group, answer }))
    .sort((a, b) => a.column - b.column);
  return { workloads, columns: sorted, groups: [...groups.values()].map(({ set }) => set), rows };
}
