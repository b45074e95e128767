import type { Mesh, Workload } from '../../mesh';
import type { Origin } from '../../origin';
import { type SimulateOptions, stacksOf } from '../../simulation';
import { expandTarget, type Target } from '../matrix/targets';
import type { AccessRow } from '../row';
import type { Expectation, Expectations, Level } from './expectations';
import { type JudgedCell, judgeCell } from './judge-cell';
import { parseTarget } from './reading/parse-target';
import { selectSubjects } from './select-subjects';
import { factOf, sentenceOf } from './sentences';
import { universe } from './universe';
import { type Way, type WayContext, waysOf } from './ways';

export type CheckStatus = 'holds' | 'violated' | 'undetermined' | 'waived' | 'nothing-matched';

/** One way that does not answer as expected. */
export interface Counterexample {
  readonly row: AccessRow;
  /** A pod that takes this way, and how many of the workload do. */
  readonly pod: string;
  readonly pods: number;
  /** `reaches by bypass (excluded-port)`. */
  readonly fact: string;
  readonly place: Origin;
}

export interface ExpectationResult {
  readonly id: string;
  readonly why?: string;
  readonly level: Level;
  readonly status: CheckStatus;
  /** Subject, must, object, via; then count, fact, cause and place. */
  readonly sentence: string;
  readonly workloads: number;
  /** How many destinations `to` stands for. */
  readonly destinations: number;
  readonly counterexamples: readonly Counterexample[];
  readonly waiver?: Expectation['waiver'];
  /** What a waiver does here: it holds back a violation, its date is past, or nothing needs it. */
  readonly waiverState?: 'used' | 'expired' | 'unneeded';
}

export interface ExpectationReport {
  readonly results: readonly ExpectationResult[];
  readonly holds: number;
  readonly violated: number;
  readonly undetermined: number;
  readonly waived: number;
  /** 0 all hold, 1 a violation at or above the bar, 2 something matched nothing, 4 undetermined. */
  readonly exitCode: 0 | 1 | 2 | 4;
}

export interface CheckOptions extends SimulateOptions {
  /** Workloads of catalog entities, `namespace/name`. */
  readonly entities?: Readonly<Record<string, readonly string[]>>;
  /** Date (yyyy-mm-dd) that waivers are compared with; without it they hold. */
  readonly today?: string;
  /** What counts as failed: violations of level error (the default), of any level, or whatever is not known as well. */
  readonly failOn?: 'error' | 'warning' | 'undetermined';
}

/** What expectations of one file share while they are checked. */
export interface CheckContext extends WayContext {
  readonly file: Expectations;
  readonly entities: CheckOptions['entities'];
  readonly universe: (workload: Workload) => readonly Target[];
}

export function checkContext(
  mesh: Mesh,
  file: Expectations,
  options: CheckOptions,
  keepTraces = false,
): CheckContext {
  const { entities, today: _, failOn: __, ...simulation } = options;
  return {
    mesh,
    file,
    entities,
    options: simulation,
    cache: new Map(),
    keepTraces,
    universe: universe(mesh, file),
  };
}

function targetsOf(
  { mesh, file, universe: any }: CheckContext,
  to: string,
): (workload: Workload) => readonly Target[] {
  if (to === 'any') return any;
  const isGroup = to.startsWith('group:');
  const name = to.slice('group:'.length);
  const members = isGroup ? (Object.hasOwn(file.groups, name) ? file.groups[name] : []) : [to];
  const targets = (members ?? [])
    .flatMap(member => parseTarget(member) ?? [])
    .flatMap(target => expandTarget(mesh, target));
  return () => targets;
}

/** A workload and a destination with all ways of its calls, and whether the expectation holds there. */
export interface CheckedCell extends JudgedCell {
  readonly ways: readonly Way[];
}

/** Every cell that an expectation is about. */
export function checkCells(
  context: CheckContext,
  expectation: Expectation,
): readonly CheckedCell[] {
  const quantifier = expectation.quantifier ?? context.file.defaults.quantifier;
  const targets = targetsOf(context, expectation.to);
  return selectSubjects(context.mesh, expectation.from, context.entities).flatMap(workload =>
    targets(workload)
      .map(target => waysOf(context, workload, target))
      .filter(ways => ways.length > 0)
      .map(ways => ({ ...judgeCell(expectation, ways, quantifier), ways })),
  );
}

