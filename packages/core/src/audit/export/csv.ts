import { formatObjectRef } from '../../origin';
import type { Finding } from '../findings/finding';
import type { AuditReport, ReportHeader } from '../report/report';
import type { Locate } from './sarif';

/** A cell of RFC 4180. A leading `=`, `+`, `-`, `@`, tab or CR would be run as a formula by spreadsheets: an apostrophe in front stops that. */
export function csvCell(value: string | number): string {
  const text =
    typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const columns = [
  'level',
  'check',
  'object',
  'file',
  'line',
  'column',
  'message',
  'workloads',
  'hosts',
  'owner',
  'state',
  'waived by',
  'until',
  'fingerprint',
  // what the report rests on: in every row, since csv has no comments and rows are sorted and joined
  'source',
  'cluster',
  'istio',
  'input',
  'time',
  'sidetrace',
];

/** What a finding was found in. */
export interface FindingInput extends Pick<ReportHeader, 'input' | 'istioVersion'> {
  /** Name of the input, where there are several. */
  readonly source?: string;
  /** Name of the cluster, where it is known. */
  readonly cluster?: string;
}

interface RowContext {
  readonly header: ReportHeader;
  readonly locate: Locate;
  readonly inputOf: (finding: Finding) => FindingInput;
}

type State = readonly [string, string, string];

function row(finding: Finding, state: State, { header, locate, inputOf }: RowContext): string {
  const { source, path = '' } = finding;
  const { line, column } = source === undefined ? { line: '', column: '' } : locate(source, path);
  const { source: name = '', cluster = '', istioVersion, input } = inputOf(finding);
  return [
    finding.level,
    finding.id,
    formatObjectRef(finding.object),
    source?.file ?? '',
    line,
    column,
    finding.message,
    finding.workloads.count,
    finding.hosts.count,
    finding.owner ?? '',
    ...state,
    finding.fingerprint,
    name,
    cluster,
    istioVersion,
    input,
    header.time ?? '',
    header.toolVersion,
  ]
    .map(csvCell)
    .join(',');
}

/**
 * A row for each finding. `inputOf` says what a finding was found in, for reports on several inputs; the input of the
 * whole report when not given.
 */
export function toCsv(
  report: AuditReport,
  locate: Locate,
  inputOf: (finding: Finding) => FindingInput = () => report.header,
): string {
  const context = { header: report.header, locate, inputOf };
  return [
    columns.join(','),
    ...report.findings.map(finding => row(finding, ['open', '', ''], context)),
    ...report.expired.map(({ finding, waiver }) =>
      row(finding, ['expired', waiver.owner, waiver.expires], context),
    ),
    ...report.waived.map(({ finding, waiver }) =>
      row(finding, ['waived', waiver.owner, waiver.expires], context),
    ),
    '',
  ].join('\r\n');
}
