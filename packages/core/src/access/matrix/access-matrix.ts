import { type Mesh, pushTo, type WorkloadRef } from '../../mesh';
import { assumedAddressOf } from '../../simulation';
import { digest } from '../digest';
import type { AccessRow } from '../row';
import type { AccessOptions } from './access-options';
import { type Answer, assumptionsOf } from './answer';
import { type CellTable, type ClassMember, cellTable } from './cells';
import { answerOf, rowOf } from './external-access';
import type { AccessGroupRow, AccessMatrix } from './group-row';
import { frameOf, type MatrixFrame, type Subject } from './subjects';
import type { Target } from './targets';
import { type Population, populationOf, type WorkloadGroup, workloadGroup } from './workload-group';

interface Entry {
  readonly subject: Subject;
  readonly members: readonly ClassMember[];
}

/** Some of the workloads of a class. */
interface Part {
  readonly name: string;
  readonly entries: readonly Entry[];
  readonly refs: readonly WorkloadRef[];
}

/** Workloads of one namespace whose pods are of the same classes and that declare the same. */
interface WorkloadClass {
  readonly number: number;
  readonly first: Entry;
  readonly entries: readonly Entry[];
  readonly whole: Part;
}

function classify(frame: MatrixFrame, cells: CellTable): readonly WorkloadClass[] {
  const byKey = new Map<string, Entry[]>();
  for (const subject of frame.subjects) {
    const members = cells.membersOf(subject.workload);
    if (members.length === 0) continue;
    const { namespace } = subject.workload.ref;
    const key = [namespace, subject.key, ...members.map(({ ofClass }) => ofClass.key)].join('\n');
    const list = byKey.get(key);
    if (list === undefined) byKey.set(key, [{ subject, members }]);
    else list.push({ subject, members });
  }
  return [...byKey.values()].flatMap((entries, number) => {
    const [first] = entries;
    const refs = entries.map(({ subject }) => subject.workload.ref);
    const whole = { name: `${number}`, entries, refs };
    return first === undefined ? [] : [{ number, first, entries, whole }];
  });
}

interface Found {
  readonly answer: Answer;
  readonly declared: boolean | undefined;
  readonly parts: Part[];
}

/** The workloads of a class by their answer: all together unless they meet pods of the mesh. */
function answersOf(
  cells: CellTable,
  ofClass: WorkloadClass,
  target: Target,
): readonly (readonly [Answer, Part])[] {
  const { first, entries } = ofClass;
  const [only, ...others] = first.members;
  const single = only === undefined || others.length > 0 ? undefined : cells.common(only, target);
  if (single !== undefined) {
    return single.answer === undefined ? [] : [[single.answer, ofClass.whole]];
  }
  const common = first.members.flatMap(member => cells.common(member, target) ?? []);
  if (common.length === first.members.length) {
    const answer = cells.merge(common.flatMap(({ answer: own }) => own ?? []));
    return answer === undefined ? [] : [[answer, ofClass.whole]];
  }
  const byAnswer = new Map<Answer, Entry[]>();
  for (const entry of entries) {
    const own = answerOf(cells, entry.members, target);
    if (own === undefined) continue;
    const list = byAnswer.get(own);
    if (list === undefined) byAnswer.set(own, [entry]);
    else list.push(entry);
  }
  return [...byAnswer].map(([own, list]) => {
    if (list.length === entries.length) return [own, ofClass.whole];
    const refs = list.map(({ subject }) => subject.workload.ref);
    const names = refs.map(({ kind, name }) => `${kind}/${name}`);
    return [own, { name: `${ofClass.number}:${names.join()}`, entries: list, refs }];
  });
}

function concerns({ first }: WorkloadClass, target: Target, isShared: boolean): boolean {
  return isShared || first.subject.further.includes(target);
}

interface Context {
  readonly mesh: Mesh;
  readonly classes: readonly WorkloadClass[];
  readonly cells: CellTable;
  readonly population: Population;
  readonly groups: Map<string, WorkloadGroup>;
}

function foundFor(context: Context, target: Target, isShared: boolean): readonly Found[] {
  const found = new Map<string, Found>();
  for (const ofClass of context.classes) {
    if (!concerns(ofClass, target, isShared)) continue;
    const declared = ofClass.first.subject.declares?.(target);
    for (const [answer, part] of answersOf(context.cells, ofClass, target)) {
      const proxied = part.entries[0]?.members[0]?.stack.proxy !== undefined;
      const key = `${answer.number} ${declared} ${proxied}`;
      const same = found.get(key);
      if (same === undefined) found.set(key, { answer, declared, parts: [part] });
      else same.parts.push(part);
    }
  }
  return [...found.values()];
}

