import { getOrMake, type WorkloadRef } from '../../mesh';
import type { CellTable } from './cells/cells';
import type { ClassMember } from './cells/pod-class';
import type { MatrixFrame, Subject } from './subjects';

export interface Entry {
  readonly subject: Subject;
  readonly members: readonly ClassMember[];
}

/** Some of the workloads of a class. */
export interface Part {
  readonly name: string;
  /** Of the class. */
  readonly number: number;
  readonly entries: readonly Entry[];
  readonly refs: readonly WorkloadRef[];
}

/** Workloads of one namespace whose pods are of the same classes and that declare the same. */
export interface WorkloadClass {
  readonly number: number;
  readonly first: Entry;
  readonly entries: readonly Entry[];
  readonly whole: Part;
}

export function classify(frame: MatrixFrame, cells: CellTable): readonly WorkloadClass[] {
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
    const whole = { name: `${number}`, number, entries, refs };
    return first === undefined ? [] : [{ number, first, entries, whole }];
  });
}

/** Classes of several namespaces that share most answers, or one class alone. */
export interface ClassBundle {
  readonly name: string;
  readonly classes: readonly WorkloadClass[];
  /** All workloads of the bundle; absent when its classes answer for themselves. */
  readonly parts?: readonly Part[];
}

/** What classes have to have in common to be asked together; `undefined` for those that are asked alone. */
function sharedBy({ first }: WorkloadClass): object | undefined {
  const [only, ...others] = first.members;
  return others.length === 0 && first.subject.key === '' ? only?.ofClass.wide : undefined;
}

export function bundle(classes: readonly WorkloadClass[]): readonly ClassBundle[] {
  const byShared = new Map<object, WorkloadClass[]>();
  for (const ofClass of classes)
    getOrMake(byShared, sharedBy(ofClass) ?? ofClass, () => []).push(ofClass);
  return [...byShared.values()].map((list, at) => ({
    name: `*${at}`,
    classes: list,
    ...(list.length > 1 && { parts: list.map(({ whole }) => whole) }),
  }));
}
