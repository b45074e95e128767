import type { Mesh } from '../../mesh';
import type { Origin } from '../../origin';
import type { SimulateOptions } from '../../simulation';
import type { AccessTarget } from '../matrix/access-options';
import { externalAccess } from '../matrix/external-access';
import type { AccessRow } from '../row';
import type { Expectation, Expectations, Level, Via } from './expectations';
import { parseTarget } from './parse-expectations';
import { selectSubjects } from './select-subjects';

export type CheckStatus = 'holds' | 'violated' | 'undetermined' | 'waived' | 'nothing-matched';

/** One cell that does not answer as expected. */
export interface Counterexample {
  readonly row: AccessRow;
  /** `reaches by bypass (excluded-port)`. */
  readonly fact: string;
  readonly place: Origin;
}

export interface ExpectationResult {
  readonly id: string;
  readonly level: Level;
  readonly status: CheckStatus;
  /** Subject, must, object, via; then fact and count. */
  readonly sentence: string;
  readonly workloads: number;
  /** How many destinations `to` stands for. */
  readonly destinations: number;
  readonly counterexamples: readonly Counterexample[];
  readonly waiver?: Expectation['waiver'];
}

export interface ExpectationReport {
  readonly results: readonly ExpectationResult[];
  readonly holds: number;
  readonly violated: number;
  readonly undetermined: number;
  readonly waived: number;
  /** 0 all hold, 1 a violation of level error, 2 something matched nothing, 4 undetermined. */
  readonly exitCode: 0 | 1 | 2 | 4;
}

export interface CheckOptions extends SimulateOptions {
  /** Workloads of catalog entities, `namespace/name`. */
  readonly entities?: Readonly<Record<string, readonly string[]>>;
  /** Date (yyyy-mm-dd) that waivers are compared with; without it they hold. */
  readonly today?: string;
}

type Judged = 'holds' | 'violated' | 'undetermined';

const reaches = (row: AccessRow) => row.delivery === 'reaches';

function viaHolds(via: Via, row: AccessRow): boolean {
  if (via === 'direct') return row.control !== 'gateway';
  if ('never' in via) return row.via !== via.never;
  const wanted = 'only' in via ? via.only : via.through;
  return row.via === wanted;
}

function judgeMust(expectation: Expectation, row: AccessRow): Judged {
  const { must } = expectation;
  if (must === undefined) return 'holds';
  if (row.delivery === 'mixed') return 'violated';
  return reaches(row) === (must === 'reach') ? 'holds' : 'violated';
}

function judgeRow(expectation: Expectation, row: AccessRow): Judged {
  if (row.delivery === 'undetermined') return 'undetermined';
  const { mustNotBe, via, because } = expectation;
  if (judgeMust(expectation, row) === 'violated') return 'violated';
  if (mustNotBe?.includes(row.verdict) === true) return 'violated';
  if (via !== undefined && reaches(row) && !viaHolds(via, row)) return 'violated';
  return (because ?? []).every(reason => row.reasons.includes(reason)) ? 'holds' : 'violated';
}

function targetsOf(file: Expectations, to: string): readonly AccessTarget[] | undefined {
  if (to === 'any') return undefined;
  if (!to.startsWith('group:')) return [parseTarget(to)].filter(item => item !== undefined);
  const name = to.slice('group:'.length);
  const members = Object.hasOwn(file.groups, name) ? file.groups[name] : [];
  return (members ?? []).flatMap(member => parseTarget(member) ?? []);
}

/** Every host that the file names, for `any`. */
function namedTargets(file: Expectations): readonly AccessTarget[] {
  const texts = [...Object.values(file.groups).flat(), ...file.expectations.map(({ to }) => to)];
  return texts
    .filter(to => to !== 'any' && !to.startsWith('group:'))
    .flatMap(to => parseTarget(to) ?? []);
}

const bareAddress: AccessTarget = { host: '203.0.113.200', port: 443, protocol: 'TCP' };

function rowsFor(
  mesh: Mesh,
  file: Expectations,
  expectation: Expectation,
  options: CheckOptions,
): readonly AccessRow[] {
  const workloads = selectSubjects(mesh, expectation.from, options.entities).map(({ ref }) => ref);
  const targets = targetsOf(file, expectation.to);
  const hosts =
    targets === undefined
      ? { hosts: [...namedTargets(file), bareAddress] }
      : { onlyHosts: targets };
  return [...externalAccess(mesh, { ...options, workloads, ...hosts })];
}

