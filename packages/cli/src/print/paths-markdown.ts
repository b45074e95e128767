import type { TrafficPath } from '@sidetrace/core';
import { code, markdownTable, markdownText } from './markdown';

/** The six kinds of traffic: a table of answers, then the way of each case. */
export function pathsMarkdown(paths: readonly TrafficPath[]): string {
  const [first] = paths;
  if (first === undefined) return '';
  const { kind, namespace, name } = first.workload;
  const without =
    first.withoutSidecar === undefined
      ? []
      : [`no sidecar: ${markdownText(first.withoutSidecar)}`, ''];
  const cases = paths.flatMap(path => [
    '',
    `### ${path.kind}`,
    '',
    `${markdownText(path.meaning)}. ${markdownText(path.answer)}`,
    '',
    ...path.cases.map(
      item =>
        `- ${markdownText(item.title)}: ${markdownText(item.answer)} (${item.trace.disposition}) ${item.checkpoints.map(code).join(' → ')}${item.note === undefined ? '' : ` (${markdownText(item.note)})`}`,
    ),
    ...(path.note === undefined
      ? []
      : [
          '',
          `Note: ${markdownText(path.note)}`,
          '',
          `Published: ${path.published.map(code).join(' → ')}`,
        ]),
  ]);
  const table = markdownTable(
    ['kind', 'answer'],
    paths.map(path => [code(path.kind), path.answer]),
  );
  return `${[`## ${kind} ${code(`${namespace}/${name}`)}`, '', ...without, table.trimEnd(), ...cases].join('\n')}\n`;
}
