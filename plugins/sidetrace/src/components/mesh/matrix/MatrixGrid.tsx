// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot leave out the cells that are not in sight
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active cell
import {
  type KeyboardEvent,
  type MouseEvent,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import {
  drawnRange,
  gridSizes,
  indexesOf,
  moveInGrid,
  type Place,
  poolSize,
  type Range,
  scrollToCell,
} from '../../../presenters/mesh/matrix-grid';
import {
  columnName,
  type MatrixView,
  type Tile,
  tilesOf,
} from '../../../presenters/mesh/matrix-tiles';
import { GridRow, type GridWords } from './GridRow';
import styles from './MatrixGrid.module.css';

interface Props {
  readonly view: MatrixView;
  readonly name: string;
  /** Name of the column of row heads. */
  readonly corner: string;
  readonly words: GridWords;
  readonly place: Place;
  readonly onPlace: (place: Place) => void;
  /** A cell was clicked, or Enter pressed on it. */
  readonly onOpen: (place: Place) => void;
  readonly onNeed: (tiles: readonly Tile[]) => void;
}

/** Room for the horizontal scrollbar and the border. */
const scrollbar = 18;

interface Drawn {
  readonly rows: Range;
  readonly columns: Range;
  /** More than the rows and columns that are ever drawn at once in a view of this size. */
  readonly pool: { readonly rows: number; readonly columns: number };
  readonly narrow: boolean;
}

const isSame = (a: Drawn, b: Drawn) =>
  a.rows.from === b.rows.from &&
  a.rows.to === b.rows.to &&
  a.columns.from === b.columns.from &&
  a.columns.to === b.columns.to &&
  a.pool.rows === b.pool.rows &&
  a.pool.columns === b.pool.columns &&
  a.narrow === b.narrow;

function drawnPart(element: HTMLElement, view: MatrixView): Drawn {
  const { scrollLeft, scrollTop, clientWidth } = element;
  // without a layout, as before the first one, a screenful is drawn
  const height = element.clientHeight === 0 ? 600 : element.clientHeight;
  const width = clientWidth === 0 ? 1200 : clientWidth;
  return {
    rows: drawnRange(scrollTop, height, view.rowCount),
    columns: drawnRange(scrollLeft, width, view.columnCount),
    pool: { rows: poolSize(height), columns: poolSize(width) },
    narrow: clientWidth > 0 && clientWidth < 600,
  };
}

/** The part of the grid in sight: it changes in steps, so that most frames of a scroll draw nothing. */
function useDrawn(view: MatrixView) {
  const viewport = useRef<HTMLDivElement>(null);
  const [drawn, setDrawn] = useState<Drawn>({
    rows: drawnRange(0, 600, view.rowCount),
    columns: drawnRange(0, 1200, view.columnCount),
    pool: { rows: poolSize(600), columns: poolSize(1200) },
    narrow: false,
  });
  const look = () => {
    if (viewport.current === null) return;
    const next = drawnPart(viewport.current, view);
    setDrawn(before => (isSame(before, next) ? before : next));
  };
  useLayoutEffect(look, [view]);
  const rows = useMemo(() => indexesOf(drawn.rows), [drawn.rows]);
  const columns = useMemo(() => indexesOf(drawn.columns), [drawn.columns]);
  return { viewport, look, rows, columns, pool: drawn.pool, narrow: drawn.narrow };
}

/** The cell that an event happened in, by its place in the whole grid: both counts start after the heads, at 2. */
function placeOf(target: EventTarget): Place | undefined {
  const cell = target instanceof Element ? target.closest('[role=gridcell]') : null;
  const row = cell?.closest('[role=row]')?.getAttribute('aria-rowindex');
  const column = cell?.getAttribute('aria-colindex');
  if (row == null || column == null) return undefined;
  return { row: Number(row) - 2, column: Number(column) - 2 };
}

function Heads({
  view,
  columns,
  rowHead,
  corner,
}: {
  readonly view: MatrixView;
  readonly columns: readonly number[];
  readonly rowHead: number;
  readonly corner: string;
}) {
  const { cell: size, head } = gridSizes;
  const width = rowHead + view.columnCount * size;
  return (
    <div role="row" aria-rowindex={1} className={styles.head} style={{ width, height: head }}>
      <div
        role="columnheader"
        aria-colindex={1}
        className={styles.corner}
        style={{ width: rowHead, height: head }}
      >
        {corner}
      </div>
      {columns.map(column => {
        const item = view.column(column);
        const text = item === undefined ? '…' : columnName(item);
        return (
          <div
            key={column}
            role="columnheader"
            aria-colindex={column + 2}
            title={item === undefined ? '' : `${text} ${item.protocol}`}
            className={styles.columnHead}
            style={{ left: rowHead + column * size, width: size, height: head }}
          >
            <span className={styles.columnName}>{text}</span>
          </div>
        );
      })}
    </div>
  );
}

/** Grid that draws only what is in sight; arrow keys, Home and End move the active cell, Enter opens it. */
export function MatrixGrid(props: Props) {
  const { view, name, corner, words, place, onPlace, onOpen, onNeed } = props;
  const { viewport, look, rows, columns, pool, narrow } = useDrawn(view);
  const prefix = useId();
  const { cell: size, head } = gridSizes;
  const rowHead = narrow ? gridSizes.narrowRowHead : gridSizes.rowHead;
  useEffect(() => onNeed(tilesOf(rows, columns)), [rows, columns, onNeed]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      onOpen(place);
      return;
    }
    const next = moveInGrid(event.key, place, { rows: view.rowCount, columns: view.columnCount });
    const element = viewport.current;
    if (next === undefined || element === null) return;
    event.preventDefault();
    onPlace(next);
    element.scrollLeft = scrollToCell(
      next.column,
      element.scrollLeft,
      element.clientWidth - rowHead,
    );
    element.scrollTop = scrollToCell(next.row, element.scrollTop, element.clientHeight - head);
    look();
  };
  const onClick = (event: MouseEvent) => {
    const clicked = placeOf(event.target);
    if (clicked === undefined) return;
    onPlace(clicked);
    onOpen(clicked);
  };

  return (
    <div
      ref={viewport}
      role="grid"
      tabIndex={0}
      aria-label={name}
      aria-rowcount={view.rowCount + 1}
      aria-colcount={view.columnCount + 1}
      aria-activedescendant={`${prefix}-active`}
      className={styles.viewport}
      style={{ height: `min(68vh, ${head + view.rowCount * size + scrollbar}px)` }}
      onScroll={look}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      <div
        role="rowgroup"
        className={styles.canvas}
        style={{ width: rowHead + view.columnCount * size, height: head + view.rowCount * size }}
      >
        <Heads view={view} columns={columns} rowHead={rowHead} corner={corner} />
        {rows.map(row => (
          <GridRow
            key={row % pool.rows}
            {...{ view, row, columns, rowHead, words, prefix }}
            columnPool={pool.columns}
            active={row === place.row ? place.column : -1}
          />
        ))}
      </div>
    </div>
  );
}
