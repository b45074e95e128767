// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot leave out the cells that are not in sight
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active cell
import type { CellAnswer, MatrixGroup } from '@sidetrace/backstage-plugin-sidetrace-common';
import { memo } from 'react';
import { gridSizes } from '../../../presenters/mesh/matrix-grid';
import { type MatrixView, rowName } from '../../../presenters/mesh/matrix-tiles';
import { VerdictMark } from '../../shared/VerdictMark';
import styles from './MatrixGrid.module.css';

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
  const { view, row, columns, rowHead, words, prefix, active } = props;
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
        return (
          <div
            key={column}
            id={`${prefix}-${row}-${column}`}
            role="gridcell"
            aria-colindex={column + 2}
            aria-selected={column === active}
            data-row={row}
            data-column={column}
            className={column === active ? `${styles.cell} ${styles.active}` : styles.cell}
            style={{ left: rowHead + column * size }}
          >
            {verdict === undefined ? (
              <span className={styles.hidden}>
                {cell === 'loading' ? words.loading : words.notJudged}
              </span>
            ) : (
              <VerdictMark verdict={verdict} word={words.verdicts[verdict]} />
            )}
          </div>
        );
      })}
    </div>
  );
});
