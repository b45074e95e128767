import { formatObjectRef } from '../../origin';
import type { Finding } from '../findings/finding';
import type { AuditReport } from '../report/report';
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
];

function row(finding: Finding, locate: Locate, state: readonly [string, string, string]): string {
  const { source, path = '' } = finding;
  const { line, column } = source === undefined ? { line: '', column: '' } : locate(source, path);
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
  ]
    .map(csvCell)
    .join(',');
}

export function toCsv(report: AuditReport, locate: Locate): string {
  return [
    columns.join(','),
    ...report.findings.map(finding => row(finding, locate, ['open', '', ''])),
    ...report.expired.map(({ finding, waiver }) =>
      row(finding, locate, ['expired', waiver.owner, waiver.expires]),
    ),
    ...report.waived.map(({ finding, waiver }) =>
      row(finding, locate, ['waived', waiver.owner, waiver.expires]),
    ),
    '',
  ].join('\r\n');
}
