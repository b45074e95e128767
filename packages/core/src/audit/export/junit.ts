import { formatObjectRef } from '../../origin';
import type { Finding } from '../findings/finding';
import type { AuditReport } from '../report/report';
import type { Rule } from '../rule';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Characters that XML 1.0 can hold: tab, line ends, and everything from the blank on but two. */
const isXmlCharacter = (char: string) => {
  const code = char.codePointAt(0) ?? 0;
  return code >= 0x20
    ? code !== 0xfffe && code !== 0xffff
    : code === 9 || code === 10 || code === 13;
};

/** Escapes text for XML 1.0 and drops the characters that XML cannot hold. */
export function xmlText(text: string): string {
  return [...text]
    .filter(isXmlCharacter)
    .map(char => entities[char] ?? char)
    .join('');
}

const attributes = (values: Readonly<Record<string, string | number>>) =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}="${xmlText(String(value))}"`)
    .join('');

function testCase(rule: string, finding: Finding, body: string): string {
  return `    <testcase${attributes({ classname: rule, name: formatObjectRef(finding.object) })}>${body}</testcase>`;
}

const failure = (finding: Finding) =>
  `<failure${attributes({ type: finding.level, message: finding.message })}>${xmlText(finding.why)}</failure>`;

function suite(rule: Rule, report: AuditReport): string {
  const of = <T extends { readonly finding: Finding }>(list: readonly T[]) =>
    list.filter(item => item.finding.id === rule.id);
  const open = [
    ...report.findings.filter(finding => finding.id === rule.id),
    ...of(report.expired).map(item => item.finding),
  ];
  const waived = of(report.waived);
  const missing = report.skipped.find(skipped => skipped.id === rule.id);
  const cases = [
    ...open.map(finding => testCase(rule.id, finding, failure(finding))),
    ...waived.map(({ finding, waiver }) =>
      testCase(
        rule.id,
        finding,
        `<skipped${attributes({ message: `waived until ${waiver.expires}: ${waiver.reason}` })}/>`,
      ),
    ),
    ...(missing === undefined
      ? []
      : [
          `    <testcase${attributes({ classname: rule.id, name: 'not run' })}><skipped${attributes({ message: `needs ${missing.missing.join(', ')}` })}/></testcase>`,
        ]),
  ];
  if (cases.length === 0)
    cases.push(`    <testcase${attributes({ classname: rule.id, name: 'no finding' })}/>`);
  const counts = {
    tests: cases.length,
    failures: open.length,
    skipped: waived.length + (missing === undefined ? 0 : 1),
    errors: 0,
  };
  return [
    `  <testsuite${attributes({ name: rule.id, ...counts })}>`,
    ...cases,
    '  </testsuite>',
  ].join('\n');
}

/** What the report rests on, as properties of a suite of its own. */
function headerSuite({ header }: AuditReport): string {
  const { input, istioVersion, flags, toolVersion, time, missingInputs = [], limits } = header;
  const values: readonly (readonly [string, string])[] = [
    ['input', input],
    ['istio', istioVersion],
    [
      'flags',
      Object.entries(flags)
        .map(([name, value]) => `${name}=${value}`)
        .join(' '),
    ],
    ['sidetrace', toolVersion],
    ['time', time ?? ''],
    ['missing inputs', missingInputs.join(' ')],
    ...limits.map(limit => ['limit', limit] as const),
  ];
  const counts = { name: 'report', tests: 0, failures: 0, skipped: 0, errors: 0 };
  return [
    `  <testsuite${attributes(counts)}>`,
    '    <properties>',
    ...values.map(([name, value]) => `      <property${attributes({ name, value })}/>`),
    '    </properties>',
    '  </testsuite>',
  ].join('\n');
}

/** JUnit XML: a suite per rule, a failed case per finding, waived ones skipped. */
export function toJunit(report: AuditReport, rules: readonly Rule[]): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites name="sidetrace audit">',
    headerSuite(report),
    ...rules.map(rule => suite(rule, report)),
    '</testsuites>',
    '',
  ].join('\n');
}
