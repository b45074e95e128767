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

interface Drawn {
  readonly rows: Range;
  readonly columns: Range;
  readonly narrow: boolean;
}

const isSame = (a: Drawn, b: Drawn) =>
  a.rows.from === b.rows.from &&
  a.rows.to === b.rows.to &&
  a.columns.from === b.columns.from &&
  a.columns.to === b.columns.to &&
  a.narrow === b.narrow;

function drawnPart(element: HTMLElement, view: MatrixView): Drawn {
  const { scrollLeft, scrollTop, clientWidth, clientHeight } = element;
  return {
    // without a layout, as before the first one, a screenful is drawn
    rows: drawnRange(scrollTop, clientHeight === 0 ? 600 : clientHeight, view.rowCount),
    columns: drawnRange(scrollLeft, clientWidth === 0 ? 1200 : clientWidth, view.columnCount),
    narrow: clientWidth > 0 && clientWidth < 600,
  };
}

/** The part of the grid in sight: it changes in steps, so that most frames of a scroll draw nothing. */
function useDrawn(view: MatrixView) {
  const viewport = useRef<HTMLDivElement>(null);
  const [drawn, setDrawn] = useState<Drawn>({
    rows: drawnRange(0, 600, view.rowCount),
    columns: drawnRange(0, 1200, view.columnCount),
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
  return { viewport, look, rows, columns, narrow: drawn.narrow };
}

/** The cell that an event happened in. */
function placeOf(target: EventTarget): Place | undefined {
  const cell = target instanceof Element ? target.closest('[data-row]') : null;
  if (!(cell instanceof HTMLElement)) return undefined;
  return { row: Number(cell.dataset.row), column: Number(cell.dataset.column) };
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
  const { viewport, look, rows, columns, narrow } = useDrawn(view);
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
      aria-activedescendant={`${prefix}-${place.row}-${place.column}`}
      className={styles.viewport}
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
            key={row}
            {...{ view, row, columns, rowHead, words, prefix }}
            active={row === place.row ? place.column : -1}
          />
        ))}
      </div>
    </div>
  );
}