function groupOf({ groups, population }: Context, parts: readonly Part[]): WorkloadGroup {
  const key = parts.map(({ name }) => name).join(' ');
  const known = groups.get(key);
  if (known !== undefined) return known;
  const group = workloadGroup(
    parts.map(({ refs }) => refs),
    population,
  );
  groups.set(key, group);
  return group;
}

function* rowsFor(context: Context, target: Target, isShared: boolean): Iterable<AccessGroupRow> {
  const { host, port, protocol } = target;
  for (const { answer, declared, parts } of foundFor(context, target, isShared)) {
    const group = groupOf(context, parts);
    const { number: _, ...content } = answer;
    const hasProxy = parts[0]?.entries[0]?.members[0]?.stack.proxy !== undefined;
    const address = () => assumedAddressOf(context.mesh, target.sample, hasProxy).assumption;
    yield {
      id: digest([group.id, host, port, protocol].join('\n')),
      group,
      host,
      port,
      protocol,
      ...content,
      assumptions: assumptionsOf(answer, address),
      ...(declared !== undefined && { declared }),
    };
  }
}

function groupOfRefs(population: Population, refs: readonly WorkloadRef[]): WorkloadGroup {
  const byNamespace = new Map<string, WorkloadRef[]>();
  for (const ref of refs) pushTo(byNamespace, ref.namespace, ref);
  return workloadGroup([...byNamespace.values()], population);
}

/** Columns that only some workloads have, because they declare them. */
function furtherTargets({ subjects }: MatrixFrame): readonly Target[] {
  return [...new Set(subjects.flatMap(({ further }) => further))];
}

function expander(context: Context, frame: MatrixFrame) {
  const entries = new Map<WorkloadRef, Entry>();
  for (const ofClass of context.classes) {
    for (const entry of ofClass.entries) entries.set(entry.subject.workload.ref, entry);
  }
  const targets = new Map<string, Target>();
  const keyOf = ({ host, port, protocol }: Omit<Target, 'sample'>) => `${host}:${port}/${protocol}`;
  for (const target of [...frame.targets, ...furtherTargets(frame)]) {
    targets.set(keyOf(target), target);
  }
  return function* expand(row: AccessGroupRow): Iterable<AccessRow> {
    const target = targets.get(keyOf(row));
    if (target === undefined) return;
    for (const ref of row.group.members) {
      const entry = entries.get(ref);
      const [member] = entry?.members ?? [];
      if (entry === undefined || member === undefined) continue;
      const answer = answerOf(context.cells, entry.members, target);
      if (answer === undefined) continue;
      yield rowOf(context.mesh, entry.subject.workload, target, {
        answer,
        member,
        declared: row.declared,
      });
    }
  };
}

/** Rows that are kept when they have all been asked for; more are made again. */
const keptLimit = 200_000;

function keptRows(make: () => Iterable<AccessGroupRow>): Iterable<AccessGroupRow> {
  let complete: readonly AccessGroupRow[] | undefined;
  return {
    *[Symbol.iterator]() {
      if (complete !== undefined) {
        yield* complete;
        return;
      }
      const rows: AccessGroupRow[] = [];
      for (const row of make()) {
        if (rows.length <= keptLimit) rows.push(row);
        yield row;
      }
      if (rows.length <= keptLimit) complete = rows;
    },
  };
}

function lazyExpander(context: Context, frame: MatrixFrame): AccessMatrix['expand'] {
  let made: AccessMatrix['expand'] | undefined;
  return row => {
    made ??= expander(context, frame);
    return made(row);
  };
}

/**
 * The access of a whole mesh in groups of workloads that have the same answer. Complete: expanded, it is what
 * `externalAccess` says. The cost follows the number of workload classes and of hosts that they know.
 *
 * ```ts
 * for (const { group, host, verdict } of accessMatrix(mesh).rows) print(group.patterns, host, verdict);
 * ```
 */
export function accessMatrix(mesh: Mesh, options: AccessOptions = {}): AccessMatrix {
  const frame = frameOf(mesh, options);
  const cells = cellTable(mesh, options);
  const classes = classify(frame, cells);
  const refs = classes.flatMap(({ entries }) => entries).map(({ subject }) => subject.workload.ref);
  const context = { mesh, classes, cells, population: populationOf(refs), groups: new Map() };
  const further = furtherTargets(frame);
  return {
    workloads: refs,
    group: members => groupOfRefs(context.population, members),
    rows: keptRows(function* () {
      for (const target of frame.targets) yield* rowsFor(context, target, true);
      for (const target of further) yield* rowsFor(context, target, false);
    }),
    expand: lazyExpander(context, frame),
  };
}
