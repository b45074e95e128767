import type { ExpectationReport } from '@sidetrace/core/access';
import { wrap } from './columns';
import type { Palette } from './palette';
import type { Places } from './places';
import type { TextContext } from './trace-text';

type Result = ExpectationReport['results'][number];

const marks = new Map([
  ['holds', '✓'],
  ['waived', '-'],
  ['undetermined', '?'],
]);
const shown = 5;

function colourOf(status: Result['status'], palette: Palette): (text: string) => string {
  if (status === 'holds') return palette.green;
  return status === 'waived' || status === 'undetermined' ? palette.yellow : palette.red;
}

function resultLines(result: Result, { palette, places, width }: TextContext): readonly string[] {
  const { id, status, sentence, counterexamples } = result;
  const colour = colourOf(status, palette);
  const head = `${colour(marks.get(status) ?? '✗')} ${palette.bold(id)} ${wrap(sentence, width - 4 - id.length, 2)}`;
  const examples = counterexamples.slice(0, shown).map(({ row, fact, place }) => {
    const { namespace, name } = row.workload;
    const call = `${namespace}/${name} → ${row.host}:${row.port}/${row.protocol}`;
    return palette.dim(`    ${call} ${fact} ← ${places.origin(place)}`);
  });
  const rest = counterexamples.length - examples.length;
  return rest > 0 ? [head, ...examples, palette.dim(`    and ${rest} more`)] : [head, ...examples];
}

/** One line per expectation, with what contradicts it. */
export function expectationsText(report: ExpectationReport, context: TextContext): string {
  const { results, holds, violated, undetermined, waived } = report;
  const summary = `${holds} hold, ${violated} violated, ${undetermined} undetermined, ${waived} waived`;
  return `${[...results.flatMap(result => resultLines(result, context)), summary].join('\n')}\n`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};
const xml = (text: string) =>
  text
    .replace(/[&<>"]/g, char => entities[char] ?? char)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has no place for them
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '');

function caseOf(result: Result, places: Places): string {
  const open = `<testcase classname="expectations" name="${xml(result.id)}"`;
  if (result.status === 'holds') return `${open}/>`;
  const text = [
    result.sentence,
    ...result.counterexamples.map(({ fact, place }) => `${fact} ${places.origin(place)}`),
  ].join('\n');
  if (result.status === 'waived') return `${open}><skipped message="${xml(text)}"/></testcase>`;
  const element = result.status === 'undetermined' ? 'error' : 'failure';
  return `${open}><${element} message="${xml(result.sentence)}">${xml(text)}</${element}></testcase>`;
}

/** JUnit: violated is a failure, undetermined an error, waived skipped. */
export function expectationsJunit(report: ExpectationReport, places: Places): string {
  const { results, undetermined, waived, holds } = report;
  const failures = results.length - holds - undetermined - waived;
  const counts = `tests="${results.length}" failures="${failures}" errors="${undetermined}" skipped="${waived}"`;
  const cases = results.map(result => `  ${caseOf(result, places)}`);
  return `${['<?xml version="1.0" encoding="UTF-8"?>', `<testsuite name="sidetrace" ${counts}>`, ...cases, '</testsuite>'].join('\n')}\n`;
}
