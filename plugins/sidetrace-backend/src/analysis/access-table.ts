import type { CellAnswer, MatrixColumn } from '@sidetrace/backstage-plugin-sidetrace-common';
import {
  type AccessOptions,
  type AccessRow,
  externalAccess,
  type Mesh,
  type WorkloadRef,
} from '@sidetrace/core';
import { encodeSet, type WorkloadSet, workloadSet } from './workload-set';

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

export const answerOf = ({
  id: _id,
  workload: _workload,
  host: _host,
  port: _port,
  protocol: _protocol,
  declared: _declared,
  ...answer
}: AccessRow): CellAnswer => answer;

/** Answers of one column, each with the workloads that have it. */
interface ColumnAnswers {
  readonly column: MatrixColumn;
  readonly answers: Map<string, { readonly answer: CellAnswer; readonly members: number[] }>;
}

function collect(rows: Iterable<AccessRow>, positions: ReadonlyMap<string, number>) {
  const columns = new Map<string, ColumnAnswers>();
  for (const row of rows) {
    const { host, port, protocol, workload } = row;
    const column = { host, port, protocol };
    const key = columnKey(column);
    const known = columns.get(key) ?? { column, answers: new Map() };
    columns.set(key, known);
    const answer = answerOf(row);
    const text = JSON.stringify(answer);
    const same = known.answers.get(text) ?? { answer, members: [] };
    known.answers.set(text, same);
    same.members.push(positions.get(refKey(workload)) ?? 0);
  }
  return [...columns.values()].sort((a, b) => compareColumns(a.column, b.column));
}

/** The access of a whole mesh. */
export function accessTable(mesh: Mesh, options: AccessOptions = {}): AccessTable {
  const workloads = mesh.workloads.map(({ ref }) => ref);
  const positions = new Map(workloads.map((ref, index) => [refKey(ref), index] as const));
  const groups = new Map<string, { readonly index: number; readonly set: WorkloadSet }>();
  const columns: MatrixColumn[] = [];
  const rows: TableRow[] = [];
  for (const { column, answers } of collect(externalAccess(mesh, options), positions)) {
    const at = columns.push(column) - 1;
    for (const { answer, members } of answers.values()) {
      const set = workloadSet(workloads.length, members);
      const key = encodeSet(set);
      const group = groups.get(key) ?? { index: groups.size, set };
      groups.set(key, group);
      rows.push({ column: at, group: group.index, answer });
    }
  }
  return { workloads, columns, groups: [...groups.values()].map(({ set }) => set), rows };
}
