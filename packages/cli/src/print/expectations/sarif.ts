import type { Origin, Trace } from '@sidetrace/core';
import type { ExpectationReport, Expectations, ExplainedWay } from '@sidetrace/core/access';
import type { Places } from '../places';
import { locatedSentence, waiverNote } from './text';

type Result = ExpectationReport['results'][number];

export interface SarifInput {
  readonly report: ExpectationReport;
  readonly expectations: Expectations;
  /** File of the expectations, and the line of each. */
  readonly file: string;
  readonly lineOf: (index: number) => number;
  /** Ways that contradict an expectation, with their traces. */
  readonly waysOf: (id: string) => readonly ExplainedWay[];
  readonly places: Places;
  readonly version: string;
}

/** Most traces in one result; each is a codeFlow. */
const mostFlows = 3;

/** Relative reference of RFC 3986: `?` and `#` of a file name are no query and no fragment. */
const uriOf = (file: string) => encodeURI(file).replace(/[?#]/g, encodeURIComponent);

function physical(origin: Origin | undefined, places: Places) {
  if (origin?.kind !== 'object' || origin.source === undefined) return {};
  const { line, column } = places.position(origin.source, origin.path);
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(origin.source.file) },
      region: { startLine: line, startColumn: column },
    },
  };
}

/** The steps of a trace in their order; those of the pod's kernel and proxy have no file and are named all the same. */
function codeFlow({ row, pod, fact, trace }: ExplainedWay, places: Places) {
  const { symptom, hops }: Trace = trace;
  const steps = hops.flatMap(hop =>
    hop.steps.map(step => ({
      location: {
        message: { text: step.detail === undefined ? step.title : `${step.title}: ${step.detail}` },
        logicalLocations: [{ name: hop.title, kind: hop.place }],
        ...physical(step.origin, places),
      },
      kinds: [step.kind],
      importance: step.blocks === true ? 'essential' : 'important',
    })),
  );
  const end = { location: { message: { text: symptom.summary } }, importance: 'essential' };
  const call = `${row.workload.namespace}/${pod} to ${row.host}:${row.port}/${row.protocol}`;
  return {
    message: { text: `${call}: ${fact}` },
    threadFlows: [{ locations: [...steps, end] }],
  };
}

const levelOf = ({ status, level }: Result) =>
  status === 'violated' ? level : status === 'holds' ? 'none' : 'error';
const kindOf = ({ status }: Result) =>
  status === 'holds' ? 'pass' : status === 'undetermined' ? 'open' : 'fail';

function resultOf(result: Result, index: number, input: SarifInput) {
  const { places, file, lineOf, waysOf } = input;
  const { id, status, counterexamples } = result;
  const expectation = {
    physicalLocation: {
      artifactLocation: { uri: uriOf(file) },
      region: { startLine: lineOf(index) },
    },
  };
  const place = physical(counterexamples[0]?.place, places);
  const isElsewhere = 'physicalLocation' in place;
  const flows = waysOf(id)
    .slice(0, mostFlows)
    .map(way => codeFlow(way, places));
  const kind = kindOf(result);
  return {
    ruleId: id,
    ruleIndex: index,
    kind,
    // SARIF 3.27.10: what is no failure has no level
    level: kind === 'fail' ? levelOf(result) : 'none',
    message: { text: locatedSentence(result, places) },
    locations: [isElsewhere ? place : expectation],
    ...(isElsewhere && {
      relatedLocations: [{ id: 0, message: { text: 'the expectation' }, ...expectation }],
    }),
    partialFingerprints: { 'sidetraceExpectation/v1': id },
    ...(flows.length > 0 && { codeFlows: flows }),
    ...(status === 'waived' && {
      suppressions: [{ kind: 'inSource', justification: waiverNote(result) ?? '' }],
    }),
  };
}

/** SARIF 2.1.0 (OASIS): a rule for each expectation, a result for each that does not hold, its traces as codeFlows. */
export function expectationsSarif(input: SarifInput): string {
  const { report, expectations, version } = input;
  const log = {
    $schema:
      'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'sidetrace test',
            version,
            rules: expectations.expectations.map(({ id, why, level }) => ({
              id,
              shortDescription: { text: why ?? id },
              defaultConfiguration: { level: level ?? expectations.defaults.level },
            })),
          },
        },
        results: report.results.flatMap((result, index) =>
          result.status === 'holds' ? [] : [resultOf(result, index, input)],
        ),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}
