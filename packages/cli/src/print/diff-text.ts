import type {
  AccessGroupRow,
  ChangedGroup,
  ChangedRow,
  MatrixDiff,
  WorkloadGroup,
} from '@sidetrace/core/access';
import { groupJson, groupOrigin, groupText, shortGroup } from './access-groups';
import { accessTarget } from './access-rows';
import { columns, wrap } from './columns';
import { csvLine } from './csv';
import { code, markdownTable } from './markdown';
import { colourOf } from './palette';
import type { Places } from './places';
import type { TextContext } from './trace-text';

const verdictOf = (row: AccessGroupRow) =>
  row.via === undefined ? row.verdict : `${row.verdict} via ${row.via}`;

interface Line {
  readonly mark: string;
  readonly group: WorkloadGroup;
  readonly row: AccessGroupRow;
  readonly before: string;
  readonly after: string;
}

const order = ['opened', 'closed', 'path', 'detail'] as const;
const marks = { opened: 'opened', closed: 'closed', path: 'other way', detail: 'other reason' };

function changedLine({ group, before, after, change }: ChangedGroup): Line {
  return {
    mark: marks[change],
    group,
    row: after,
    before: verdictOf(before),
    after: verdictOf(after),
  };
}

function linesOf(diff: MatrixDiff): readonly Line[] {
  const changed = order.flatMap(change => diff.changed.filter(row => row.change === change));
  return [
    ...changed.map(changedLine),
    ...diff.added.map(row => ({
      mark: 'new',
      group: row.group,
      row,
      before: '',
      after: verdictOf(row),
    })),
    ...diff.removed.map(row => ({
      mark: 'gone',
      group: row.group,
      row,
      before: verdictOf(row),
      after: '',
    })),
  ];
}

export const isEmptyDiff = ({ added, removed, changed }: MatrixDiff): boolean =>
  added.length + removed.length + changed.length === 0;

const cells = (items: readonly { readonly group: WorkloadGroup }[]) =>
  items.reduce((sum, { group }) => sum + group.size, 0);

/** Counts cells, whatever the number of groups. */
const summary = (diff: MatrixDiff) => {
  const count = (change: ChangedRow['change']) =>
    cells(diff.changed.filter(row => row.change === change));
  const parts = [
    `${count('opened')} opened`,
    `${count('closed')} closed`,
    `${count('path')} by another way`,
    `${count('detail')} for another reason`,
    `${cells(diff.added)} new`,
    `${cells(diff.removed)} gone`,
    `${diff.unchanged} unchanged`,
  ];
  return parts.join(', ');
};

/** Cells that changed, what opened first. */
export function diffText(diff: MatrixDiff, context: TextContext): string {
  const { palette, places, width, tableWidth } = context;
  if (isEmptyDiff(diff)) return `no access changes (${diff.unchanged} cells)\n`;
  const rows = linesOf(diff).map(({ mark, group, row, before, after }) => [
    mark === 'opened' ? palette.bold(mark) : mark,
    shortGroup(group),
    accessTarget(row),
    colourOf(before.split(' ')[0] ?? '', palette)(before),
    '→',
    colourOf(after.split(' ')[0] ?? '', palette)(after),
    palette.dim(groupOrigin(row.deciding, places)),
  ]);
  return `${columns(rows, tableWidth)}\n${wrap(summary(diff), width, 2)}\n`;
}

export function diffMarkdown(diff: MatrixDiff, places: Places): string {
  if (isEmptyDiff(diff)) return `No access changes (${diff.unchanged} cells).\n`;
  const rows = linesOf(diff).map(({ mark, group, row, before, after }) => [
    mark,
    code(groupText(group)),
    code(accessTarget(row)),
    before,
    after,
    groupOrigin(row.deciding, places),
  ]);
  const head = ['change', 'workloads', 'host', 'before', 'after', 'decided by'];
  return `${summary(diff)}\n\n${markdownTable(head, rows)}`;
}

const csvHead = [
  'change',
  'workloads',
  'count',
  'host',
  'port',
  'protocol',
  'before',
  'after',
  'deciding',
];

/** One line for each group of cells that changed. */
export function diffCsv(diff: MatrixDiff, places: Places): string {
  const lines = linesOf(diff).map(({ mark, group, row, before, after }) =>
    csvLine([
      mark,
      groupText(group),
      group.size,
      row.host,
      row.port,
      row.protocol,
      before,
      after,
      groupOrigin(row.deciding, places),
    ]),
  );
  return [csvLine(csvHead), ...lines].join('');
}

/** The difference as data; each row names its workloads by patterns. */
export function diffJson({ added, removed, changed, unchanged }: MatrixDiff) {
  return {
    added: added.map(groupJson),
    removed: removed.map(groupJson),
    changed: changed.map(({ group, before, after, change }) => ({
      change,
      workloads: group.patterns,
      count: group.size,
      before: groupJson(before),
      after: groupJson(after),
    })),
    unchanged,
  };
}
