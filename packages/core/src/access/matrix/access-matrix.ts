import { getOrMake, type Mesh, pushTo, type WorkloadRef } from '../../mesh';
import { assumedAddressOf } from '../../simulation';
import { digest } from '../digest';
import type { AccessRow } from '../row';
import type { AccessOptions } from './access-options';
import { assumptionsOf } from './cells/answer';
import { type CellTable, cellTable } from './cells/cells';
import { answerOf, rowOf } from './external-access';
import { type Block, foundFor } from './found';
import type { AccessGroupRow, AccessMatrix } from './group-row';
import { frameOf, type MatrixFrame } from './subjects';
import type { Target } from './targets';
import { bundle, type ClassBundle, classify, type Entry } from './workload-classes';
import { type Population, populationOf, type WorkloadGroup, workloadGroup } from './workload-group';

interface Context {
  readonly mesh: Mesh;
  readonly bundles: readonly ClassBundle[];
  readonly cells: CellTable;
  readonly population: Population;
  readonly groups: Map<string, WorkloadGroup>;
}

function groupOf({ groups, population }: Context, blocks: readonly Block[]): WorkloadGroup {
  const key = blocks.map(({ name }) => name).join(' ');
  return getOrMake(groups, key, () => {
    const parts = blocks.flatMap(block => block.parts).sort((a, b) => a.number - b.number);
    return workloadGroup(
      parts.map(({ refs }) => refs),
      population,
    );
  });
}

function* rowsFor(context: Context, target: Target, isShared: boolean): Iterable<AccessGroupRow> {
  const { host, port, protocol } = target;
  const { bundles, cells } = context;
  for (const { answer, declared, hasProxy, blocks } of foundFor(cells, bundles, target, isShared)) {
    const group = groupOf(context, blocks);
    const { number: _, ...content } = answer;
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
  for (const ofClass of context.bundles.flatMap(({ classes }) => classes)) {
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
  const bundles = bundle(classes);
  const context = { mesh, bundles, cells, population: populationOf(refs), groups: new Map() };
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
