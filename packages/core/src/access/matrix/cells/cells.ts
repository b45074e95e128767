import { getOrMake, type Mesh, type Workload } from '../../../mesh';
import { type PodStack, simulateAll, wideClassOf, workloadClassOf } from '../../../simulation';
import type { AccessOptions } from '../access-options';
import { callOfTarget } from '../call-of-target';
import { judgeTrace } from '../judge';
import type { Target } from '../targets';
import { type Answer, answerTable } from './answer';
import { callerSeen, encounters } from './encounters';
import { memberFinder } from './members';
import type { Cell, Cells, ClassMember, PodClass } from './pod-class';
import { isAlikeEverywhere, type Stranger, strangerKey, strangerOf, wideKey } from './strangers';

/** The cells of a matrix, answered when asked for and kept. */
export interface CellTable {
  /** One pod of each class that a workload has, in the order of its pods. */
  readonly membersOf: (workload: Workload) => readonly ClassMember[];
  readonly answer: (member: ClassMember, target: Target) => Answer | undefined;
  /** The answer of every member of the class; `undefined` when members answer for themselves. */
  readonly common: (
    member: ClassMember,
    target: Target,
  ) => { readonly answer?: Answer } | undefined;
  /** The answer of every pod whose class has the same `wide`; `undefined` when namespaces answer for themselves. */
  readonly everywhere: (
    member: ClassMember,
    target: Target,
  ) => { readonly answer?: Answer } | undefined;
  readonly merge: (all: readonly Answer[]) => Answer | undefined;
}

function find(cells: Cells, mesh: Mesh, stack: PodStack): Cell | undefined {
  const known = cells.common ?? cells.own.get(stack);
  if (known !== undefined) return known;
  const alike = cells.bySeen.get(callerSeen(mesh, stack));
  return alike?.find(({ met }) => !met.has(stack.workload));
}

function keep(cells: Cells, mesh: Mesh, stack: PodStack, cell: Cell): Cells {
  if (cell.met.size === 0) return { ...cells, common: cell };
  if (cell.met.has(stack.workload)) {
    cells.own.set(stack, cell);
    return cells;
  }
  const seen = callerSeen(mesh, stack);
  const alike = cells.bySeen.get(seen);
  if (alike === undefined) cells.bySeen.set(seen, [cell]);
  else alike.push(cell);
  return cells;
}

/** Whether every pod of the wide class has it: it meets nobody and is not caused by the namespace's own Sidecar. */
function isWide({ met, answer }: Cell): boolean {
  const deciding = answer?.deciding;
  return met.size === 0 && !(deciding?.kind === 'object' && deciding.object.kind === 'Sidecar');
}

/**
 * Answers cell by cell. Pods of one class share a cell unless the call meets a pod of the mesh: that one may itself be of
 * the class, and may tell callers apart. Hosts that are strangers to a class share one, too.
 */
export function cellTable(mesh: Mesh, options: AccessOptions): CellTable {
  const table = answerTable();
  const classes = new Map<string, PodClass>();
  const strangers = new Map<Target, Stranger | undefined>();
  const strangerFor = (target: Target) => {
    if (!strangers.has(target)) strangers.set(target, strangerOf(mesh, target));
    return strangers.get(target);
  };
  const keyOf = (stack: PodStack, target: Target): Target | string => {
    const stranger = options.world === undefined ? strangerFor(target) : undefined;
    return stranger === undefined ? target : (strangerKey(mesh, stack, stranger, target) ?? target);
  };
  const evaluate = (stack: PodStack, target: Target): Cell => {
    const call = callOfTarget(stack.workload, target, stack.name);
    const traces = simulateAll(mesh, call, { ...options, firstBlockOnly: true });
    const all = traces.map(trace => table.share(stack, judgeTrace(mesh, trace, target)));
    const answer = table.merge(all);
    return { ...(answer !== undefined && { answer }), met: encounters(mesh, traces) };
  };
  const wideKeyOf = ({ stack, ofClass }: ClassMember, target: Target): string | undefined => {
    const stranger = ofClass.wide === undefined ? undefined : strangerFor(target);
    return stranger === undefined ? undefined : wideKey(mesh, stack, stranger, target);
  };
  const evaluateWide = (member: ClassMember, target: Target): Cell => {
    const { stack, ofClass } = member;
    const key = wideKeyOf(member, target);
    if (ofClass.wide === undefined || key === undefined) return evaluate(stack, target);
    const known = ofClass.wide.get(key);
    if (known !== undefined) return known;
    const cell = evaluate(stack, target);
    if (isWide(cell)) ofClass.wide.set(key, cell);
    return cell;
  };
  const wides = new Map<string, Map<string, Cell>>();
  const classFor = (key: string, stack: PodStack): PodClass => {
    const wideName = options.world === undefined ? wideClassOf(mesh, stack) : undefined;
    const wide =
      wideName === undefined
        ? undefined
        : getOrMake(wides, wideName, () => new Map<string, Cell>());
    return { key, cells: new Map(), ...(wide !== undefined && { wide }) };
  };
  const classOf = (stack: PodStack): PodClass => {
    const key = workloadClassOf(mesh, stack);
    return getOrMake(classes, key, () => classFor(key, stack));
  };
  const cellOf = (member: ClassMember, target: Target) => {
    const { stack, ofClass } = member;
    const key = keyOf(stack, target);
    const cells: Cells = ofClass.cells.get(key) ?? { bySeen: new Map(), own: new Map() };
    const known = find(cells, mesh, stack);
    if (known !== undefined) return { cell: known, isCommon: cells.common !== undefined };
    const cell = evaluateWide(member, target);
    const kept = keep(cells, mesh, stack, cell);
    ofClass.cells.set(key, kept);
    return { cell, isCommon: kept.common !== undefined };
  };
  const everywhere = (member: ClassMember, target: Target): Cell | undefined => {
    const { stack, ofClass } = member;
    const stranger = ofClass.wide === undefined ? undefined : strangerFor(target);
    if (stranger === undefined || !isAlikeEverywhere(stack, stranger, target.port))
      return undefined;
    const key = wideKeyOf(member, target);
    if (key === undefined) return undefined;
    if (!ofClass.wide?.has(key)) cellOf(member, target);
    return ofClass.wide?.get(key);
  };
  return {
    membersOf: memberFinder(mesh, classOf),
    answer: (member, target) => cellOf(member, target).cell.answer,
    common: (member, target) => {
      const { cell, isCommon } = cellOf(member, target);
      return isCommon ? cell : undefined;
    },
    everywhere,
    merge: table.merge,
  };
}
