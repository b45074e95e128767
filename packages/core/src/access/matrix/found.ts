import { pushTo } from '../../mesh';
import type { Answer } from './cells/answer';
import type { CellTable } from './cells/cells';
import { answerOf } from './external-access';
import type { Target } from './targets';
import type { ClassBundle, Entry, Part, WorkloadClass } from './workload-classes';

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
    pushTo(byAnswer, own, entry);
  }
  return [...byAnswer].map(([own, list]) => {
    if (list.length === entries.length) return [own, ofClass.whole];
    const refs = list.map(({ subject }) => subject.workload.ref);
    const names = refs.map(({ kind, name }) => `${kind}/${name}`);
    const { number } = ofClass;
    return [own, { name: `${number}:${names.join()}`, number, entries: list, refs }];
  });
}

/** Workloads that were found together. */
export interface Block {
  readonly name: string;
  readonly parts: readonly Part[];
}

/** Workloads with one answer. */
export interface Found {
  readonly answer: Answer;
  readonly declared: boolean | undefined;
  readonly hasProxy: boolean;
  readonly blocks: Block[];
}

function concerns({ first }: WorkloadClass, target: Target, isShared: boolean): boolean {
  return isShared || first.subject.further.includes(target);
}

const firstOf = ({ blocks }: Found) =>
  blocks.reduce(
    (least, { parts }) => Math.min(least, parts[0]?.number ?? least),
    Number.POSITIVE_INFINITY,
  );

/** The answers to a target and who has each, in the order of the classes. */
export function foundFor(
  cells: CellTable,
  bundles: readonly ClassBundle[],
  target: Target,
  isShared: boolean,
): readonly Found[] {
  const found = new Map<string, Found>();
  const add = (answer: Answer, declared: boolean | undefined, block: Block) => {
    const hasProxy = block.parts[0]?.entries[0]?.members[0]?.stack.proxy !== undefined;
    const key = `${answer.number} ${declared} ${hasProxy}`;
    const same = found.get(key);
    if (same === undefined) found.set(key, { answer, declared, hasProxy, blocks: [block] });
    else same.blocks.push(block);
  };
  for (const { name, classes, parts } of bundles) {
    const [member] = parts?.[0]?.entries[0]?.members ?? [];
    const all = member === undefined || !isShared ? undefined : cells.everywhere(member, target);
    if (parts !== undefined && all !== undefined) {
      if (all.answer !== undefined) add(all.answer, undefined, { name, parts });
      continue;
    }
    for (const ofClass of classes) {
      if (!concerns(ofClass, target, isShared)) continue;
      const declared = ofClass.first.subject.declares?.(target);
      for (const [answer, part] of answersOf(cells, ofClass, target)) {
        add(answer, declared, { name: part.name, parts: [part] });
      }
    }
  }
  return [...found.values()].sort((a, b) => firstOf(a) - firstOf(b));
}
