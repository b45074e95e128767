// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot leave out the cells that are not in sight
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active cell
import type { CellAnswer, MatrixGroup } from '@sidetrace/backstage-plugin-sidetrace-common';
import { memo } from 'react';
import { gridSizes } from '../../../presenters/mesh/matrix-grid';
import { type MatrixView, rowName } from '../../../presenters/mesh/matrix-tiles';
import styles from './MatrixGrid.module.css';
import { markClasses as marks } from './mark-classes';

/** The words of the grid, so that its cells need no translation of their own. */
export interface GridWords {
  readonly verdicts: Readonly<Record<CellAnswer['verdict'], string>>;
  readonly notJudged: string;
  readonly loading: string;
}

interface Props {
  readonly view: MatrixView;
  readonly row: number;
  readonly columns: readonly number[];
  /** More than the columns that are ever drawn at once: elements are used again for the columns that come. */
  readonly columnPool: number;
  readonly rowHead: number;
  readonly words: GridWords;
  readonly prefix: string;
  /** Column of the active cell when it is in this row, else -1. */
  readonly active: number;
}

function RowHead({ group, width }: { readonly group: MatrixGroup | undefined; width: number }) {
  return (
    <div
      role="rowheader"
      aria-colindex={1}
      title={group?.workloads.list.map(({ id }) => id).join('\n')}
      className={styles.rowHead}
      style={{ width }}
    >
      <span className={styles.rowName}>{group === undefined ? '…' : rowName(group)}</span>
      {group?.heading === undefined ? null : (
        <span className={styles.rowHeading}>{group.heading}</span>
      )}
    </div>
  );
}

/** A row of the grid: its name and the cells in sight. A click is handled by the grid, from the cell's place. */
export const GridRow = memo(function Row(props: Props) {
  const { view, row, columns, columnPool, rowHead, words, prefix, active } = props;
  const { cell: size, head } = gridSizes;
  const width = rowHead + view.columnCount * size;
  return (
    <div
      role="row"
      aria-rowindex={row + 2}
      className={styles.row}
      style={{ transform: `translateY(${head + row * size}px)`, width }}
    >
      <RowHead group={view.row(row)} width={rowHead} />
      {columns.map(column => {
        const cell = view.cell(row, column);
        const verdict = typeof cell === 'object' ? cell.verdict : undefined;
        const isActive = column === active;
        return (
          <div
            key={column % columnPool}
            id={isActive ? `${prefix}-active` : undefined}
            role="gridcell"
            aria-colindex={column + 2}
            aria-selected={isActive}
            aria-label={
              verdict === undefined
                ? words[cell === 'loading' ? 'loading' : 'notJudged']
                : words.verdicts[verdict]
            }
            className={`${styles.cell} ${verdict === undefined ? '' : marks[verdict]} ${isActive ? styles.active : ''}`}
            style={{ left: rowHead + column * size }}
          />
        );
      })}
    </div>
  );
});
