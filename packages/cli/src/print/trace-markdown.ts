import type { Step, Trace } from '@sidetrace/core';
import { code, markdownText } from './markdown';
import type { Places } from './places';
import { callTitle } from './trace-text';

function stepLine(step: Step, places: Places): string {
  const { title, detail, rule, origin, blocks, hypothetical } = step;
  const mark =
    blocks === true ? '**stops here:** ' : hypothetical === true ? '*would follow:* ' : '';
  const more = [
    ...(detail === undefined ? [] : [markdownText(detail)]),
    ...(rule === undefined ? [] : [code(rule.text)]),
  ];
  const from = origin === undefined ? '' : ` ← ${markdownText(places.origin(origin))}`;
  return `   - ${mark}${markdownText(title)}${more.length === 0 ? '' : `: ${more.join(' · ')}`}${from}`;
}

const section = (title: string, items: readonly string[]): readonly string[] =>
  items.length === 0 ? [] : ['', `**${title}**`, '', ...items.map(item => `- ${item}`)];

/** The answer first, then the hops as a numbered list with their steps; `level` is that of the heading. */
export function traceMarkdown(trace: Trace, places: Places, level = 2): string {
  const { disposition, symptom, reasons, blockers, assumptions, unmodelled, hops, istio } = trace;
  const blocked = blockers.map(
    ({ message, reason, origin }) =>
      `${markdownText(message)} ${code(reason)}${origin === undefined ? '' : ` ← ${markdownText(places.origin(origin))}`}`,
  );
  const lines = [
    `${'#'.repeat(level)} ${code(callTitle(trace.call))}`,
    '',
    `**${disposition}**: ${markdownText(symptom.summary)}`,
    ...(reasons.length === 0 ? [] : ['', `because: ${reasons.map(code).join(', ')}`]),
    '',
    ...hops.flatMap((hop, at) => [
      `${at + 1}. ${hop.hypothetical === true ? '*would follow:* ' : ''}**${markdownText(hop.title)}**`,
      ...hop.steps.map(step => stepLine(step, places)),
    ]),
    ...section('Blocked by', blocked),
    ...section(
      'Taken as given',
      assumptions.map(({ message }) => markdownText(message)),
    ),
    ...section(
      'Not modelled',
      unmodelled.map(({ message }) => markdownText(message)),
    ),
    '',
    `Istio ${istio.version}`,
  ];
  return `${lines.join('\n')}\n`;
}
