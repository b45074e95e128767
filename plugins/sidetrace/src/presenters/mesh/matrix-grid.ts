/** Sizes of the grid in pixels. */
export const gridSizes = { cell: 36, head: 190, rowHead: 260, narrowRowHead: 130 } as const;

export interface Place {
  readonly row: number;
  readonly column: number;
}

/** Cells drawn beyond the edge of the view, so that scrolling shows no gaps. */
const margin = 4;
/** The drawn part moves in steps of so many cells: between two of them scrolling draws nothing. */
const stride = 4;

/** First and one past the last row or column that is drawn. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** The rows or columns to draw for a part of the view, rounded outwards so that it changes seldom. */
export function drawnRange(start: number, length: number, count: number): Range {
  const first = Math.floor(start / gridSizes.cell) - margin;
  const last = Math.ceil((start + length) / gridSizes.cell) + margin;
  return {
    from: Math.max(0, Math.floor(first / stride) * stride),
    to: Math.min(count, Math.ceil(last / stride) * stride),
  };
}

/** More rows or columns than are drawn at once in a view of this length. */
export const poolSize = (length: number): number =>
  Math.ceil(length / gridSizes.cell) + 2 * margin + 2 * stride + 2;

export const indexesOf = ({ from, to }: Range): readonly number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);

const steps: Readonly<Record<string, (place: Place, size: Size) => Place>> = {
  ArrowUp: ({ row, column }) => ({ row: row - 1, column }),
  ArrowDown: ({ row, column }) => ({ row: row + 1, column }),
  ArrowLeft: ({ row, column }) => ({ row, column: column - 1 }),
  ArrowRight: ({ row, column }) => ({ row, column: column + 1 }),
  Home: ({ row }) => ({ row, column: 0 }),
  End: ({ row }, { columns }) => ({ row, column: columns - 1 }),
  PageUp: ({ row, column }) => ({ row: row - 10, column }),
  PageDown: ({ row, column }) => ({ row: row + 10, column }),
};

interface Size {
  readonly rows: number;
  readonly columns: number;
}

const within = (value: number, count: number) =>
  Math.min(Math.max(value, 0), Math.max(count - 1, 0));

/** The place inside a grid of this size. */
export const placeWithin = ({ row, column }: Place, size: Size): Place => ({
  row: within(row, size.rows),
  column: within(column, size.columns),
});

/** Where a key moves the active cell, as the grid pattern of WAI-ARIA says; `undefined` for other keys. */
export function moveInGrid(key: string, place: Place, size: Size): Place | undefined {
  const step = Object.hasOwn(steps, key) ? steps[key] : undefined;
  return step === undefined ? undefined : placeWithin(step(place, size), size);
}

/** What is in sight beside the sticky heads, and the scroll offset at which the whole cell is. */
export function scrollToCell(index: number, offset: number, length: number): number {
  const start = index * gridSizes.cell;
  if (start < offset) return start;
  return Math.max(offset, start + gridSizes.cell - length);
}
