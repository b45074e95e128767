import type { AccessDiff, AccessRow } from '@sidetrace/core';
import type { ChangedRow } from '@sidetrace/core/access';
import { accessTarget } from './access-rows';
import { columns } from './columns';
import { csvLine } from './csv';
import { code, markdownTable } from './markdown';
import { colourOf } from './palette';
import type { Places } from './places';
import type { TextContext } from './trace-text';

const who = ({ workload }: AccessRow) => `${workload.namespace}/${workload.name}`;
const verdictOf = (row: AccessRow) =>
  row.via === undefined ? row.verdict : `${row.verdict} via ${row.via}`;

interface Line {
  readonly mark: string;
  readonly row: AccessRow;
  readonly before: string;
  readonly after: string;
}

const order = ['opened', 'closed', 'path', 'detail'] as const;
const marks = { opened: 'opened', closed: 'closed', path: 'other way', detail: 'other reason' };

function changedLine({ before, after, change }: ChangedRow): Line {
  return { mark: marks[change], row: after, before: verdictOf(before), after: verdictOf(after) };
}

function linesOf(diff: AccessDiff): readonly Line[] {
  const changed = order.flatMap(change => diff.changed.filter(row => row.change === change));
  return [
    ...changed.map(changedLine),
    ...diff.added.map(row => ({ mark: 'new', row, before: '', after: verdictOf(row) })),
    ...diff.removed.map(row => ({ mark: 'gone', row, before: verdictOf(row), after: '' })),
  ];
}

export const isEmptyDiff = ({ added, removed, changed }: AccessDiff): boolean =>
  added.length + removed.length + changed.length === 0;

const summary = (diff: AccessDiff) => {
  const count = (change: ChangedRow['change']) =>
    diff.changed.filter(row => row.change === change).length;
  const parts = [
    `${count('opened')} opened`,
    `${count('closed')} closed`,
    `${count('path')} by another way`,
    `${count('detail')} for another reason`,
    `${diff.added.length} new`,
    `${diff.removed.length} gone`,
    `${diff.unchanged} unchanged`,
  ];
  return parts.join(', ');
};

/** Cells that changed, what opened first. */
export function diffText(diff: AccessDiff, { palette, places }: TextContext): string {
  if (isEmptyDiff(diff)) return `no access changes (${diff.unchanged} cells)\n`;
  const rows = linesOf(diff).map(({ mark, row, before, after }) => [
    mark === 'opened' ? palette.bold(mark) : mark,
    who(row),
    accessTarget(row),
    colourOf(before.split(' ')[0] ?? '', palette)(before),
    '→',
    colourOf(after.split(' ')[0] ?? '', palette)(after),
    palette.dim(places.origin(row.deciding)),
  ]);
  return `${columns(rows)}\n${summary(diff)}\n`;
}

export function diffMarkdown(diff: AccessDiff, places: Places): string {
  if (isEmptyDiff(diff)) return `No access changes (${diff.unchanged} cells).\n`;
  const rows = linesOf(diff).map(({ mark, row, before, after }) => [
    mark,
    code(who(row)),
    code(accessTarget(row)),
    before,
    after,
    places.origin(row.deciding),
  ]);
  const head = ['change', 'workload', 'host', 'before', 'after', 'decided by'];
  return `${summary(diff)}\n\n${markdownTable(head, rows)}`;
}

const csvHead = [
  'change',
  'id',
  'workload',
  'host',
  'port',
  'protocol',
  'before',
  'after',
  'deciding',
];

/** One line for each cell that changed. */
export function diffCsv(diff: AccessDiff, places: Places): string {
  const lines = linesOf(diff).map(({ mark, row, before, after }) =>
    csvLine([
      mark,
      row.id,
      who(row),
      row.host,
      row.port,
      row.protocol,
      before,
      after,
      places.origin(row.deciding),
    ]),
  );
  return [csvLine(csvHead), ...lines].join('');
}
