import type { ExpectationReport } from '@sidetrace/core/access';
import { code, markdownTable } from '../markdown';
import type { Places } from '../places';
import { locatedSentence, waiverNote } from './text';

type Result = ExpectationReport['results'][number];

const words: Readonly<Record<Result['status'], string>> = {
  holds: '✓ holds',
  violated: '✗ violated',
  undetermined: '? undetermined',
  waived: '- waived',
  'nothing-matched': '✗ nothing matched',
};
const shown = 20;

function details(result: Result, places: Places): readonly string[] {
  const { id, counterexamples, status } = result;
  if (status === 'holds' || counterexamples.length === 0) return [];
  const rows = counterexamples
    .slice(0, shown)
    .map(({ row, pod, fact, place }) => [
      code(`${row.workload.namespace}/${pod}`),
      code(`${row.host}:${row.port}/${row.protocol}`),
      fact,
      places.origin(place),
    ]);
  const rest = counterexamples.length - rows.length;
  return [
    `\n### ${id}\n\n`,
    markdownTable(['pod', 'destination', 'fact', 'decided by'], rows),
    ...(rest > 0 ? [`\nand ${rest} more\n`] : []),
  ];
}

export const expectationsSummary = (report: ExpectationReport): string =>
  `${report.holds} hold, ${report.violated} violated, ${report.undetermined} undetermined, ${report.waived} waived`;

/** A table of the expectations, and one of what contradicts each. */
export function expectationsMarkdown(report: ExpectationReport, places: Places): string {
  const rows = report.results.map(result => {
    const note = waiverNote(result);
    const sentence = locatedSentence(result, places);
    return [
      words[result.status],
      code(result.id),
      note === undefined ? sentence : `${sentence} (${note})`,
    ];
  });
  return [
    `## Expectations: ${expectationsSummary(report)}\n\n`,
    markdownTable(['result', 'expectation', 'what was found'], rows),
    ...report.results.flatMap(result => details(result, places)),
  ].join('');
}
