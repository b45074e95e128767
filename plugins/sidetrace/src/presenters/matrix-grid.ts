/** Sizes of the grid in pixels. */
export const gridSizes = { cell: 36, head: 170, rowHead: 240, narrowRowHead: 130 } as const;

export interface Place {
  readonly row: number;
  readonly column: number;
}

/** Cells drawn beyond the edge of the view, so that scrolling shows no gaps. */
const margin = 4;

/** Indexes of the rows or columns in sight. */
export function visibleRange(start: number, length: number, count: number): readonly number[] {
  const first = Math.max(0, Math.floor(start / gridSizes.cell) - margin);
  const last = Math.min(count, Math.ceil((start + length) / gridSizes.cell) + margin);
  return Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index);
}

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

/** Where a key moves the active cell, as the grid pattern of WAI-ARIA says; `undefined` for other keys. */
export function moveInGrid(key: string, place: Place, size: Size): Place | undefined {
  const step = Object.hasOwn(steps, key) ? steps[key] : undefined;
  if (step === undefined) return undefined;
  const { row, column } = step(place, size);
  return { row: within(row, size.rows), column: within(column, size.columns) };
}
