import { type AuditReport, type Finding, formatObjectRef } from '@sidetrace/core';
import { wrap } from './columns';
import { excerpt } from './excerpt';
import type { Palette } from './palette';
import type { TextContext } from './trace-text';

function colourOfLevel(level: Finding['level'], palette: Palette): (text: string) => string {
  return level === 'error' ? palette.red : level === 'warning' ? palette.yellow : palette.cyan;
}

function sourceLines({ level, source, path }: Finding, context: TextContext): readonly string[] {
  if (source === undefined) return [];
  const { palette, places, width } = context;
  const position = places.position(source, path);
  const place = `   ${palette.dim('-->')} ${source.file}:${position.line}:${position.column}`;
  const line = places.line(source.file, position.line);
  if (line === undefined) return [place];
  return [
    place,
    ...excerpt(line, position, { palette, width, colour: colourOfLevel(level, palette) }),
  ];
}

const amount = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;
const counted = (count: number, noun: string) => (count === 0 ? [] : [amount(count, noun)]);

function noteLines(
  { why, workloads, hosts, fix, owner, evidence }: Finding,
  { palette, width }: TextContext,
) {
  const affects = [...counted(workloads.count, 'workload'), ...counted(hosts.count, 'host')];
  const note = (text: string) => `     ${palette.dim('=')} ${wrap(text, width - 7, 7)}`;
  return [
    note(why),
    ...(affects.length === 0 ? [] : [note(`affects ${affects.join(', ')}`)]),
    ...(owner === undefined ? [] : [note(`owner ${owner}`)]),
    ...(evidence === undefined
      ? []
      : [note(`${evidence.disposition}: ${evidence.command} -f ...`)]),
    ...(fix === undefined ? [] : [palette.green(note(`fix: ${fix.title}`))]),
  ];
}

function findingLines(finding: Finding, context: TextContext): readonly string[] {
  const { palette, width } = context;
  const { level, id, message } = finding;
  const head = `${colourOfLevel(level, palette)(`${level}[${id}]`)}: ${palette.bold(message)}`;
  return [
    wrap(head, width, 2),
    ...sourceLines(finding, context),
    ...noteLines(finding, context),
    '',
  ];
}

/** Findings by file and object; the group with the worst finding comes first. */
function groups(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const found = new Map<string, Finding[]>();
  for (const finding of findings) {
    const file = finding.source === undefined ? '' : `${finding.source.file}: `;
    const title = `${file}${formatObjectRef(finding.object)}`;
    const group = found.get(title);
    if (group === undefined) found.set(title, [finding]);
    else group.push(finding);
  }
  return found;
}

function groupLines(findings: readonly Finding[], context: TextContext): readonly string[] {
  return [...groups(findings)].flatMap(([title, group]) => [
    context.palette.underline(title),
    '',
    ...group.flatMap(finding => findingLines(finding, context)),
  ]);
}

const count = (findings: readonly Finding[], level: Finding['level']) =>
  findings.filter(finding => finding.level === level).length;

/** What the report rests on: input, versions, time, and what a sidecar cannot enforce. */
function headerLines({ header }: AuditReport): readonly string[] {
  const { input, istioVersion, flags, toolVersion, time, limits } = header;
  const flagged = Object.entries(flags).map(([name, value]) => `${name}=${value}`);
  const made = [
    `Istio ${[istioVersion, ...flagged].join(' ')}`,
    `sidetrace ${toolVersion}`,
    ...(input === '' ? [] : [`input ${input.slice(0, 12)}`]),
    ...(time === undefined ? [] : [time]),
  ];
  return [made.join(', '), ...limits];
}

/** Findings by object, worst first, each with its source line, then what was waived and what could not be checked. */
export function findingsText(report: AuditReport, context: TextContext): string {
  const { findings, expired, waived, skipped, unusedWaivers } = report;
  const open = [...expired.map(({ finding }) => finding), ...findings];
  const notes = [
    ...headerLines(report),
    ...report.assumptions.map(({ message }) => `taken as given: ${message}`),
    ...expired.map(
      ({ waiver }) => `waiver of ${waiver.id} for ${waiver.resource} ran out on ${waiver.expires}`,
    ),
    ...unusedWaivers.map(({ id, resource }) => `waiver of ${id} for ${resource} matches nothing`),
    ...skipped.map(
      ({ id, missing }) => `${id} did not run: the input has no ${missing.join(', ')}`,
    ),
  ];
  const summary = [
    amount(count(open, 'error'), 'error'),
    amount(count(open, 'warning'), 'warning'),
    amount(count(open, 'info'), 'note'),
    `${waived.length} waived`,
  ].join(', ');
  return `${[...groupLines(open, context), ...notes.map(note => context.palette.dim(wrap(note, context.width, 2))), summary].join('\n')}\n`;
}
