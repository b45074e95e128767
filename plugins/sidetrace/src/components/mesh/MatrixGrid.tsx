// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot leave out the cells that are not in sight
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active cell
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid handles the keys of its cells
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { VisuallyHidden } from '@backstage/ui';
import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from 'react';
import { gridSizes, moveInGrid, type Place, visibleRange } from '../../presenters/matrix-grid';
import { columnName, type MatrixView, rowName } from '../../presenters/matrix-view';
import { sidetraceTranslationRef } from '../../translations/translation-ref';
import { VerdictBadge } from '../shared/VerdictBadge';
import styles from './MatrixGrid.module.css';

export type { Place } from '../../presenters/matrix-grid';

interface Props {
  readonly view: MatrixView;
  readonly place: Place;
  readonly onPlace: (place: Place) => void;
}

interface RowProps extends Props {
  readonly row: number;
  readonly columns: readonly number[];
  readonly idOf: (place: Place) => string;
  readonly rowHead: number;
}

function GridRow({ view, place, onPlace, row, columns, idOf, rowHead }: RowProps) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const { cell: size, head } = gridSizes;
  const item = view.rows[row];
  if (item === undefined) return null;
  const width = rowHead + view.columns.length * size;
  return (
    <div
      role="row"
      aria-rowindex={row + 2}
      className={styles.row}
      style={{ top: head + row * size, width, height: size }}
    >
      <span
        role="rowheader"
        aria-colindex={1}
        title={item.source}
        className={styles.rowHead}
        style={{ width: rowHead, height: size, lineHeight: `${size}px` }}
      >
        {rowName(item)}
      </span>
      {columns.map(column => {
        const here = { row, column };
        const cell = view.cell(row, column);
        const isActive = place.row === row && place.column === column;
        return (
          <div
            key={column}
            id={idOf(here)}
            role="gridcell"
            aria-colindex={column + 2}
            aria-selected={isActive}
            className={`${styles.cell} ${isActive ? styles.active : ''}`}
            style={{ left: rowHead + column * size, width: size, height: size }}
            onClick={() => onPlace(here)}
          >
            {cell === undefined ? null : (
              <>
                <VerdictBadge verdict={cell.verdict} iconOnly />
                <VisuallyHidden>{t(`verdict.${cell.verdict}`)}</VisuallyHidden>
              </>
            )}
          </div>
        );
      })}
    </div>
  );
}

/** Grid that draws only what is in sight; arrow keys, Home and End move the active cell. */
export function MatrixGrid({ view, place, onPlace }: Props) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const viewport = useRef<HTMLDivElement>(null);
  const [sight, setSight] = useState({ left: 0, top: 0, width: 1200, height: 600 });
  const prefix = useId();
  const { cell: size, head } = gridSizes;
  const rowHead = sight.width < 600 ? gridSizes.narrowRowHead : gridSizes.rowHead;
  const idOf = ({ row, column }: Place) => `${prefix}-${row}-${column}`;

  const look = () => {
    const element = viewport.current;
    if (element === null) return;
    const { scrollLeft: left, scrollTop: top, clientWidth: width, clientHeight: height } = element;
    setSight({ left, top, width, height });
  };
  useLayoutEffect(look, [view]);

  const onKeyDown = (event: KeyboardEvent) => {
    const next = moveInGrid(event.key, place, {
      rows: view.rows.length,
      columns: view.columns.length,
    });
    if (next === undefined) return;
    event.preventDefault();
    onPlace(next);
    viewport.current?.scrollTo({
      left: Math.min(sight.left, next.column * size),
      top: Math.min(sight.top, next.row * size),
    });
    document.getElementById(idOf(next))?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };

  const rows = visibleRange(sight.top, sight.height, view.rows.length);
  const columns = visibleRange(sight.left, sight.width, view.columns.length);
  const width = rowHead + view.columns.length * size;
  return (
    <div
      ref={viewport}
      role="grid"
      tabIndex={0}
      aria-label={t('mesh.gridName')}
      aria-rowcount={view.rows.length + 1}
      aria-colcount={view.columns.length + 1}
      aria-activedescendant={idOf(place)}
      className={styles.viewport}
      onScroll={look}
      onKeyDown={onKeyDown}
    >
      <div
        role="rowgroup"
        className={styles.canvas}
        style={{ width, height: head + view.rows.length * size }}
      >
        <div role="row" aria-rowindex={1} className={styles.head} style={{ width, height: head }}>
          <div
            role="columnheader"
            aria-colindex={1}
            className={styles.corner}
            style={{ width: rowHead, height: head }}
          >
            <VisuallyHidden>{t('mesh.workloads')}</VisuallyHidden>
          </div>
          {columns.map(column => {
            const item = view.columns[column];
            if (item === undefined) return null;
            const name = columnName(item);
            return (
              <div
                key={column}
                role="columnheader"
                aria-colindex={column + 2}
                title={`${name} ${item.protocol}`}
                className={styles.columnHead}
                style={{ left: rowHead + column * size, width: size, height: head }}
              >
                {name}
              </div>
            );
          })}
        </div>
        {rows.map(row => (
          <GridRow key={row} {...{ view, place, onPlace, row, columns, idOf, rowHead }} />
        ))}
      </div>
    </div>
  );
}
