import type {
  AccessMatrix,
  MatrixCell,
  MatrixColumn,
  MatrixRow,
} from '@sidetrace/backstage-plugin-sidetrace-common';

export interface MatrixFilter {
  readonly source: string;
  readonly workloads: string;
  readonly hosts: string;
  readonly verdict: string;
}

/** The part of the matrix that fits the filters. */
export interface MatrixView {
  readonly rows: readonly MatrixRow[];
  readonly columns: readonly MatrixColumn[];
  readonly cell: (row: number, column: number) => MatrixCell | undefined;
}

const contains = (text: string, wanted: string) =>
  text.toLowerCase().includes(wanted.trim().toLowerCase());

export const rowName = ({ workload }: MatrixRow) => `${workload.namespace}/${workload.name}`;
export const columnName = ({ host, port }: MatrixColumn) => `${host === '*' ? '*' : host}:${port}`;

/** Rows and columns that have a cell left under the filters. */
export function matrixView(matrix: AccessMatrix, filter: MatrixFilter): MatrixView {
  const rowFits = matrix.rows.map(
    row =>
      (filter.source === '' || row.source === filter.source) &&
      contains(rowName(row), filter.workloads),
  );
  const columnFits = matrix.columns.map(column => contains(columnName(column), filter.hosts));
  const cells = matrix.cells.filter(
    ({ row, column, verdict }) =>
      rowFits[row] === true &&
      columnFits[column] === true &&
      (filter.verdict === '' || verdict === filter.verdict),
  );
  const rowsLeft = [...new Set(cells.map(({ row }) => row))].sort((a, b) => a - b);
  const columnsLeft = [...new Set(cells.map(({ column }) => column))].sort((a, b) => a - b);
  const byPlace = new Map(cells.map(cell => [`${cell.row} ${cell.column}`, cell] as const));
  return {
    rows: rowsLeft.flatMap(index => matrix.rows[index] ?? []),
    columns: columnsLeft.flatMap(index => matrix.columns[index] ?? []),
    cell: (row, column) => byPlace.get(`${rowsLeft[row]} ${columnsLeft[column]}`),
  };
}
