import type { SourceRef } from '../../origin';
import type { Finding } from '../findings/finding';
import type { AuditReport } from '../report/report';
import type { Level, Rule } from '../rule';

/** Finds the line and column of a field, both from 1. */
export type Locate = (
  source: SourceRef,
  path: string,
) => { readonly line: number; readonly column: number };

const levels: Readonly<Record<Level, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
};

const nameOf = ({ object: { kind, namespace, name } }: Finding) =>
  namespace === undefined ? `${kind}/${name}` : `${kind}/${namespace}/${name}`;

/** Relative reference of RFC 3986: `?` and `#` of a file name are no query and no fragment. */
const uriOf = (file: string) => encodeURI(file).replace(/[?#]/g, encodeURIComponent);

function locations(finding: Finding, locate: Locate) {
  const logical = [{ fullyQualifiedName: nameOf(finding), kind: 'resource' }];
  if (finding.source === undefined) return [{ logicalLocations: logical }];
  const { line, column } = locate(finding.source, finding.path ?? '');
  return [
    {
      physicalLocation: {
        artifactLocation: { uri: uriOf(finding.source.file) },
        region: { startLine: line, startColumn: column },
      },
      logicalLocations: logical,
    },
  ];
}

function result(finding: Finding, locate: Locate, suppression?: string) {
  return {
    ruleId: finding.id,
    level: levels[finding.level],
    message: { text: `${finding.message}. ${finding.why}` },
    locations: locations(finding, locate),
    partialFingerprints: { 'sidetrace/v1': finding.fingerprint },
    properties: {
      tags: finding.tags,
      aliases: finding.aliases,
      workloads: finding.workloads.count,
      hosts: finding.hosts.count,
      ...(finding.owner !== undefined && { owner: finding.owner }),
      ...(finding.evidence !== undefined && { evidence: finding.evidence.command }),
    },
    ...(suppression === undefined
      ? {}
      : { suppressions: [{ kind: 'external', justification: suppression }] }),
  };
}

/** SARIF 2.1.0 (OASIS), one run. */
export function toSarif(report: AuditReport, rules: readonly Rule[], locate: Locate): string {
  const { header } = report;
  const log = {
    $schema:
      'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'sidetrace',
            version: header.toolVersion,
            rules: rules.map(({ id, title, why, level, tags }) => ({
              id,
              shortDescription: { text: title },
              fullDescription: { text: why },
              defaultConfiguration: { level: levels[level] },
              properties: { tags },
            })),
          },
        },
        results: [
          ...report.findings.map(finding => result(finding, locate)),
          ...report.expired.map(({ finding }) => result(finding, locate)),
          ...report.waived.map(({ finding, waiver }) => result(finding, locate, waiver.reason)),
        ],
        properties: {
          istioVersion: header.istioVersion,
          flags: header.flags,
          ...(header.time !== undefined && { time: header.time }),
          missingInputs: header.missingInputs ?? [],
          input: header.input,
          limits: header.limits,
        },
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}
