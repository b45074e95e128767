import { type AuditReport, type Finding, formatObjectRef } from '@sidetrace/core';
import { wrap } from './columns';
import type { TextContext } from './trace-text';

function findingLines(
  finding: Finding,
  { palette, places, width }: TextContext,
): readonly string[] {
  const { level, id, object, source, path, message, why, workloads, hosts, fix } = finding;
  const colour =
    level === 'error' ? palette.red : level === 'warning' ? palette.yellow : palette.cyan;
  const place = source === undefined ? '' : ` (${places.place(source, path)})`;
  const affects = [
    workloads.count === 0 ? '' : `${workloads.count} workload${workloads.count === 1 ? '' : 's'}`,
    hosts.count === 0 ? '' : `${hosts.count} host${hosts.count === 1 ? '' : 's'}`,
  ].filter(part => part !== '');
  return [
    `${colour(level)} ${palette.bold(id)} ${formatObjectRef(object)}${palette.dim(place)}`,
    `  ${wrap(message, width - 2, 2)}`,
    palette.dim(`  ${wrap(why, width - 2, 2)}`),
    ...(affects.length === 0 ? [] : [palette.dim(`  affects ${affects.join(', ')}`)]),
    ...(fix === undefined ? [] : [palette.green(`  fix: ${fix.title}`)]),
    '',
  ];
}

const count = (findings: readonly Finding[], level: Finding['level']) =>
  findings.filter(finding => finding.level === level).length;

/** Findings, worst first, then what was waived and what could not be checked. */
export function findingsText(report: AuditReport, context: TextContext): string {
  const { findings, expired, waived, skipped, unusedWaivers } = report;
  const open = [...expired.map(({ finding }) => finding), ...findings];
  const notes = [
    ...expired.map(
      ({ waiver }) => `waiver of ${waiver.id} for ${waiver.resource} ran out on ${waiver.expires}`,
    ),
    ...unusedWaivers.map(({ id, resource }) => `waiver of ${id} for ${resource} matches nothing`),
    ...skipped.map(
      ({ id, missing }) => `${id} did not run: the input has no ${missing.join(', ')}`,
    ),
  ];
  const summary = `${count(open, 'error')} errors, ${count(open, 'warning')} warnings, ${count(open, 'info')} notes, ${waived.length} waived`;
  return `${[...open.flatMap(finding => findingLines(finding, context)), ...notes.map(note => context.palette.dim(note)), summary].join('\n')}\n`;
}
