import type { Mesh, Workload } from '../../mesh';
import { assumedAddressOf } from '../../simulation';
import type { AccessRow } from '../row';
import { rowId } from '../row-id';
import type { AccessOptions, AccessTarget } from './access-options';
import { type Answer, assumptionsOf, decidingOf } from './cells/answer';
import { type CellTable, cellTable } from './cells/cells';
import type { ClassMember } from './cells/pod-class';
import { frameOf } from './subjects';
import type { Target } from './targets';

/** What a workload's pods answer together; `undefined` for a workload without pods. */
export function answerOf(
  cells: CellTable,
  members: readonly ClassMember[],
  target: Target,
): Answer | undefined {
  return cells.merge(members.flatMap(member => cells.answer(member, target) ?? []));
}

/** The row of one workload; its first pod stands for it. */
export function rowOf(
  mesh: Mesh,
  workload: Workload,
  target: Target,
  context: {
    readonly answer: Answer;
    readonly member: ClassMember;
    readonly declared: boolean | undefined;
  },
): AccessRow {
  const { answer, declared } = context;
  const { stack } = context.member;
  const { host, port, protocol } = target;
  const { number: _, ...content } = answer;
  const address = () => assumedAddressOf(mesh, target.sample, stack.proxy !== undefined).assumption;
  return {
    id: rowId(workload.ref, target),
    workload: workload.ref,
    host,
    port,
    protocol,
    ...content,
    deciding: decidingOf(answer, stack),
    assumptions: assumptionsOf(answer, address, stack),
    ...(declared !== undefined && { declared }),
  };
}

/**
 * Which external hosts each workload reaches, by which rule. Workloads of one class share their answers, so the cost
 * follows the number of classes and hosts. Rows come workload by workload.
 */
export function* externalAccess(mesh: Mesh, options: AccessOptions = {}): Iterable<AccessRow> {
  const { subjects, targets } = frameOf(mesh, options);
  const cells = cellTable(mesh, options);
  for (const { workload, further, declares } of subjects) {
    const members = cells.membersOf(workload);
    const [member] = members;
    if (member === undefined) continue;
    for (const target of [...targets, ...further]) {
      const answer = answerOf(cells, members, target);
      if (answer === undefined) continue;
      yield rowOf(mesh, workload, target, { answer, member, declared: declares?.(target) });
    }
  }
}

/** The transpose: every workload's answer for one host. */
export function whoCanReach(
  mesh: Mesh,
  target: AccessTarget,
  options: AccessOptions = {},
): Iterable<AccessRow> {
  return externalAccess(mesh, { ...options, onlyHosts: [target] });
}