function factOf(row: AccessRow): string {
  const how = row.control === 'none' ? row.symptom : row.control;
  return `${row.delivery} (${how}; ${row.reasons.join(', ') || 'no reason'})`;
}

function viaText(via: Via | undefined): string {
  if (via === undefined) return '';
  if (via === 'direct') return ' directly';
  if ('never' in via) return `, never through \`${via.never}\``;
  return 'only' in via ? ` only through \`${via.only}\`` : ` through \`${via.through}\``;
}

function claim(expectation: Expectation): string {
  const { from, to, must, mustNotBe, via } = expectation;
  const who = [
    from.workload ?? from.service ?? from.entity ?? 'every workload',
    `in \`${from.namespace}\``,
  ];
  const verb =
    must === undefined
      ? mustNotBe === undefined
        ? 'goes to'
        : `must not be ${mustNotBe.join(' or ')} to`
      : must === 'reach'
        ? 'must reach'
        : 'must not reach';
  return `\`${who[0] ?? ''}\` ${who[1] ?? ''} ${verb} \`${to}\`${viaText(via)}`;
}

function sentenceOf(
  expectation: Expectation,
  rows: readonly AccessRow[],
  bad: readonly Counterexample[],
): string {
  const text = claim(expectation);
  if (rows.length === 0) return `${text}: no workload matches`;
  const [first] = bad;
  if (first === undefined) return `${text}: holds for ${rows.length} of ${rows.length}`;
  return `${text}: ${bad.length} of ${rows.length} differ, first \`${first.row.workload.name}\` to \`${first.row.host}:${first.row.port}\`: ${first.fact}`;
}

function combine(judged: readonly Judged[], quantifier: 'all' | 'any'): Judged {
  if (quantifier === 'any' && judged.includes('holds')) return 'holds';
  if (judged.includes('violated')) return 'violated';
  return judged.includes('undetermined') ? 'undetermined' : 'holds';
}

function isWaived({ waiver }: Expectation, today: string | undefined): boolean {
  return waiver !== undefined && (today === undefined || today <= waiver.until);
}

function statusOf(
  expectation: Expectation,
  file: Expectations,
  judged: readonly Judged[],
  today: string | undefined,
): CheckStatus {
  if (judged.length === 0) return 'nothing-matched';
  const combined = combine(judged, expectation.quantifier ?? file.defaults.quantifier);
  const ignores = (expectation.undetermined ?? file.defaults.undetermined) === 'ignore';
  const status = combined === 'undetermined' && ignores ? 'holds' : combined;
  return status !== 'holds' && isWaived(expectation, today) ? 'waived' : status;
}

function checkOne(
  mesh: Mesh,
  file: Expectations,
  expectation: Expectation,
  options: CheckOptions,
): ExpectationResult {
  const rows = rowsFor(mesh, file, expectation, options);
  const judged = rows.map(row => judgeRow(expectation, row));
  const counterexamples = rows
    .filter((_, i) => judged[i] !== 'holds')
    .map(row => ({ row, fact: factOf(row), place: row.deciding }));
  return {
    id: expectation.id,
    level: expectation.level ?? file.defaults.level,
    status: statusOf(expectation, file, judged, options.today),
    sentence: sentenceOf(expectation, rows, counterexamples),
    workloads: new Set(
      rows.map(({ workload }) => `${workload.kind} ${workload.namespace}/${workload.name}`),
    ).size,
    destinations: new Set(rows.map(({ host, port, protocol }) => `${host}:${port}/${protocol}`))
      .size,
    counterexamples,
    ...(expectation.waiver !== undefined && { waiver: expectation.waiver }),
  };
}

function exitCodeOf(results: readonly ExpectationResult[]): ExpectationReport['exitCode'] {
  if (results.some(({ status, level }) => status === 'violated' && level === 'error')) return 1;
  if (results.some(({ status }) => status === 'nothing-matched')) return 2;
  return results.some(({ status }) => status === 'undetermined') ? 4 : 0;
}

/** Evaluates every expectation against a mesh. A selector that matches nothing is a failure, not a pass. */
export function checkExpectations(
  mesh: Mesh,
  file: Expectations,
  options: CheckOptions = {},
): ExpectationReport {
  const results = file.expectations.map(expectation => checkOne(mesh, file, expectation, options));
  const count = (status: CheckStatus) => results.filter(result => result.status === status).length;
  return {
    results,
    holds: count('holds'),
    violated: count('violated') + count('nothing-matched'),
    undetermined: count('undetermined'),
    waived: count('waived'),
    exitCode: exitCodeOf(results),
  };
}
