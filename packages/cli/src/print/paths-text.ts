import type { PathCase, TrafficPath } from '@sidetrace/core';
import { wrap } from './columns';
import { colourOf } from './palette';
import { type TextContext, traceText } from './trace-text';

const arrow = ' → ';

function caseLines(item: PathCase, context: TextContext): readonly string[] {
  const { palette, width, all } = context;
  const { disposition } = item.trace;
  const colour = colourOf(disposition, palette);
  const lines = [
    wrap(`   ${item.title}: ${item.answer} (${colour(disposition)})`, width, 5),
    wrap(`     ${item.checkpoints.join(arrow)}`, width, 7),
  ];
  if (item.note !== undefined) lines.push(palette.yellow(wrap(`     ${item.note}`, width, 5)));
  if (all)
    lines.push(
      ...traceText(item.trace, { ...context, width: width - 5 })
        .split('\n')
        .map(line => `     ${line}`.trimEnd()),
    );
  return lines;
}

function pathLines(path: TrafficPath, context: TextContext): readonly string[] {
  const { palette, width } = context;
  const lines = [
    `${palette.bold(path.kind)}  ${palette.dim(path.meaning)}`,
    `   ${palette.bold(path.answer)}`,
    ...path.cases.flatMap(item => caseLines(item, context)),
  ];
  if (path.note !== undefined) {
    lines.push(palette.yellow(wrap(`   note: ${path.note}`, width, 9)));
    lines.push(palette.dim(wrap(`   published: ${path.published.join(arrow)}`, width, 14)));
  }
  return [...lines, ''];
}

/** The six kinds of traffic, each with its cases and checkpoints. */
export function pathsText(paths: readonly TrafficPath[], context: TextContext): string {
  const [first] = paths;
  if (first === undefined) return '';
  const { palette, width } = context;
  const { kind, namespace, name } = first.workload;
  const head = [palette.bold(`${kind} ${namespace}/${name}`)];
  if (first.withoutSidecar !== undefined) {
    head.push(palette.yellow(wrap(`no sidecar: ${first.withoutSidecar}`, width, 2)));
  }
  return `${[...head, '', ...paths.flatMap(path => pathLines(path, context))].join('\n')}`;
}
