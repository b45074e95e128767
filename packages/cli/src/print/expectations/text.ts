import type { ExpectationReport } from '@sidetrace/core/access';
import { wrap } from '../columns';
import type { Palette } from '../palette';
import type { Places } from '../places';
import type { TextContext } from '../trace-text';

type Result = ExpectationReport['results'][number];

/** What the waiver of an expectation does, when that is worth a word. */
export function waiverNote({ waiver, waiverState }: Result): string | undefined {
  if (waiver === undefined || waiverState === undefined) return undefined;
  const { until, owner, reason } = waiver;
  const who = owner === undefined ? '' : ` by ${owner}`;
  switch (waiverState) {
    case 'used':
      return `waived until ${until}${who}: ${reason}`;
    case 'expired':
      return `the waiver ran out on ${until}: ${reason}`;
    case 'unneeded':
      return `nothing needs its waiver: ${reason}`;
  }
}

const marks = new Map([
  ['holds', '✓'],
  ['waived', '-'],
  ['undetermined', '?'],
]);
const shown = 5;

/** The sentence; its last place, which core knows to the document, with the line of the field. */
export function locatedSentence({ sentence, counterexamples }: Result, places: Places): string {
  const place = counterexamples[0]?.place;
  if (place?.kind !== 'object' || place.source === undefined) return sentence;
  const { file, line } = place.source;
  const rough = `(${file}:${line})`;
  return sentence.endsWith(rough)
    ? `${sentence.slice(0, -rough.length)}(${places.place(place.source, place.path)})`
    : sentence;
}

function colourOf(status: Result['status'], palette: Palette): (text: string) => string {
  if (status === 'holds') return palette.green;
  return status === 'waived' || status === 'undetermined' ? palette.yellow : palette.red;
}

function resultLines(result: Result, { palette, places, width }: TextContext): readonly string[] {
  const { id, status, counterexamples } = result;
  const sentence = locatedSentence(result, places);
  const colour = colourOf(status, palette);
  const mark = colour(marks.get(status) ?? '✗');
  const head = wrap(`${mark} ${palette.bold(id)} ${sentence}`, width, 2);
  // a single one is in the sentence already
  const listed = counterexamples.length > 1 ? counterexamples.slice(0, shown) : [];
  const examples = listed.map(({ row, fact, place }) => {
    const { namespace, name } = row.workload;
    const call = `${namespace}/${name} → ${row.host}:${row.port}/${row.protocol}`;
    return palette.dim(wrap(`    ${call} ${fact} ← ${places.origin(place)}`, width, 6));
  });
  const rest = counterexamples.length > 1 ? counterexamples.length - examples.length : 0;
  const note = waiverNote(result);
  return [
    head,
    ...examples,
    ...(rest > 0 ? [palette.dim(`    and ${rest} more`)] : []),
    ...(note === undefined ? [] : [palette.yellow(`    ${note}`)]),
  ];
}

/** One line per expectation, with what contradicts it. */
export function expectationsText(report: ExpectationReport, context: TextContext): string {
  const { results, holds, violated, undetermined, waived } = report;
  const summary = `${holds} hold, ${violated} violated, ${undetermined} undetermined, ${waived} waived`;
  return `${[...results.flatMap(result => resultLines(result, context)), summary].join('\n')}\n`;
}
