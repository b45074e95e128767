import { formatObjectRef } from '../../origin';
import type { Finding } from '../findings/finding';
import type { AuditReport } from '../report/report';
import type { Level } from '../rule';
import type { Locate } from './sarif';

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const titles: Readonly<Record<Level, string>> = {
  error: 'Errors',
  warning: 'Warnings',
  info: 'Worth knowing',
};

function row(finding: Finding, locate: Locate): string {
  const { source, path = '', object, message, workloads, hosts } = finding;
  const place = source === undefined ? '' : `${source.file}:${locate(source, path).line}`;
  const radius = `${workloads.count} workloads, ${hosts.count} hosts`;
  const answers = finding.owner === undefined ? '' : `; owner ${finding.owner}`;
  return `| \`${finding.id}\` | ${cell(formatObjectRef(object))} | ${cell(place)} | ${cell(message)} | ${cell(radius + answers)} |`;
}

function section(level: Level, findings: readonly Finding[], locate: Locate): readonly string[] {
  const chosen = findings.filter(finding => finding.level === level);
  if (chosen.length === 0) return [];
  return [
    `### ${titles[level]} (${chosen.length})`,
    '',
    '| check | object | place | what | who |',
    '| --- | --- | --- | --- | --- |',
    ...chosen.map(finding => row(finding, locate)),
    '',
  ];
}

/** A comment for a pull request. */
export function toMarkdown(report: AuditReport, locate: Locate): string {
  const { findings, expired, waived, skipped, header } = report;
  const all = [...findings, ...expired.map(({ finding }) => finding)];
  const counts = (['error', 'warning', 'info'] as const).map(
    level => `${all.filter(finding => finding.level === level).length} ${level}`,
  );
  return [
    `## Egress audit: ${counts.join(', ')}`,
    '',
    ...(['error', 'warning', 'info'] as const).flatMap(level => section(level, all, locate)),
    ...(waived.length === 0 ? [] : [`${waived.length} waived.`, '']),
    ...(skipped.length === 0
      ? []
      : [
          `Not run for lack of input: ${skipped.map(rule => `\`${rule.id}\` (${rule.missing.join(', ')})`).join(', ')}.`,
          '',
        ]),
    [
      `Istio ${[header.istioVersion, ...Object.entries(header.flags).map(([name, value]) => `${name}=${value}`)].join(' ')}`,
      `sidetrace ${header.toolVersion}`,
      `input \`${header.input}\``,
      ...(header.time === undefined ? [] : [header.time]),
    ].join(', '),
    '',
    ...header.limits.map(limit => `> ${limit}`),
    '',
  ].join('\n');
}
