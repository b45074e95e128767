import type { FindingFilter, MeshFinding } from '@sidetrace/backstage-plugin-sidetrace-common';
import type { Finding, SourceRef } from '@sidetrace/core';
import { type AuditReport, limits, rules, toCsv, toMarkdown, toSarif } from '@sidetrace/core/audit';
import packageJson from '../../package.json';
import { answering } from '../services/analyses';
import { filterFindings, meshFinding } from '../views/findings';
import type { ViewContext } from '../views/view-context';

/** Equal findings of two sources share an object in memory: here each is one of its own, and so is its place. */
function apart(item: MeshFinding): MeshFinding {
  const { source } = item.finding;
  const own = source === undefined ? {} : { source: { ...source } };
  return { ...item, finding: { ...item.finding, ...own } };
}

/** Places of the fields; where the snapshot does not keep the text, the document's first line is what is known. */
function locating(findings: readonly MeshFinding[]) {
  const positions = new Map(
    findings.map(({ finding: { source, position } }) => [source, position] as const),
  );
  return (source: SourceRef) => positions.get(source) ?? { line: source.line, column: 1 };
}

const waivedOf = (findings: readonly MeshFinding[], state: MeshFinding['state']) =>
  findings.flatMap(item =>
    item.state === state && item.waiver !== undefined
      ? [{ finding: item.finding, waiver: item.waiver }]
      : [],
  );

/** The snapshot that each finding was found in: the same finding may be in several. */
function inputsOf(findings: readonly MeshFinding[], context: ViewContext) {
  const inputs = new Map(
    answering(context.meshes).map(({ source, loaded }) => [
      source.id,
      {
        source: source.id,
        ...(source.cluster === undefined ? {} : { cluster: source.cluster }),
        input: source.answerDigest ?? '',
        istioVersion: loaded.index.istioVersion,
      },
    ]),
  );
  const sourceOf = new Map(findings.map(({ finding, source }) => [finding, source] as const));
  return (finding: Finding) =>
    inputs.get(sourceOf.get(finding) ?? '') ?? { input: '', istioVersion: '' };
}

function reportOf(
  findings: readonly MeshFinding[],
  context: ViewContext,
  filter: FindingFilter,
): AuditReport {
  const meshes = answering(context.meshes).filter(
    ({ source }) => filter.source === undefined || filter.source === source.id,
  );
  return {
    schema: 'sidetrace.dev/audit/v1',
    header: {
      input: meshes.map(({ source }) => source.answerDigest ?? '').join(' '),
      istioVersion: [...new Set(meshes.map(({ loaded }) => loaded.index.istioVersion))].join(' '),
      flags: {},
      toolVersion: packageJson.version,
      time: context.now.toISOString(),
      limits,
    },
    findings: findings.flatMap(({ state, finding }) => (state === 'open' ? [finding] : [])),
    waived: waivedOf(findings, 'waived'),
    expired: waivedOf(findings, 'expired'),
    unusedWaivers: [],
    skipped: meshes.flatMap(({ loaded }) => loaded.index.skipped),
    assumptions: meshes.flatMap(({ loaded }) => loaded.index.assumptions),
  };
}

/** The findings as text, in the formats of the command line's report. */
export async function* exportFindings(
  context: ViewContext,
  filter: FindingFilter,
  format: 'csv' | 'json' | 'sarif' | 'markdown',
): AsyncGenerator<string> {
  const chosen = filterFindings(context, filter);
  const found = await Promise.all(chosen.map(item => meshFinding(item, context)));
  const findings = found.map(apart);
  const report = reportOf(findings, context, filter);
  const locate = locating(findings);
  switch (format) {
    case 'csv':
      yield toCsv(report, locate, inputsOf(findings, context));
      return;
    case 'json':
      yield `${JSON.stringify(report, undefined, 2)}\n`;
      return;
    case 'sarif':
      yield toSarif(report, rules, locate);
      return;
    case 'markdown':
      yield toMarkdown(report, locate);
      return;
    default:
      format satisfies never;
  }
}
