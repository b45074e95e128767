import type { AccessRow } from '@sidetrace/core';
import { columns } from './columns';
import { type CsvRow, csvLine } from './csv';
import { code, markdownTable } from './markdown';
import { colourOf } from './palette';
import type { Places } from './places';
import type { TextContext } from './trace-text';

/** Names of the columns that say where to and how it ends, in csv. */
export const answerColumns = [
  'host',
  'port',
  'protocol',
  'verdict',
  'control',
  'via',
  'reasons',
  'deciding',
  'tls',
  'symptom',
  'declared',
  'assumptions',
] as const;

const workloadText = ({ workload }: AccessRow) => `${workload.namespace}/${workload.name}`;
export const accessTarget = ({
  host,
  port,
  protocol,
}: Pick<AccessRow, 'host' | 'port' | 'protocol'>): string => `${host}:${port}/${protocol}`;

type Answered = Omit<AccessRow, 'id' | 'workload' | 'deciding'>;

/** The cells of `answerColumns`. */
export const answerCells = (row: Answered, deciding: string): CsvRow => [
  row.host,
  row.port,
  row.protocol,
  row.verdict,
  row.control,
  row.via,
  row.reasons.join(' '),
  deciding,
  row.tlsOnTheWire,
  row.symptom,
  row.declared,
  row.assumptions.map(({ code: name }) => name).join(' '),
];

/** The reasons, and the gateway on the way. */
export const because = ({ reasons, via }: Pick<AccessRow, 'reasons' | 'via'>): string =>
  via === undefined ? reasons.join(', ') : `${reasons.join(', ')} via ${via}`;

export const accessCsvRow = (row: AccessRow, places: Places): string =>
  csvLine([row.id, workloadText(row), ...answerCells(row, places.origin(row.deciding))]);

export const accessCsvHead = (): string => csvLine(['id', 'workload', ...answerColumns]);

/** In place of a table without rows. */
export const noRows = 'no rows: the input has no workload, or nothing fits the options\n';

/** One line per cell: who, where to, the verdict with the object that decided it. */
export function accessText(rows: readonly AccessRow[], context: TextContext): string {
  if (rows.length === 0) return noRows;
  const { palette, places, tableWidth } = context;
  const lines = rows.map(row => [
    workloadText(row),
    accessTarget(row),
    colourOf(row.verdict, palette)(row.verdict),
    because(row),
    palette.dim(places.origin(row.deciding)),
  ]);
  const head = ['WORKLOAD', 'HOST', 'VERDICT', 'BECAUSE', 'DECIDED BY'].map(palette.bold);
  return columns([head, ...lines], tableWidth);
}

export function accessMarkdown(rows: readonly AccessRow[], places: Places): string {
  return markdownTable(
    ['workload', 'host', 'verdict', 'because', 'decided by'],
    rows.map(row => [
      code(workloadText(row)),
      code(accessTarget(row)),
      row.verdict,
      row.reasons.join(', '),
      places.origin(row.deciding),
    ]),
  );
}

/** `12 allowed, 3 blocked`, in the order of the verdicts. */
export function countVerdicts(rows: Iterable<AccessRow>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { verdict } of rows) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  return counts;
}
