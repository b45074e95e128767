import type { ExpectationReport } from '@sidetrace/core/access';
import type { Places } from '../places';
import { locatedSentence, waiverNote } from './text';

type Result = ExpectationReport['results'][number];

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
    locatedSentence(result, places),
    ...result.counterexamples.map(({ fact, place }) => `${fact} ${places.origin(place)}`),
  ].join('\n');
  const reason = waiverNote(result) ?? '';
  if (result.status === 'waived') return `${open}><skipped message="${xml(reason)}"/></testcase>`;
  const element = result.status === 'undetermined' ? 'error' : 'failure';
  return `${open}><${element} message="${xml(locatedSentence(result, places))}">${xml(text)}</${element}></testcase>`;
}

/** JUnit: violated is a failure, undetermined an error, waived skipped. */
export function expectationsJunit(report: ExpectationReport, places: Places): string {
  const { results, undetermined, waived, holds } = report;
  const failures = results.length - holds - undetermined - waived;
  const counts = `tests="${results.length}" failures="${failures}" errors="${undetermined}" skipped="${waived}"`;
  const cases = results.map(result => `  ${caseOf(result, places)}`);
  return `${['<?xml version="1.0" encoding="UTF-8"?>', `<testsuite name="sidetrace" ${counts}>`, ...cases, '</testsuite>'].join('\n')}\n`;
}
