import type { Origin } from '@sidetrace/core';
import type { AccessGroupRow, OwnOrigin, WorkloadGroup } from '@sidetrace/core/access';
import { accessTarget, answerCells, answerColumns, because, noRows } from './access-rows';
import { columns } from './columns';
import { csvLine } from './csv';
import { code, markdownCell } from './markdown';
import { colourOf } from './palette';
import type { Places } from './places';
import type { TextContext } from './trace-text';

/** Patterns of a group in one cell. Names of Kubernetes hold no spaces. */
export const groupText = ({ patterns }: WorkloadGroup): string => patterns.join(' ');

const shown = 3;

/** For people: the first few patterns and how many workloads the group has. */
export function shortGroup({ patterns, size }: WorkloadGroup): string {
  const rest = patterns.length - shown;
  const text = patterns.slice(0, shown).join(' ');
  return rest > 0 ? `${text} and ${rest} more (${size} workloads)` : text;
}

const partNames = { workload: "the workload's own manifest", pod: 'the pod itself' };

export function groupOrigin(origin: Origin | OwnOrigin, places: Places): string {
  if (origin.kind !== 'own') return places.origin(origin);
  return origin.path === '' ? partNames[origin.part] : `${partNames[origin.part]} ${origin.path}`;
}

/** In csv, one row for each group and target. */
export const groupCsvHead = (): string => csvLine(['id', 'workloads', 'count', ...answerColumns]);

export function groupCsvRow(row: AccessGroupRow, places: Places): string {
  const { size } = row.group;
  const deciding = groupOrigin(row.deciding, places);
  return csvLine([row.id, groupText(row.group), size, ...answerCells(row, deciding)]);
}

/** A row as JSON says it: the group by its patterns. */
export function groupJson({ group, ...row }: AccessGroupRow) {
  return { workloads: group.patterns, count: group.size, ...row };
}

/** One line per group and host. */
export function groupsText(rows: readonly AccessGroupRow[], context: TextContext): string {
  if (rows.length === 0) return noRows;
  const { palette, places, tableWidth } = context;
  const lines = rows.map(row => [
    accessTarget(row),
    shortGroup(row.group),
    colourOf(row.verdict, palette)(row.verdict),
    because(row),
    palette.dim(groupOrigin(row.deciding, places)),
  ]);
  const head = ['HOST', 'WORKLOADS', 'VERDICT', 'BECAUSE', 'DECIDED BY'].map(palette.bold);
  return columns([head, ...lines], tableWidth);
}

const markdownLine = (cells: readonly string[]) => `| ${cells.map(markdownCell).join(' | ')} |\n`;

export function groupMarkdownHead(): string {
  const head = ['host', 'workloads', 'verdict', 'because', 'decided by'];
  return markdownLine(head) + markdownLine(head.map(() => '---'));
}

export function groupMarkdownRow(row: AccessGroupRow, places: Places): string {
  return markdownLine([
    code(accessTarget(row)),
    code(groupText(row.group)),
    row.verdict,
    row.reasons.join(', '),
    groupOrigin(row.deciding, places),
  ]);
}
