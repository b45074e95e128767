import type {
  CellAnswer,
  MatrixColumn,
  MatrixGroup,
  MatrixPage,
} from '@sidetrace/backstage-plugin-sidetrace-common';

/** Rows and columns that are asked for at once. */
export const tileSize = { rows: 100, columns: 200 } as const;

/** A part of the matrix that is asked for at once, by its first row and column. */
export interface Tile {
  readonly offset: number;
  readonly columnOffset: number;
}

export const tileKey = ({ offset, columnOffset }: Tile) => `${offset} ${columnOffset}`;

/** The matrix as far as it has been loaded. */
export interface MatrixView {
  readonly rowCount: number;
  readonly columnCount: number;
  /** `undefined` while it is on its way. */
  readonly row: (index: number) => MatrixGroup | undefined;
  readonly column: (index: number) => MatrixColumn | undefined;
  /** `undefined` where nothing was judged. */
  readonly cell: (row: number, column: number) => CellAnswer | 'loading' | undefined;
}

const startOf = (index: number, size: number) => Math.floor(index / size) * size;

const tileOf = (row: number, column: number): Tile => ({
  offset: startOf(row, tileSize.rows),
  columnOffset: startOf(column, tileSize.columns),
});

/** The tiles that a part of the matrix is in. */
export function tilesOf(rows: readonly number[], columns: readonly number[]): readonly Tile[] {
  const [firstRow = 0, lastRow = 0] = [rows[0], rows.at(-1)];
  const [firstColumn = 0, lastColumn = 0] = [columns[0], columns.at(-1)];
  const tiles: Tile[] = [];
  for (let row = startOf(firstRow, tileSize.rows); row <= lastRow; row += tileSize.rows) {
    for (
      let column = startOf(firstColumn, tileSize.columns);
      column <= lastColumn;
      column += tileSize.columns
    ) {
      tiles.push(tileOf(row, column));
    }
  }
  return tiles;
}

/** Tiles as one matrix. `first` says how large it is. */
export function matrixView(first: MatrixPage, tiles: ReadonlyMap<string, MatrixPage>): MatrixView {
  const anyOf = (pick: (page: MatrixPage) => boolean) => [...tiles.values()].find(pick);
  const at = (row: number, column: number) => tiles.get(tileKey(tileOf(row, column)));
  return {
    rowCount: first.total,
    columnCount: first.columnTotal,
    row: index =>
      (at(index, 0) ?? anyOf(({ offset }) => offset === startOf(index, tileSize.rows)))?.groups[
        index % tileSize.rows
      ],
    column: index =>
      (
        at(0, index) ??
        anyOf(({ columnOffset }) => columnOffset === startOf(index, tileSize.columns))
      )?.columns[index % tileSize.columns],
    cell: (row, column) => {
      const page = at(row, column);
      if (page === undefined) return 'loading';
      const cells = page.groups[row % tileSize.rows]?.cells;
      return page.answers[cells?.[column % tileSize.columns] ?? -1];
    },
  };
}

/** `shop/web`, and how many more workloads answer like it. */
export function rowName({ workloads }: MatrixGroup): string {
  const [first] = workloads.list;
  const name = first === undefined ? '' : `${first.ref.namespace}/${first.ref.name}`;
  return workloads.count > 1 ? `${name} +${workloads.count - 1}` : name;
}

export const columnName = ({ host, port }: MatrixColumn) => `${host}:${port}`;
