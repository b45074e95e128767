import type { ExpectationReport } from '@sidetrace/core/access';
import type { Places } from '../places';
import { expectationsSummary } from './markdown';
import { locatedSentence } from './text';

type Result = ExpectationReport['results'][number];
type Kind = 'error' | 'warning';

/** GitHub shows ten annotations of a kind for each step and drops the others. */
const most = 10;

const data = (text: string) =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string) => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

function kindOf({ status, level }: Result): Kind | undefined {
  if (status === 'holds' || status === 'waived') return undefined;
  return status === 'violated' && level === 'warning' ? 'warning' : 'error';
}

/** Violated comes before what cannot be told, and more counterexamples before fewer. */
const worse = (a: Result, b: Result) =>
  Number(a.status !== 'violated') - Number(b.status !== 'violated') ||
  b.counterexamples.length - a.counterexamples.length;

function annotation(result: Result, kind: Kind, file: string, places: Places): string {
  const { id, counterexamples } = result;
  const place = counterexamples[0]?.place;
  const source = place?.kind === 'object' ? place.source : undefined;
  const where =
    place?.kind === 'object' && source !== undefined
      ? `file=${property(source.file)},line=${places.position(source, place.path).line}`
      : `file=${property(file)}`;
  return `::${kind} ${where},title=${property(id)}::${data(locatedSentence(result, places))}\n`;
}

function ofKind(results: readonly Result[], kind: Kind, file: string, places: Places): string {
  const all = results.filter(result => kindOf(result) === kind).sort(worse);
  const shown = all.length > most ? all.slice(0, most - 1) : all;
  const lines = shown.map(result => annotation(result, kind, file, places));
  const rest = all.length - shown.length;
  if (rest > 0) {
    lines.push(`::${kind} title=sidetrace::${rest} more are in the summary of the step\n`);
  }
  return lines.join('');
}

/** Workflow commands of GitHub Actions: ten annotations of a kind at most, worst first; the last says what is left out. */
export function expectationsGithub(
  report: ExpectationReport,
  file: string,
  places: Places,
): string {
  const { results } = report;
  const annotations =
    ofKind(results, 'error', file, places) + ofKind(results, 'warning', file, places);
  return `${annotations}${expectationsSummary(report)}\n`;
}