function rawStatus(cells: readonly CheckedCell[], ignoresUnknown: boolean): CheckStatus {
  if (cells.length === 0) return 'nothing-matched';
  if (cells.some(({ judged }) => judged === 'violated')) return 'violated';
  const unknown = cells.some(({ judged }) => judged === 'undetermined');
  return unknown && !ignoresUnknown ? 'undetermined' : 'holds';
}

function waiverState(
  { waiver }: Expectation,
  status: CheckStatus,
  today: string | undefined,
): ExpectationResult['waiverState'] {
  if (waiver === undefined) return undefined;
  if (status === 'holds' || status === 'nothing-matched') return 'unneeded';
  return today === undefined || today <= waiver.until ? 'used' : 'expired';
}

const nameOf = ({ kind, namespace, name }: AccessRow['workload']) => `${kind} ${namespace}/${name}`;

function scopeOf(mesh: Mesh, cells: readonly CheckedCell[]) {
  const rows = cells.flatMap(({ ways }) => ways.map(({ row }) => row));
  const workloads = new Set(rows.map(({ workload }) => nameOf(workload)));
  const destinations = new Set(rows.map(row => `${row.host}:${row.port}/${row.protocol}`));
  const pods = mesh.workloads
    .filter(({ ref }) => workloads.has(nameOf(ref)))
    .reduce((sum, workload) => sum + stacksOf(mesh, workload).length, 0);
  return { workloads: workloads.size, destinations: destinations.size, pods };
}

function checkOne(
  context: CheckContext,
  expectation: Expectation,
  today: string | undefined,
): ExpectationResult {
  const { defaults } = context.file;
  const { id, why, waiver } = expectation;
  const cells = checkCells(context, expectation);
  const against = cells.flatMap(cell => cell.against);
  const ignores = (expectation.undetermined ?? defaults.undetermined) === 'ignore';
  const status = rawStatus(cells, ignores);
  const state = waiverState(expectation, status, today);
  const scope = scopeOf(context.mesh, cells);
  return {
    id,
    ...(why !== undefined && { why }),
    level: expectation.level ?? defaults.level,
    status: state === 'used' ? 'waived' : status,
    sentence: sentenceOf(expectation, { ...scope, against: status === 'holds' ? [] : against }),
    workloads: scope.workloads,
    destinations: scope.destinations,
    counterexamples: against.map(({ row, pod, pods }) => ({
      row,
      pod,
      pods,
      fact: factOf(row),
      place: row.deciding,
    })),
    ...(waiver !== undefined && { waiver }),
    ...(state !== undefined && { waiverState: state }),
  };
}

function exitCodeOf(
  results: readonly ExpectationResult[],
  failOn: NonNullable<CheckOptions['failOn']>,
): ExpectationReport['exitCode'] {
  const fails = ({ status, level }: ExpectationResult) =>
    (status === 'violated' && (level === 'error' || failOn !== 'error')) ||
    (status === 'undetermined' && failOn === 'undetermined');
  if (results.some(fails)) return 1;
  if (results.some(({ status }) => status === 'nothing-matched')) return 2;
  return results.some(({ status }) => status === 'undetermined') ? 4 : 0;
}

/** Evaluates every expectation against a mesh. A selector that matches nothing is a failure, not a pass. */
export function checkExpectations(
  mesh: Mesh,
  file: Expectations,
  options: CheckOptions = {},
): ExpectationReport {
  const context = checkContext(mesh, file, options);
  const results = file.expectations.map(item => checkOne(context, item, options.today));
  const count = (status: CheckStatus) => results.filter(result => result.status === status).length;
  return {
    results,
    holds: count('holds'),
    violated: count('violated') + count('nothing-matched'),
    undetermined: count('undetermined'),
    waived: count('waived'),
    exitCode: exitCodeOf(results, options.failOn ?? 'error'),
  };
}
