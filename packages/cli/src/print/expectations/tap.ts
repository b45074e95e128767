import type { ExpectationReport } from '@sidetrace/core/access';
import { stringify } from 'yaml';
import type { Places } from '../places';
import { locatedSentence, waiverNote } from './text';

type Result = ExpectationReport['results'][number];

/** A `#` in a description would start a directive. */
const described = (text: string) => text.replace(/[\\#]/g, '\\$&').replace(/\r?\n/g, ' ');

function diagnostics(result: Result, places: Places) {
  const { status, level, counterexamples } = result;
  const sentence = locatedSentence(result, places);
  const found = counterexamples.map(({ row, fact, place }) => ({
    call: `${row.workload.namespace}/${row.workload.name} to ${row.host}:${row.port}/${row.protocol}`,
    fact,
    place: places.origin(place),
  }));
  const block = stringify({ message: sentence, severity: level, status, found }, { lineWidth: 0 });
  return `  ---\n${block.replace(/^(?=.)/gm, '  ')}  ...`;
}

function pointOf(result: Result, number: number, places: Places): readonly string[] {
  const { id, status } = result;
  const title = `${number} - ${described(id)}`;
  if (status === 'holds') return [`ok ${title}`];
  if (status === 'waived') return [`ok ${title} # SKIP ${described(waiverNote(result) ?? '')}`];
  return [`not ok ${title}`, diagnostics(result, places)];
}

/** TAP version 14 (testanything.org): a point for each expectation, waived ones skipped. */
export function expectationsTap({ results }: ExpectationReport, places: Places): string {
  const points = results.flatMap((result, at) => pointOf(result, at + 1, places));
  return `${['TAP version 14', `1..${results.length}`, ...points].join('\n')}\n`;
}
